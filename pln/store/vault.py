"""The vault: the store's key, wrapped once for each way in (slots, as in LUKS).

The store is encrypted with one random key that never changes. Each slot holds that key under another secret, so that a
passphrase can be changed, added or removed without touching the store. Slots are AES-256-GCM, bound to their vault and
name: one that was moved elsewhere does not open. The salt at the head of the store travels inside each slot, because a
store whose head is destroyed can still be opened by whoever has key and salt.

Values here never touch the disk; whoever calls writes `dump` to a file and gives its bytes to `load`.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pln.model.errors import StoreFault, Trouble, WrongSecret
from pln.store import recovery_code
from pln.store.passphrase import KEY_BYTES, Cost, derive

KEYRING = "keyring"
PASSPHRASE = "passphrase"  # noqa: S105  - the slot's name
RECOVERY = "recovery"

_FORMAT = "pln-vault"
_VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEPT_AS = re.compile("([0-9a-f]{8})?")

# Randomness is the system's own throughout: a source that could be handed in could also be handed in wrong.


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKey:
    """What opens a store: 32 bytes of key and the 16 bytes of salt at the head of its file. Never printed."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES or len(self.salt) != _SALT_BYTES:
            raise ValueError("a store key has 32 bytes of key and 16 bytes of salt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in. salt and cost belong to a passphrase and are absent elsewhere.

    kept_as: 8 hex digits that tell where the other half of a slot under a random key is kept, apart from those of
    earlier slots; "" where there is none, and in files of the first versions.
    """

    nonce: bytes
    wrapped: bytes
    salt: bytes = b""
    cost: Cost | None = None
    kept_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFile:
    """id: names the vault, in 32 hex digits. check: tells whether a key is this vault's, and nothing of the key.

    damaged: slots that could not be read, as they stand in the file. They open nothing and are written back as they
    were, because somebody may yet mend one by hand.
    """

    id: str
    check: bytes
    slots: Mapping[str, Slot]
    damaged: Mapping[str, Any] = field(default_factory=dict)


def create() -> tuple[VaultFile, StoreKey]:
    """A new vault without slots, and the new key it is for. Worth nothing until a slot is added and it is written."""
    store_key = StoreKey(key=secrets.token_bytes(KEY_BYTES), salt=secrets.token_bytes(_SALT_BYTES))
    vault_id = secrets.token_hex(16)
    return VaultFile(id=vault_id, check=_check(vault_id, store_key), slots={}), store_key


def add_passphrase(vault: VaultFile, store_key: StoreKey, passphrase: str, cost: Cost) -> VaultFile:
    """The vault with its passphrase set, in place of an earlier one."""
    salt = secrets.token_bytes(_SALT_BYTES)
    slot = _wrap(vault, store_key, PASSPHRASE, derive(passphrase, salt, cost))
    return _with(vault, PASSPHRASE, replace(slot, salt=salt, cost=cost))


def add_secret(vault: VaultFile, store_key: StoreKey, name: str, kek: bytes, kept_as: str = "") -> VaultFile:
    """The vault with a slot under a random 32-byte key that is kept elsewhere, such as in the keyring.

    kept_as: goes with the slot, see `Slot`; it is no secret.
    """
    return _with(vault, name, replace(_wrap(vault, store_key, name, kek), kept_as=kept_as))


def add_recovery(vault: VaultFile, store_key: StoreKey) -> tuple[VaultFile, str]:
    """The vault with a new recovery code, and the code, to be shown once. An earlier code no longer opens it."""
    secret = secrets.token_bytes(recovery_code.CODE_BYTES)
    slot = _wrap(vault, store_key, RECOVERY, _code_key(vault, secret))
    return _with(vault, RECOVERY, slot), recovery_code.written(secret)


def open_passphrase(vault: VaultFile, passphrase: str) -> StoreKey:
    """Raises WrongSecret for another passphrase, StoreFault where the vault has none."""
    slot = _slot(vault, PASSPHRASE)
    if slot.cost is None:
        raise _damaged()
    return _unwrap(vault, PASSPHRASE, derive(passphrase, slot.salt, slot.cost))


def open_recovery(vault: VaultFile, code: str) -> StoreKey:
    """Raises WrongSecret for another code, StoreFault where the vault has none."""
    _slot(vault, RECOVERY)
    return _unwrap(vault, RECOVERY, _code_key(vault, recovery_code.read(code)))


def open_with_kek(vault: VaultFile, name: str, kek: bytes) -> StoreKey:
    """Raises WrongSecret for another key, StoreFault where the vault has no such slot."""
    return _unwrap(vault, name, kek)


def remove_slot(vault: VaultFile, name: str) -> VaultFile:
    """The vault without one way in. Raises StoreFault for the last one: nothing could open the store again."""
    _slot(vault, name)
    if len(vault.slots) == 1:
        raise StoreFault(
            "This is the last way in",
            "Without it nothing could open your store again, so it was kept. Add another way in first.",
        )
    return replace(vault, slots={kept: slot for kept, slot in vault.slots.items() if kept != name})


def fits(vault: VaultFile, store_key: StoreKey) -> bool:
    """True where this is the vault of that key: its slots, and no other's, wrap it."""
    return hmac.compare_digest(vault.check, _check(vault.id, store_key))


def with_check(vault: VaultFile, store_key: StoreKey) -> VaultFile:
    """The vault with its check made anew. store_key: one that a slot of this vault gave, which proves that it fits."""
    return replace(vault, check=_check(vault.id, store_key))


def dump(vault: VaultFile) -> bytes:
    """The vault as a small JSON file."""
    slots = {**vault.damaged, **{name: _slot_to_json(slot) for name, slot in vault.slots.items()}}
    whole = {"format": _FORMAT, "version": _VERSION, "id": vault.id, "check": _text(vault.check), "slots": slots}
    return json.dumps(whole, indent=2).encode() + b"\n"


def load(data: bytes) -> VaultFile:
    """Read what `dump` wrote. A slot that is damaged is put apart as long as another one is whole.

    A check that cannot be read fits no key, and closes nothing.

    Raises StoreFault for anything else, and for a file of a newer PLN.
    """
    try:
        whole = json.loads(data)
        if whole["format"] != _FORMAT or not isinstance(whole["version"], int):
            raise ValueError("not a vault")
        if whole["version"] > _VERSION:
            raise _newer()
        slots = {name: slot for name, found in whole["slots"].items() if (slot := _slot_from_json(found))}
        damaged = {name: found for name, found in whole["slots"].items() if name not in slots and _can_stay(found)}
        check = _check_from_json(whole.get("check"))
        vault = VaultFile(id=bytes.fromhex(whole["id"]).hex(), check=check, slots=slots, damaged=damaged)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise _damaged() from fault
    if not vault.slots:
        raise _damaged()
    return vault


def _with(vault: VaultFile, name: str, slot: Slot) -> VaultFile:
    damaged = {other: found for other, found in vault.damaged.items() if other != name}
    return replace(vault, slots={**vault.slots, name: slot}, damaged=damaged)


def _slot(vault: VaultFile, name: str) -> Slot:
    if name in vault.damaged:
        raise _slot_damaged(name)
    if name not in vault.slots:
        raise StoreFault("No such way in", f"This store has no {name} set. Use another way in.")
    return vault.slots[name]


def _wrap(vault: VaultFile, store_key: StoreKey, name: str, kek: bytes) -> Slot:
    if not fits(vault, store_key):
        raise _does_not_fit()  # the slot would lock its owner out
    nonce = secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(kek).encrypt(nonce, store_key.key + store_key.salt, _bound_to(vault, name))
    return Slot(nonce=nonce, wrapped=wrapped)


def _unwrap(vault: VaultFile, name: str, kek: bytes) -> StoreKey:
    slot = _slot(vault, name)
    try:
        both = AESGCM(kek).decrypt(slot.nonce, slot.wrapped, _bound_to(vault, name))
        return StoreKey(key=both[:KEY_BYTES], salt=both[KEY_BYTES:])
    except (InvalidTag, ValueError) as fault:
        raise WrongSecret(
            f"The {_SPOKEN.get(name, name)} does not fit", "The store stays locked and unchanged. Please try again."
        ) from fault


_SPOKEN = {PASSPHRASE: "passphrase", RECOVERY: "recovery code", KEYRING: "key in the password store"}


def _bound_to(vault: VaultFile, name: str) -> bytes:
    return f"{_FORMAT}/{_VERSION}/{vault.id}/{name}".encode()


def _code_key(vault: VaultFile, secret: bytes) -> bytes:
    """160 random bits cannot be guessed, so this may be quick."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=_bound_to(vault, RECOVERY)).derive(secret)


def _check(vault_id: str, store_key: StoreKey) -> bytes:
    about = f"{_FORMAT}/{_VERSION}/{vault_id}/check".encode()
    return hmac.digest(store_key.key, about + store_key.salt, "sha256")


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    plain: dict[str, Any] = {"nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)}
    if slot.cost is not None:
        cost = {"memory_kib": slot.cost.memory_kib, "iterations": slot.cost.iterations, "lanes": slot.cost.lanes}
        plain["argon2id"] = {"salt": _text(slot.salt), **cost}
    if slot.kept_as:
        plain["kept_as"] = slot.kept_as
    return plain


def _slot_from_json(found: Any) -> Slot | None:
    try:
        slot = Slot(nonce=_bytes(found["nonce"]), wrapped=_bytes(found["wrapped"]), kept_as=found.get("kept_as", ""))
        if not _KEPT_AS.fullmatch(slot.kept_as):
            return None
        asked = found.get("argon2id")
        if asked is None:
            return slot
        cost = Cost(**{name: int(asked[name]) for name in ("memory_kib", "iterations", "lanes")})
        salt = _bytes(asked["salt"])
        return replace(slot, salt=salt, cost=cost) if len(salt) == _SALT_BYTES else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None


def _check_from_json(found: Any) -> bytes:
    try:
        return _bytes(found)
    except (ValueError, TypeError):
        return b""


def _can_stay(found: Any) -> bool:
    """Whether a damaged slot can be written as it was read; what is nested too deep cannot."""
    try:
        json.dumps(found, indent=2)
    except (ValueError, RecursionError):
        return False
    return True


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


def _damaged() -> StoreFault:
    return StoreFault(
        "The key file is damaged",
        "vault.json cannot be read, so the store stays locked. Your store was not touched. "
        "Put back vault.json from a backup.",
        Trouble.KEYS_DAMAGED,
    )


def _slot_damaged(name: str) -> StoreFault:
    return StoreFault(
        f"The {_SPOKEN.get(name, name)} cannot be tried",
        "Its part of vault.json is damaged, so nothing says whether it is right. Nothing was changed. Use another way "
        "in, or put back vault.json from a backup.",
        Trouble.KEYS_DAMAGED,
    )


def _does_not_fit() -> StoreFault:
    return StoreFault(
        "The key file does not fit the store",
        "vault.json is damaged, or belongs to another store. Nothing was changed. Close PLN and open it again, which "
        "mends what can be mended; if that does not help, put back vault.json from a backup.",
        Trouble.KEYS_DAMAGED,
    )


def _newer() -> StoreFault:
    return StoreFault(
        "The key file is from a newer PLN",
        "This version cannot read it. Nothing was changed. Open the profile with the newer version.",
        Trouble.NEWER,
    )
