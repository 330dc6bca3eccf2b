"""Writing that outlives a crash or a power cut: the old content is there afterwards or the new, never a part."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pln.model.errors import StoreFault, Trouble


class InPlace(StoreFault):
    """The new content stands under its name, but the disk did not confirm the name: a power cut may bring the old back.

    Unlike every other fault of writing: what reads the file from now on finds what was written.
    """


class _NotConfirmed(OSError):
    """The folder could not be flushed after a file in it was replaced."""


def write_atomically(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `data`, durably: flushed, renamed, and the folder flushed too.

    mode: permissions of the new file. The folder must exist.
    Raises StoreFault where the disk is full or the place cannot be written; the old file is then untouched, except
    for InPlace, which says that the new one has its place already.
    """
    try:
        _replace(path, data, mode)
    except OSError as fault:
        raise write_fault(path, fault) from fault


def make_private(path: Path) -> None:
    """An empty file that only its owner may read. Raises FileExistsError where something is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, durably; what had that name is replaced. Raises OSError.

    `write_fault` makes an InPlace of an error that came after the replacing.
    """
    flush_file(temporary)
    temporary.replace(path)
    _confirm(path)


def flush_file(path: Path) -> None:
    """Raises OSError where the disk does not take it."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        flush_open(descriptor)
    finally:
        os.close(descriptor)


def flush_open(descriptor: int) -> None:
    """Flush a file that is open; what Python still holds back of it must be flushed before."""
    try:
        from fcntl import F_FULLFSYNC, fcntl  # type: ignore[attr-defined, unused-ignore]  # macOS only
    except ImportError:
        os.fsync(descriptor)
    else:  # there, fsync alone leaves the data in the drive's cache
        fcntl(descriptor, F_FULLFSYNC)


def flush_folder(folder: Path) -> None:
    """So that the names given in it last. Raises OSError."""
    if os.name != "posix":  # elsewhere folders cannot be opened, and the rename itself is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network and FUSE folders cannot be flushed
            raise
    finally:
        os.close(descriptor)


def write_fault(path: Path, fault: OSError) -> StoreFault:
    """A fault of writing in words that can be acted on."""
    if isinstance(fault, _NotConfirmed):
        return InPlace(
            f"{path.name} was written, but may not last",
            f"The new file is in place in {path.parent}, but the disk did not confirm it: after a power cut, what was "
            "there before may be back. Check the disk and do it once more.",
        )
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFault(
            "The disk is full",
            f"{path.name} could not be written; what was there before stays as it was. Free some space and try again.",
            Trouble.FULL,
        )
    return StoreFault(
        f"{path.name} could not be written",
        f"PLN may not write in {path.parent}. Nothing was changed. Choose another folder or check its permissions.",
        Trouble.READ_ONLY,
    )


def _replace(path: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            flush_open(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _confirm(path)


def _confirm(path: Path) -> None:
    """Flush the folder in which a file was replaced just now."""
    try:
        flush_folder(path.parent)
    except OSError as fault:
        raise _NotConfirmed(*fault.args) from fault
