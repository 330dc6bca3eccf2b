"""The ways into a profile's store: first start, opening, and changing the locks.

Everything here may wait for the desktop's own prompt or work for a second: call it off the UI thread, and only while
holding the profile's instance lock. No secret is kept in this module; the key lives where the caller holds it.
"""

from __future__ import annotations

import logging
import secrets as randomness
import stat
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from pln.durable.files import write_atomically
from pln.model.errors import KeyringUnavailable, PlnError, StoreFault, UsageError, WrongSecret
from pln.store import vault as slots
from pln.store.passphrase import Cost, calibrated
from pln.store.recovery_code import looks_like_code
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY, StoreKey, VaultFile
from pln.system.paths import Profile
from pln.system.secrets import Secrets

LEAST_PASSPHRASE = 8
_KEK_BYTES = 32

_log = logging.getLogger(__name__)


class NeedsPassphrase(PlnError):  # a question rather than a fault
    """Somebody has to be asked. first_time: to choose a passphrase, else to give it or the recovery code."""

    def __init__(self, *, first_time: bool, reason: str = "") -> None:
        wish = "Choose a passphrase" if first_time else "Please give your passphrase or your recovery code"
        super().__init__("A passphrase is needed", f"{reason} {wish}.".strip())
        self.first_time = first_time


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedVault:
    """key: opens the store. way: the slot that was used. recovery_code: of a new vault, to be shown once; else ""."""

    key: StoreKey
    way: str
    recovery_code: str = field(default="", repr=False)


def open_vault(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None = None, cost: Cost | None = None
) -> OpenedVault:
    """Open the profile's vault, or make one where the profile is new. The profile's folders must exist.

    The keyring is tried first. passphrase: called only where it is needed, for the passphrase or the recovery code;
    without it NeedsPassphrase is raised there, to be answered by a second call. cost: of a new passphrase, None
    measures what this computer can bear.
    Raises WrongSecret for a wrong answer; StoreFault for a vault that is damaged, newer, or missing beside a store.
    """
    if not profile.vault.exists():
        _refuse_orphaned_store(profile)
        return _first_start(profile, secrets, passphrase, cost)
    vault = read_vault(profile)
    try:
        return OpenedVault(key=_open_by_keyring(vault, secrets), way=KEYRING)
    except (KeyringUnavailable, WrongSecret) as fault:
        unavailable = fault if isinstance(fault, KeyringUnavailable) else None
        if passphrase is None:
            raise NeedsPassphrase(first_time=False, reason=unavailable.sentence if unavailable else "") from fault
    opened = _open_by_words(vault, passphrase())
    if unavailable is None and KEYRING in vault.slots:
        _renew_keyring(profile, vault, opened.key, secrets)
    return opened


def ways_in(profile: Profile) -> frozenset[str]:
    """Names of the slots that are set: "keyring", "passphrase", "recovery"."""
    return frozenset(read_vault(profile).slots)


def set_passphrase(profile: Profile, key: StoreKey, new: str, cost: Cost | None = None) -> None:
    """Add a passphrase or change it; the earlier one no longer opens. Raises UsageError where it is too short."""
    _write(profile, _with_passphrase(read_vault(profile), key, new, cost))


def new_recovery_code(profile: Profile, key: StoreKey) -> str:
    """A fresh code, to be shown once; the earlier one no longer opens."""
    vault, code = slots.add_recovery(read_vault(profile), key)
    _write(profile, vault)
    return code


def remember_here(profile: Profile, secrets: Secrets, key: StoreKey) -> None:
    """Let this computer's password store open the vault. Raises KeyringUnavailable where it cannot."""
    _write(profile, _with_keyring(read_vault(profile), key, secrets))


def forget_here(profile: Profile, secrets: Secrets) -> None:
    """Ask for the passphrase from the next start on. Raises StoreFault where that would lock the owner out."""
    vault = read_vault(profile)
    _write(profile, slots.remove_slot(vault, KEYRING))
    try:
        secrets.delete(_kek_name(vault))
    except KeyringUnavailable as fault:  # what stays there opens nothing any more
        _log.info("the keyring kept its part of a removed slot: %s", fault.title)


def remove_way(profile: Profile, way: str) -> None:
    """Remove the passphrase or the recovery code.

    Raises StoreFault where the keyring alone would be left: whoever changes desktop or computer would lose everything.
    """
    remaining = slots.remove_slot(read_vault(profile), way)
    if set(remaining.slots) == {KEYRING}:
        raise StoreFault(
            "One way in is yours to keep",
            "A password store can be lost with the computer, so your passphrase or recovery code was kept. "
            "Set another one first.",
        )
    _write(profile, remaining)


