"""Files that are whole or not there: flushed to the disk, then given their name."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from pln.model.errors import StoreFault

_WITH_A_STORE = ("", "-wal", "-shm", "-journal")


def make_private(path: Path) -> None:
    """An empty file that only its owner may read. Raises FileExistsError where something is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, durably; what had that name is replaced."""
    flush_file(temporary)
    temporary.replace(path)
    flush_folder(path.parent)


def drop_store(path: Path) -> None:
    """Remove an unfinished store file with what SQLite laid beside it."""
    for ending in _WITH_A_STORE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        try:
            from fcntl import F_FULLFSYNC, fcntl  # type: ignore[attr-defined, unused-ignore]  # macOS only
        except ImportError:
            os.fsync(descriptor)
        else:  # there, fsync alone leaves the data in the drive's cache
            fcntl(descriptor, F_FULLFSYNC)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
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
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFault(
            "The disk is full",
            f"{path.name} could not be written, and nothing of it was left behind. Free some space and try again.",
        )
    return StoreFault(
        f"{path.name} could not be written",
        f"PLN may not write in {path.parent}. Nothing was changed. Choose another folder or check its permissions.",
    )
