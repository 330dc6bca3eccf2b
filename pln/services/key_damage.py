"""Whether words failed because the key file is damaged: a backup holds the same way in, and there it reads otherwise.

A wrong number of passes, another salt or another id give another key, and no file can tell that from a wrong
passphrase by itself.
"""

from __future__ import annotations

from pln.model.errors import StoreFault
from pln.store import vault as slots
from pln.store.vault import PASSPHRASE, RECOVERY, Slot, VaultFile
from pln.system.paths import Profile

_MOST = 20


def is_bent(profile: Profile, vault: VaultFile) -> bool:
    """True where one of the profile's own backups has a slot of this key file that is not quite the same.

    Reads the key files in the newest backups: only for the moment when words did not open. False where nobody can say.
    """
    from pln.store.backup import read_vault  # only here: opening needs nothing of it otherwise

    newest = sorted(profile.backups.glob("*.plnbackup"), reverse=True)[:_MOST]
    for path in newest:
        try:
            if not path.is_file():
                continue
            other = slots.load(read_vault(path))
        except (StoreFault, OSError):
            continue
        if any(_are_one(vault, other, name) for name in (PASSPHRASE, RECOVERY)):
            return True
    return False


def _are_one(vault: VaultFile, other: VaultFile, name: str) -> bool:
    """Whether these are copies of one slot, and differ. Each part of a slot is random, and made with it."""
    mine, its = vault.slots.get(name), other.slots.get(name)
    if mine is None or its is None or not set(_parts(mine)) & set(_parts(its)):
        return False
    return mine != its or vault.id != other.id


def _parts(slot: Slot) -> tuple[bytes, ...]:
    return tuple(part for part in (slot.nonce, slot.wrapped, slot.salt) if part)
