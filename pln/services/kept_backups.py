"""The backups that are kept: where they lie, which there are, and which of them may go. Needs no key and no store."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.errors import PlnError, StoreFault
from pln.store import vault as slots
from pln.store.backup import is_journal_unread, read_manifest, read_vault
from pln.store.rotation import Kept, Why, superfluous
from pln.system.paths import Profile

ENDING = ".plnbackup"
_NAME = re.compile(rf"(\d{{4}}-\d\d-\d\d)-({'|'.join(Why)})(?:-\d+)?{re.escape(ENDING)}")
_ELSEWHERE = "elsewhere"
_LONGEST = 4096
_PROFILE_ID, _ID = ".profile-id", re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A backup as it tells of itself. counts: records by noun. vault: the id of its key slots. size: in bytes.

    profile: the id of the profile that made it, "" where an earlier PLN did.
    """

    kept: Kept
    size: int
    counts: Mapping[str, int]
    vault: str
    profile: str = ""

    @property
    def path(self) -> Path:
        return self.kept.path

    @property
    def made(self) -> datetime:
        return self.kept.made


def backups_in(folder: Path) -> tuple[Found, ...]:
    """What lies in a folder, the newest first. Files that are no backups, or cannot be read, are passed over."""
    with suppress(OSError):
        found = [each for path in folder.glob(f"*{ENDING}") if (each := told_by(path)) is not None]
        return tuple(sorted(found, key=lambda each: (each.made, each.path.name), reverse=True))
    return ()


def told_by(path: Path) -> Found | None:
    """What one file tells; None for what is no backup of a PLN no newer than this one."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        manifest, vault = read_manifest(path), slots.load(read_vault(path))
        made = datetime.fromisoformat(manifest["made"])
        return Found(
            kept=Kept(
                path=path, made=made, day=_day(path, made), why=_why(path, manifest.get("why")),
                verified=not is_journal_unread(manifest),
            ),
            size=path.stat().st_size, counts=dict(manifest["counts"]), vault=vault.id,
            profile=manifest.get("profile", ""),
        )  # fmt: skip
    except (StoreFault, OSError, ValueError):
        return None


def vault_id(profile: Profile) -> str | None:
    """Names the key slots of a profile; None where they cannot be read."""
    try:
        if not profile.vault.is_file():  # a pipe would let whoever opens it wait for ever
            return None
        return slots.load(profile.vault.read_bytes()).id
    except (StoreFault, OSError):
        return None


def profile_id(profile: Profile, *, make: bool = False) -> str:
    """Tells this profile from another one with the same key slots, which a backup of it was brought into.

    32 hex digits in a file that no backup holds; "" where there is none and, with make, none can be written.
    """
    path = profile.root / _PROFILE_ID
    with suppress(OSError, ValueError):
        if found := _ID.fullmatch(path.read_text("ascii").strip()):
            return found[0]
    if not make:
        return ""
    made = secrets.token_hex(16)
    try:
        write_atomically(path, f"{made}\n".encode())
    except StoreFault:
        return ""
    return made


def own_in(folder: Path, profile: Profile) -> tuple[Found, ...]:
    """The backups in a folder that this very profile made, the newest first.

    Another computer may keep its backups in the same folder, under the same key slots. Where a backup does not tell
    who made it, its place does: only this profile writes into its own folder.
    """
    vault, own = vault_id(profile), profile_id(profile)
    here = folder == profile.backups
    found = backups_in(folder) if vault is not None else ()
    return tuple(each for each in found if each.vault == vault and (each.profile == own if each.profile else here))


def folders(profile: Profile) -> tuple[Path, ...]:
    """Where backups of a profile may lie: its own folder, and the one that took the last of them, where it is there."""
    with suppress(OSError, ValueError):
        named = (profile.backups / _ELSEWHERE).read_text("utf-8")[:_LONGEST].strip()
        if named and Path(named).is_absolute() and Path(named).is_dir():
            return profile.backups, Path(named)
    return (profile.backups,)


def remember(profile: Profile, folder: Path) -> None:
    """Note the folder beside the profile's own backups, for the day when the store itself cannot be asked."""
    with suppress(PlnError, OSError):
        if folder != profile.backups and folder not in folders(profile):
            write_atomically(profile.backups / _ELSEWHERE, f"{folder}\n".encode())


def kept_of(profile: Profile) -> tuple[Found, ...]:
    """Every backup of this profile in its folders, the newest first.

    Where its key slots cannot be read, all in its own folder are taken for its own: one of them may bring them back.
    """
    own = vault_id(profile)
    if own is None:
        return backups_in(profile.backups)
    found = [each for folder in folders(profile) for each in backups_in(folder) if each.vault == own]
    return tuple(sorted(found, key=lambda each: each.made, reverse=True))


def rotate(folder: Path, profile: Profile, today: date) -> tuple[Path, ...]:
    """Remove the backups that this very profile made and no longer needs; which. Nothing else is ever touched."""
    ours = [each.kept for each in own_in(folder, profile)]
    gone = []
    for each in superfluous(ours, today):
        with suppress(OSError):  # held by another program: next time
            each.path.unlink()
            gone.append(each.path)
    return tuple(gone)


def _why(path: Path, told: object) -> Why | None:
    """By the name and by what it says of itself: a file under another name is its owner's, and stays."""
    named = _NAME.fullmatch(path.name)
    if named is None or told not in (None, named[2]):
        return None
    return Why(named[2])


def _day(path: Path, made: datetime) -> date:
    named = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        if named is not None:
            return date.fromisoformat(named[1])
    return made.date()
