"""Whether anything was ever kept in a profile. Imports next to nothing: every start asks."""

from __future__ import annotations

from pln.store.set_aside import is_waiting
from pln.system.paths import Profile


def is_fresh(profile: Profile) -> bool:
    """True where there is neither a store nor keys, nor the beginning of either, nor a backup on its way."""
    there = (profile.vault, profile.store, profile.root / ".beginning")
    remains = any(each.exists() for each in there) or any(profile.root.glob(f"{profile.store.name}-*"))
    return not remains and not is_waiting(profile.root)
