"""A folder that is there whole or not at all: written beside, flushed, then given its name."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pln.durable.files import flush_file, flush_folder
from pln.model.errors import StoreFault, UsageError
from pln.services.whole.files import INDEX, JOURNAL, is_export


@contextmanager
def laid(folder: Path, *, force: bool) -> Iterator[Path]:
    """A private folder to write into; on leaving it becomes `folder`. After an exception nothing of it is left.

    A folder that is empty or an earlier export is replaced. Into any other, `force` puts the files beside what is
    there and removes nothing; without it UsageError is raised.
    Raises StoreFault where the disk is full or the place is closed.
    """
    target = folder.expanduser().absolute()
    try:
        target = _resolved(target)
        _refuse_strange(target, force=force)
        stage, beside = _stage(target)
        try:
            yield stage
            flush_folder(stage)
            if _is_strange(target, but=stage):
                _move_into(stage, target)
            elif not beside:
                _drop_entries(target)
                _move_into(stage, target)
            else:
                _take_place(stage, target)
            flush_folder(target.parent)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as fault:
        raise _in_words(target, fault) from fault


def _resolved(target: Path) -> Path:
    try:
        return target.resolve()
    except RuntimeError as fault:  # how some versions of Python tell of links that lead in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from fault


def write_private(path: Path, data: bytes, *, flush: bool = True) -> None:
    """A new file for its owner only. flush: wait for the disk; needless for what can be made again."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    if flush:
        flush_file(path)


def _refuse_strange(target: Path, *, force: bool) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError("This is a file", f"{target} was left as it is. Choose a folder to export into.")
    if not target.parent.is_dir():
        raise UsageError("The folder above is not there", f"Make {target.parent} first, or choose another place.")
    if _is_strange(target) and not force:
        raise UsageError(
            "There is something in this folder",
            f"{target} holds files that are not of an export, and it was left as it is. "
            "Choose a new folder or an empty one.",
        )


def _is_strange(target: Path, but: Path | None = None) -> bool:
    """Whether it holds anything that an export has not. but: our own unfinished one."""
    here = [path for path in target.iterdir() if path != but] if target.is_dir() else []
    return bool(here) and not is_export(target, but=but)


def _stage(target: Path) -> tuple[Path, bool]:
    """Where to write: beside the target, or inside where only that can be written (the top of a disk)."""
    prefix = f".{target.name}."
    if not target.is_dir():
        return Path(tempfile.mkdtemp(dir=target.parent, prefix=prefix)), True
    if target.stat().st_dev == target.parent.stat().st_dev:
        with suppress(PermissionError):
            return Path(tempfile.mkdtemp(dir=target.parent, prefix=prefix)), True
    return Path(tempfile.mkdtemp(dir=target, prefix=".exporting.")), False


def _take_place(stage: Path, target: Path) -> None:
    if target.exists():
        _swap(stage, target)
    else:
        stage.rename(target)


def _swap(stage: Path, target: Path) -> None:
    old = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.old."))
    old.rmdir()
    target.rename(old)
    try:
        stage.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _drop_entries(target: Path) -> None:
    """Those of the earlier export: an entry that was removed since must not stay behind in it."""
    for path in (target / JOURNAL).glob("*.md"):
        path.unlink()


def _move_into(stage: Path, target: Path) -> None:
    """File by file, the index last: until it is there, what lies there is the earlier export or none."""
    target.mkdir(mode=0o700, exist_ok=True)
    (target / JOURNAL).mkdir(mode=0o700, exist_ok=True)
    paths = sorted((path for path in stage.rglob("*") if path.is_file()), key=lambda path: path.name == INDEX)
    for path in paths:
        path.replace(target / path.relative_to(stage))


def _in_words(target: Path, fault: OSError) -> StoreFault:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFault(
            "The disk is full",
            "The export was not finished, and nothing of it was left behind. Free some space and try again.",
        )
    return StoreFault(
        "The folder cannot be written",
        f"PLN may not write in {target.parent}. Nothing was exported. Choose another folder or check its permissions.",
    )
