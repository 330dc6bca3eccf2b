"""Where a backup may be written: a file outside of the profile, or a new one among its backups."""

from __future__ import annotations

import os
from pathlib import Path

from pln.model.errors import StoreFault, UsageError


def refuse_target(target: Path, root: Path, *, over: bool) -> None:
    """Raises UsageError for a folder and for what lies in the profile (but a new file among its backups).

    Also for a name that no file can have, and for a pipe or a device, which nothing may take the place of.
    Raises StoreFault where a file is there already, unless `over`.
    """
    try:
        _refuse_folder(target)
        _refuse_no_file(target)
        _refuse_own(target, root)
        there = os.path.lexists(target)
    except (OSError, RuntimeError, ValueError) as fault:  # too long a name, a ring of links, a zero byte
        raise UsageError(
            "The backup cannot be written there",
            f"{target.name[:40]!r} is too long or no name of a file here. Nothing was written. Choose another one.",
        ) from fault
    if there and not over:
        raise StoreFault("There is a file already", f"{target.name} was left as it is. Choose another name.")


def _refuse_folder(target: Path) -> None:
    if not target.name or target.is_dir():
        raise UsageError(
            "A file name is needed", f"{target} is a folder. Nothing was written. Name a file, as today.plnbackup."
        )


def _refuse_no_file(target: Path) -> None:
    if target.exists() and not target.is_file():
        raise UsageError(
            "The backup cannot be written there",
            f"{target} is a pipe or a device, no file. It was left as it is. Name a file, as today.plnbackup.",
        )


def _refuse_own(target: Path, root: Path) -> None:
    """By what the path leads to, not by how it is written: links of both kinds, and letters of another case."""
    place, there = target.resolve(), target.exists()
    if not there and _same(place.parent, root / "backups"):
        return
    own = there and any(_same(target, each) for each in root.iterdir())
    if own or any(_same(each, root) for each in place.parents):
        raise UsageError(
            "The backup cannot lie there",
            f"{target} is in the profile that is to be backed up. Nothing was changed. Choose another folder, "
            "best on another disk.",
        )


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
