"""Key slots for the fixed key of the tests: a vault.json that fits the store of `store_fixtures`."""

from __future__ import annotations

from pln.store import vault as slots
from pln.store.vault import StoreKey, VaultFile
from store_fixtures import KEY, SALT

THE_KEY = StoreKey(key=KEY, salt=SALT)


def keys_of(key: StoreKey = THE_KEY, *, vault_id: str = "ab" * 16) -> tuple[bytes, str]:
    """The file, and the recovery code that opens it."""
    empty = VaultFile(id=vault_id, check=slots._check(vault_id, key), slots={})
    vault, code = slots.add_recovery(empty, key)
    return slots.dump(vault), code


def keyring_only(key: StoreKey = THE_KEY) -> bytes:
    """Slots that nobody could open on another computer."""
    empty = VaultFile(id="ab" * 16, check=slots._check("ab" * 16, key), slots={})
    return slots.dump(slots.add_secret(empty, key, slots.KEYRING, bytes(32)))