def read_vault(profile: Profile) -> VaultFile:
    """The profile's key slots. Raises StoreFault where the file is missing, damaged, newer or cannot be read."""
    try:
        if not stat.S_ISREG(profile.vault.stat().st_mode):
            raise OSError("no regular file")
        return slots.load(profile.vault.read_bytes())
    except FileNotFoundError as fault:
        raise _missing(profile) from fault
    except OSError as fault:
        raise StoreFault(
            "The key file cannot be read",
            f"PLN may not read {profile.vault}. Nothing was changed. Check its permissions.",
        ) from fault


def _first_start(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None, cost: Cost | None
) -> OpenedVault:
    vault, key = slots.create()
    try:
        vault, way = _with_keyring(vault, key, secrets), KEYRING
    except KeyringUnavailable as fault:
        if passphrase is None:
            raise NeedsPassphrase(first_time=True, reason=fault.sentence) from fault
        vault, way = _with_passphrase(vault, key, passphrase(), cost), PASSPHRASE
    vault, code = slots.add_recovery(vault, key)
    _write(profile, vault)
    return OpenedVault(key=key, way=way, recovery_code=code)


def _with_passphrase(vault: VaultFile, key: StoreKey, new: str, cost: Cost | None) -> VaultFile:
    if len(new.strip()) < LEAST_PASSPHRASE:
        raise UsageError(
            "The passphrase is too short", f"Nothing was changed. Choose at least {LEAST_PASSPHRASE} characters."
        )
    return slots.add_passphrase(vault, key, new, cost or calibrated(time.perf_counter))


def _with_keyring(vault: VaultFile, key: StoreKey, secrets: Secrets) -> VaultFile:
    kek = randomness.token_bytes(_KEK_BYTES)
    secrets.put(_kek_name(vault), b64encode(kek).decode("ascii"))
    return slots.add_secret(vault, key, KEYRING, kek)


def _open_by_keyring(vault: VaultFile, secrets: Secrets) -> StoreKey:
    if KEYRING not in vault.slots:
        raise WrongSecret("No key in the password store", "This profile does not use it.")
    kept = secrets.get(_kek_name(vault))
    if kept is None:
        raise WrongSecret("No key in the password store", "This computer's password store does not know this profile.")
    try:
        kek = b64decode(kept, validate=True)
    except ValueError as fault:
        raise WrongSecret("No key in the password store", "What it keeps for this profile is no key.") from fault
    return slots.open_with_kek(vault, KEYRING, kek)


def _open_by_words(vault: VaultFile, words: str) -> OpenedVault:
    """By recovery code where the words look like one (it costs nothing to try), else by passphrase."""
    if RECOVERY in vault.slots and looks_like_code(words):
        try:
            return OpenedVault(key=slots.open_recovery(vault, words), way=RECOVERY)
        except WrongSecret:
            if PASSPHRASE not in vault.slots:
                raise
    if PASSPHRASE not in vault.slots:
        return OpenedVault(key=slots.open_recovery(vault, words), way=RECOVERY)
    return OpenedVault(key=slots.open_passphrase(vault, words), way=PASSPHRASE)


def _renew_keyring(profile: Profile, vault: VaultFile, key: StoreKey, secrets: Secrets) -> None:
    """Set the keyring's slot again where the desktop lost its part. The store opens all the same where this fails."""
    try:
        _write(profile, _with_keyring(vault, key, secrets))
    except PlnError as fault:
        _log.info("the keyring's slot was not renewed: %s", fault.title)


def _refuse_orphaned_store(profile: Profile) -> None:
    """A new vault would hold another key: the store there could never be opened again."""
    if profile.store.exists() or any(profile.root.glob(f"{profile.store.name}-*")):
        raise _missing(profile)


def _missing(profile: Profile) -> StoreFault:
    return StoreFault(
        "The key file is missing",
        f"{profile.vault} holds the keys of your store and is not there. The store was not touched. "
        f"Put the file back, or bring a backup back, as one from {profile.backups}: pln restore FILE --profile NEW.",
    )


def _kek_name(vault: VaultFile) -> str:
    return f"kek:{vault.id}"


def _write(profile: Profile, vault: VaultFile) -> None:
    write_atomically(profile.vault, slots.dump(vault))
