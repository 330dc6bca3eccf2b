"""Whether anything was ever kept in a profile. Imports next to nothing: every start asks."""

from __future__ import annotations

from contextlib import suppress

from pln.store.set_aside import is_waiting
from pln.system.paths import Profile


def is_fresh(profile: Profile) -> bool:
    """True where there is neither a store nor keys, nor the beginning of either, nor a backup, on its way or kept."""
    there = (profile.vault, profile.store, profile.root / ".beginning")
    remains = any(each.exists() for each in there) or any(profile.root.glob(f"{profile.store.name}-*"))
    return not remains and not is_waiting(profile.root) and not was_used(profile)


def was_used(profile: Profile) -> bool:
    """True where something lies in a profile that only a store leaves behind: backups, what gave way, a journal.

    Where neither store nor keys are beside it, both were lost, and a new store would cover the loss.
    """
    left = (profile.open_mark, profile.journal, profile.journal_vault, profile.backups / "elsewhere")
    with suppress(OSError):
        return (
            any(each.exists() for each in left)
            or any(profile.backups.glob("*.plnbackup"))
            or any(profile.set_aside.glob("*"))
        )
    return False
