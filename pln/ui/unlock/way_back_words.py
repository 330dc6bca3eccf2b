"""What the page of a profile that does not open says of each case."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pln.model.errors import StoreFault, Trouble
from pln.services.kept_backups import Found
from pln.services.ways_back import Ways
from pln.system.paths import Profile
from pln.ui.files.file_dialog import counted
from pln.ui.files.restore_form import moment, why


def title(fault: StoreFault) -> str:
    """The fault's own; but the vault has opened where a store is damaged, so it is not said of the key."""
    return _tr("The store is damaged") if fault.trouble is Trouble.DAMAGED else fault.title


def lead(fault: StoreFault, profile: Profile) -> str:
    """What happened. Words for the page stand in for those that name a command line, a version or a process."""
    if fault.trouble is Trouble.FULL and str(profile.root) in fault.sentence:  # the line of the room names the folder
        return _tr("PLN needs a little room to open your store. Free some space and try again.")
    return _leads().get(fault.trouble, fault.sentence)


def after(trouble: Trouble) -> str:
    """What becomes of what is there, and what else can be done."""
    if trouble in _KEEPS:
        return _tr(
            "Nothing is deleted. What gives way is moved whole into the folder set-aside of your profile, and stays "
            "there."
        )
    if trouble is Trouble.READ_ONLY:
        return _tr("To look only, PLN reads an encrypted copy. Nothing can be saved then, and nothing here is changed.")
    return _tr("Nothing was changed, and nothing is deleted.")


def brought_line(ways: Ways, path: Path | None = None) -> str:
    """ "The newest backup is of 22 Nov 2026, 09:30 (of the day): 12 people, 3 meetups."

    path: of the one that is chosen instead.
    """
    newest = ways.newest
    chosen = newest if path is None else next((each for each in ways.backups if each.path == path), None)
    if chosen is None:
        return _tr("You chose the backup %1.").replace("%1", "" if path is None else path.name)
    if chosen is not newest:
        return _told(_tr("You chose the backup of %1: %2."), chosen)
    said = _told(_tr("The newest backup is of %1: %2."), chosen)
    if ways.damaged:
        said += " " + _tr("A newer one is damaged and was passed over.")
    return said


def _told(words: str, found: Found) -> str:
    reason = why(found.kept.why)
    said = words.replace("%1", moment(found) + (f" ({reason})" if reason else ""))
    return said.replace("%2", counted(found.counts) or _tr("nothing yet"))


def none_line(profile: Profile, ways: Ways) -> str:
    if ways.damaged:
        return _tr("The backups in %1 are damaged. Perhaps there is one elsewhere.").replace("%1", str(profile.backups))
    return _tr("No backup was found in %1. Perhaps there is one elsewhere.").replace("%1", str(profile.backups))


def mended_line(profile: Profile, earlier: Path) -> str:
    said = _tr("The first bytes of your store's file were destroyed. PLN mended it. The file as it was is kept in %1.")
    return said.replace("%1", earlier.relative_to(profile.root).as_posix())


def room_line(profile: Profile) -> str:
    """How much room the disk of a profile has; "" where nobody can say."""
    with suppress(OSError):
        free = shutil.disk_usage(profile.root).free // 1_000_000
        return (
            _tr("The profile is in %1, where %2 MB are free.").replace("%2", str(free)).replace("%1", str(profile.root))
        )
    return ""


_KEEPS = (
    Trouble.DAMAGED, Trouble.EMPTY, Trouble.STORE_MISSING, Trouble.KEYS_MISSING, Trouble.KEYS_DAMAGED, Trouble.NEWER,
)  # fmt: skip


def _leads() -> dict[Trouble, str]:
    return {
        Trouble.DAMAGED: _tr(
            "The file of your store cannot be read as it is. It was left untouched. A backup brings your store back."
        ),
        Trouble.EMPTY: _tr(
            "Something emptied the file of your store. PLN puts no new one over it. A backup brings your store back."
        ),
        Trouble.STORE_MISSING: _tr(
            "The file of your store is not there, although this profile was used before. PLN made no new one over the "
            "loss. Put the file back and try again, or bring a backup back."
        ),
        Trouble.KEYS_MISSING: _tr(
            "The file vault.json holds the keys of your store and is not there. The store itself was not touched. "
            "Every backup holds a copy of the keys."
        ),
        Trouble.KEYS_DAMAGED: _tr(
            "The file vault.json holds the keys of your store and cannot be read. The store itself was not touched. "
            "Every backup holds a copy of the keys."
        ),
        Trouble.NEWER: _tr(
            "This PLN cannot read that. Please update it and try again, or bring back the newest backup that it knows."
        ),
        Trouble.IN_USE: _tr(
            "Another PLN has this profile open: its window, or a command. Use that one, or close it and try again."
        ),
    }  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("unlock", text)
