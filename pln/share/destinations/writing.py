"""Files written whole or not at all. Nothing that PLN did not write is replaced or removed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pln.durable.files import flush_folder, flush_open
from pln.model.errors import PlnError, UsageError
from pln.model.share import Rendered
from pln.share.delivery import UnsureDelivery
from pln.share.render import digest

_TEMPORARY = ".pln-share-{}.tmp"
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns faults of the disk into sentences."""
    try:
        yield
    except OSError as fault:
        raise _told(fault) from fault


def check_unchanged(rendered: Rendered) -> None:
    """Raises UsageError where the bytes are not those that the approval was given for."""
    if digest(rendered.files) != rendered.sha256:
        raise UsageError("The text has changed since it was approved", "Nothing was written. Look at it once more.")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """Bytes of a plain file, None where nothing has that name. Raises PlnError for links, folders and devices."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise PlnError(
            "There is something else with that name",
            "Nothing was written: a link or a folder has the name of a file that PLN would write. "
            "Remove it or choose another folder.",
        )
    return path.read_bytes()


def write_all(folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Put all files in place, the last one last. On a fault before the first is in place nothing has changed.

    Raises OSError in that case, UnsureDelivery where some files are in place and others not.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for number, (name, content) in enumerate(files):
            waiting.append((folder / _TEMPORARY.format(number), folder / name))
            _write_new(waiting[-1][0], content)
        _rename(waiting)
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    flush_folder(folder)


def remove_leftovers(folder: Path) -> None:
    """Temporary files of a delivery that was cut off hold text that was not sent."""
    for path in folder.glob(_TEMPORARY.format("*")):
        if stat.S_ISREG(path.lstat().st_mode):
            path.unlink()


def remove(paths: Iterable[Path]) -> None:
    """Delete files and look that they are gone."""
    for path in paths:
        path.unlink(missing_ok=True)
        flush_folder(path.parent)
        if os.path.lexists(path):
            raise PlnError("The file is still there", "It could not be deleted. Please delete it by hand.")


def _write_new(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as stream:
        stream.write(content)
        stream.flush()
        flush_open(stream.fileno())


def _rename(waiting: Sequence[tuple[Path, Path]]) -> None:
    for number, (temporary, path) in enumerate(waiting):
        try:
            temporary.replace(path)
        except OSError as fault:
            if not number:
                raise
            raise UnsureDelivery(
                "The folder was written in part", "Some files are in place, others not. Look into the folder."
            ) from fault


def _told(fault: OSError) -> PlnError:
    if fault.errno in _FULL:
        return PlnError("There is no room", "The disk is full. Nothing was shared; make room and try again.")
    if fault.errno in _READ_ONLY:
        return PlnError("This place cannot be written to", "Nothing was shared. Choose a place that is yours to write.")
    return PlnError(
        "The file could not be written", "Nothing was shared. See whether the folder is still there, then try again."
    )
