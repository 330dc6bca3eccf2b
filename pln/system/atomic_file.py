"""Small files replaced as a whole: after a crash or a power cut the old content is there or the new, never a part."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pln.model.errors import StoreFault


def write_atomically(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `data`, durably: flushed, renamed, and the folder flushed too.

    mode: permissions of the new file. The folder must exist.
    Raises StoreFault where the disk is full or the place cannot be written; the old file is then untouched.
    """
    try:
        _replace(path, data, mode)
    except OSError as fault:
        raise write_fault(path, fault) from fault


def write_fault(path: Path, fault: OSError) -> StoreFault:
    """The same fault in words that can be acted on."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFault(
            "The disk is full",
            f"{path.name} could not be saved and stays as it was. Free some space and try again.",
        )
    return StoreFault(
        f"{path.name} could not be saved",
        f"PLN may not write in {path.parent}. The file stays as it was. Check the folder's permissions and try again.",
    )


def _replace(path: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _flush_to_disk(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _flush_to_disk(descriptor: int) -> None:
    try:
        from fcntl import F_FULLFSYNC, fcntl  # type: ignore[attr-defined, unused-ignore]  # macOS only
    except ImportError:
        os.fsync(descriptor)
    else:  # there, fsync alone leaves the data in the drive's cache
        fcntl(descriptor, F_FULLFSYNC)


def _flush_folder(folder: Path) -> None:
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
