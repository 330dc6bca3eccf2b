"""The keyring's slot: a random key that this computer's password store keeps for the vault.

Each slot has a name of its own in the password store. The key of a new slot never takes the place of the old one's
there, so that a crash or a full disk between the password store and the vault leaves the vault as it opens.
"""

from __future__ import annotations

import logging
import secrets as randomness
from base64 import b64decode, b64encode

from pln.model.errors import KeyringUnavailable, StoreFault, WrongSecret
from pln.store import vault as slots
from pln.store.vault import KEYRING, StoreKey, VaultFile
from pln.system.secrets import Secrets

_KEK_BYTES = 32
_NAME_BYTES = 4

_log = logging.getLogger(__name__)


def with_keyring(vault: VaultFile, key: StoreKey, secrets: Secrets) -> VaultFile:
    """The vault with a new keyring slot, whose key the password store keeps already. Raises KeyringUnavailable.

    Where the vault cannot be written after that, `drop` the slot of the vault that is given back.
    """
    kek, kept_as = randomness.token_bytes(_KEK_BYTES), randomness.token_hex(_NAME_BYTES)
    made = slots.add_secret(vault, key, KEYRING, kek, kept_as)
    secrets.put(_kek_name(made), b64encode(kek).decode("ascii"))
    return made


def open_by_keyring(vault: VaultFile, secrets: Secrets) -> StoreKey:
    """Raises KeyringUnavailable where the password store does not answer, WrongSecret where it does not help."""
    kept = secrets.get(_kek_name(vault))
    if kept is None:
        raise _useless("This computer's password store does not know this profile, as after a change of the desktop.")
    try:
        return slots.open_with_kek(vault, KEYRING, b64decode(kept, validate=True))
    except (ValueError, WrongSecret) as fault:
        raise _useless("What this computer's password store keeps for this profile does not open it.") from fault


def drop(vault: VaultFile, secrets: Secrets) -> None:
    """Take the key of this vault's keyring slot out of the password store; what stays there opens nothing any more."""
    try:
        secrets.delete(_kek_name(vault))
    except KeyringUnavailable as fault:
        _log.info("the keyring kept its part of a removed slot: %s", fault.title)


def drop_earlier(vault: VaultFile, secrets: Secrets) -> None:
    """As `drop`, after another slot took the place of this one, and only where the key is this slot's.

    Under the name that all slots of a vault had in the first versions, another copy of the profile may have its key.
    """
    try:
        if KEYRING in vault.slots:
            open_by_keyring(vault, secrets)
            drop(vault, secrets)
    except (KeyringUnavailable, StoreFault) as fault:
        _log.info("the keyring kept its part of an earlier slot: %s", fault.title)


def _kek_name(vault: VaultFile) -> str:
    kept_as = vault.slots[KEYRING].kept_as
    return f"kek:{vault.id}:{kept_as}" if kept_as else f"kek:{vault.id}"


def _useless(sentence: str) -> WrongSecret:
    return WrongSecret("No key in the password store", sentence)
