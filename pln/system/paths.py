"""Where a profile keeps its files."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from pln.model.errors import StoreFault, Trouble

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Profile:
    """One folder that holds everything of one owner. Two profiles know nothing of each other."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "store.db"

    @property
    def vault(self) -> Path:
        return self.root / "vault.json"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def set_aside(self) -> Path:
        """Stores that gave way to a backup, each in a folder of its own; never emptied by PLN."""
        return self.root / "set-aside"

    @property
    def journal(self) -> Path:
        """The journal's own encrypted file, where it has a lock of its own."""
        return self.root / "journal.db"

    @property
    def journal_vault(self) -> Path:
        return self.root / "journal-vault.json"

    @property
    def open_mark(self) -> Path:
        """Stands while the store is open: found at a start, the last session did not end well."""
        return self.root / ".open"

    @property
    def log(self) -> Path:
        return self.root / "logs" / "pln.log"

    @property
    def lock(self) -> Path:
        return self.root / "pln.lock"

    def create(self) -> Profile:
        """Make the folders that are missing, readable by their owner only, and see that they can be written.

        A folder that exists keeps its permissions. Raises StoreFault where this cannot be.
        """
        for folder in (self.root, self.backups, self.log.parent):
            _make_private(folder)
        return self


def default_profile() -> Profile:
    """The profile of the user who is logged in, in the place that the system has for such data. Not yet created."""
    import platformdirs  # not needed where a profile is named, and the first paint waits for this module

    return Profile(platformdirs.user_data_path("pln", appauthor=False))


def _make_private(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as fault:
        raise StoreFault(
            "The profile is not a folder",
            f"{folder}, or a folder above it, is a file. Nothing was changed. Choose a folder for the profile.",
        ) from fault
    except OSError as fault:
        raise (_full(folder) if fault.errno in _NO_ROOM else _not_writable(folder)) from fault
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _not_writable(folder)


def _not_writable(folder: Path) -> StoreFault:
    return StoreFault(
        "The profile folder cannot be written",
        f"PLN may not write in {folder}. Nothing was changed. "
        "Check its permissions, or start PLN with another folder: pln --profile FOLDER.",
        Trouble.READ_ONLY,
    )


def _full(folder: Path) -> StoreFault:
    return StoreFault(
        "The disk is full",
        f"PLN found no room to make {folder}. Nothing was changed. Free some space and try again.",
        Trouble.FULL,
    )
