"""The ways into a profile's store: first start, opening, and changing the locks.

Everything here may wait for the desktop's own prompt or work for a second: call it off the UI thread, and only while
holding the profile's instance lock. No secret is kept in this module; the key lives where the caller holds it.
"""

from __future__ import annotations

import logging
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pln.durable.files import InPlace, write_atomically
from pln.model.errors import KeyringUnavailable, PlnError, StoreFault, Trouble, UsageError, WrongSecret
from pln.services.fresh import was_used
from pln.services.key_damage import is_bent
from pln.services.keyring_slot import drop, drop_earlier, open_by_keyring, with_keyring
from pln.services.recovery_mark import forget_mark, is_unseen, mark_unseen
from pln.store import vault as slots
from pln.store.passphrase import Cost, calibrated
from pln.store.recovery_code import looks_like_code
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY, StoreKey, VaultFile
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets

LEAST_PASSPHRASE = 8
_WAYS = (KEYRING, PASSPHRASE, RECOVERY)

_log = logging.getLogger(__name__)


class NeedsPassphrase(PlnError):  # a question rather than a fault
    """Somebody has to be asked. first_time: to choose a passphrase, else to give it or the recovery code.

    reason: why the password store did not open the vault, in a sentence or two; "" where nobody expected it to.
    """

    def __init__(self, *, first_time: bool, reason: str = "") -> None:
        wish = "Choose a passphrase" if first_time else "Please give your passphrase or your recovery code"
        super().__init__("A passphrase is needed", f"{reason} {wish}.".strip())
        self.first_time, self.reason = first_time, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedVault:
    """key: opens the store. way: the slot that was used. recovery_code: of a new vault, to be shown once; else ""."""

    key: StoreKey
    way: str
    recovery_code: str = field(default="", repr=False)


def open_vault(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None = None, cost: Cost | None = None, *,
    ask_keyring: bool = True,
) -> OpenedVault:  # fmt: skip
    """Open the profile's vault, or make one where the profile is new. The profile's folders must exist.

    The keyring is tried first, unless it is not to be asked. passphrase: called only where it is needed, for the
    passphrase or the recovery code; without it NeedsPassphrase is raised there, to be answered by a second call.
    cost: of a new passphrase, None measures what this computer can bear.
    Raises WrongSecret for a wrong answer; StoreFault for a vault that is damaged, newer, or missing beside a store.
    """
    if not profile.vault.exists():
        _refuse_orphaned_store(profile)
        refuse_lost(profile)
        return _first_start(profile, secrets if ask_keyring else None, passphrase, cost)
    vault = read_vault(profile)
    asked = ask_keyring and KEYRING in vault.slots
    reason = ""
    mends = False
    if asked:
        try:
            return OpenedVault(key=open_by_keyring(vault, secrets), way=KEYRING)
        except (KeyringUnavailable, WrongSecret) as fault:
            reason, mends = fault.sentence, isinstance(fault, WrongSecret)
    if passphrase is None:
        raise NeedsPassphrase(first_time=False, reason=reason)
    words = passphrase()
    try:
        opened = _open_by_words(vault, words)
    except WrongSecret as fault:
        if not is_bent(profile, vault):
            raise
        raise StoreFault(
            "The key file is damaged",
            "What you gave did not open the store, and vault.json is not what its backup holds, so it may well be "
            "right. Nothing was changed. Put back vault.json from the newest backup.",
            Trouble.KEYS_DAMAGED,
        ) from fault
    if mends:
        _renew_keyring(profile, slots.with_check(vault, opened.key), opened.key, secrets)
    return opened


def mend_check(profile: Profile, key: StoreKey) -> None:
    """Write the key file anew where it says wrongly that this key is not its own. key: as one of its slots gave it.

    The store opens all the same where it cannot be written.
    """
    try:
        vault = read_vault(profile)
        if not slots.fits(vault, key):
            _write(profile, slots.with_check(vault, key))
    except PlnError as fault:
        _log.info("the check of the key file was not mended: %s", fault.title)


def check_keys(profile: Profile, owns: Callable[[Callable[[bytes, bytes], bool]], bool]) -> tuple[str, ...]:
    """What is wrong with the key file, each in a sentence. owns: as `Store.owns`. Raises StoreFault as `read_vault`."""
    vault = read_vault(profile)
    found = []
    if not owns(lambda key, salt: slots.fits(vault, StoreKey(key=key, salt=salt))):
        found.append(
            "The check in vault.json does not fit the store. Opening the profile again writes it anew; until then no "
            "backup can be made."
        )
    if vault.damaged:
        found.append(
            "A way in is damaged in vault.json and opens nothing: "
            f"{', '.join(sorted(name if name in _WAYS else 'one without a known name' for name in vault.damaged))}. "
            "Set it again."
        )
    return tuple(found)


def refuse_lost(profile: Profile) -> None:
    """Raises StoreFault where neither keys nor store are there, but something that only a store leaves behind."""
    if profile.vault.exists() or not was_used(profile):
        return
    raise StoreFault(
        "The store is missing",
        f"Neither a store nor its key file is in {profile.root}, although this profile was used before. PLN made no "
        f"new one over the loss. Put both files back, or bring the newest backup in {profile.backups} back: pln "
        "restore --latest. What once gave way to a backup lies in set-aside. To begin anew, choose another folder for "
        "the profile.",
        Trouble.STORE_MISSING,
    )


def ways_in(profile: Profile) -> frozenset[str]:
    """Names of the slots that are set: "keyring", "passphrase", "recovery"."""
    return frozenset(read_vault(profile).slots)


def sure_ways(profile: Profile) -> frozenset[str]:
    """As `ways_in`, without a recovery code that nobody has said to have kept."""
    vault = read_vault(profile)
    return _sure(profile, vault)


def set_passphrase(profile: Profile, key: StoreKey, new: str, cost: Cost | None = None) -> None:
    """Add a passphrase or change it; the earlier one no longer opens. Raises UsageError where it is too short."""
    _write(profile, _with_passphrase(read_vault(profile), key, new, cost))


def new_recovery_code(profile: Profile, key: StoreKey) -> str:
    """A fresh code, to be shown once; the earlier one no longer opens. It counts as unseen until `code_kept`."""
    vault, code = slots.add_recovery(read_vault(profile), key)
    mark_unseen(profile, vault)
    try:
        _write(profile, vault)
    except InPlace as fault:  # it is in force, so its owner must see it
        _log.info("a new recovery code: %s", fault.title)
    return code


def code_kept(profile: Profile) -> None:
    """The owner has said, or shown, that the recovery code in force is kept. Quick, and raises nothing."""
    forget_mark(profile)


def code_unseen(profile: Profile) -> bool:
    """True where the recovery code in force was never said to be kept."""
    return is_unseen(profile, read_vault(profile))


def remember_here(profile: Profile, secrets: Secrets, key: StoreKey) -> None:
    """Let this computer's password store open the vault. Raises KeyringUnavailable where it cannot.

    Whatever happens in between, a password store that opened the vault before still does.
    """
    before = read_vault(profile)
    _write_with_keyring(profile, with_keyring(before, key, secrets), secrets)
    drop_earlier(before, secrets)


def forget_here(profile: Profile, secrets: Secrets) -> None:
    """Ask for the passphrase from the next start on. Raises StoreFault where that would lock the owner out."""
    vault = read_vault(profile)
    remaining = slots.remove_slot(vault, KEYRING)
    _refuse_unsure(profile, remaining)
    _write(profile, remaining)
    drop(vault, secrets)


def remove_way(profile: Profile, way: str) -> None:
    """Remove the passphrase or the recovery code.

    Raises StoreFault where the keyring alone would be left: whoever changes desktop or computer would lose everything.
    """
    remaining = slots.remove_slot(read_vault(profile), way)
    _refuse_unsure(profile, remaining)
    _write(profile, remaining)


def open_without(profile: Profile, way: str, words: str) -> OpenedVault:
    """Open the vault by words as if one way in were removed already. Raises WrongSecret where they do not."""
    staying = slots.remove_slot(read_vault(profile), way)
    if (way == PASSPHRASE and not looks_like_code(words)) or (way == RECOVERY and looks_like_code(words)):
        raise _other_words(way)
    return _open_by_words(staying, words)


def _other_words(way: str) -> WrongSecret:
    """They are of the kind that is to go, which says more than that they are none of the kind that stays."""
    wanted = "the recovery code, 32 digits and letters" if way == PASSPHRASE else "the passphrase"
    return WrongSecret(
        "Other words are needed",
        f"Please give {wanted}: it stays, so it has to be shown that it opens the store. Nothing was changed.",
    )


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
            Trouble.KEYS_DAMAGED,
        ) from fault


def _first_start(
    profile: Profile, secrets: Secrets | None, passphrase: Callable[[], str] | None, cost: Cost | None
) -> OpenedVault:
    """secrets: None where the keyring is not to be asked."""
    vault, key = slots.create()
    kept_by: Secrets = NoSecrets() if secrets is None else secrets
    try:
        vault, way = with_keyring(vault, key, kept_by), KEYRING
    except KeyringUnavailable as fault:
        if passphrase is None:
            raise NeedsPassphrase(first_time=True, reason="" if secrets is None else fault.sentence) from fault
        vault, way = _with_passphrase(vault, key, passphrase(), cost), PASSPHRASE
    vault, code = slots.add_recovery(vault, key)
    mark_unseen(profile, vault)
    try:
        _write_with_keyring(profile, vault, kept_by)
    except InPlace as fault:  # there was nothing before, and the code must be seen
        _log.info("a new vault: %s", fault.title)
    return OpenedVault(key=key, way=way, recovery_code=code)


def _with_passphrase(vault: VaultFile, key: StoreKey, new: str, cost: Cost | None) -> VaultFile:
    if len(new.strip()) < LEAST_PASSPHRASE:
        raise UsageError(
            "The passphrase is too short", f"Nothing was changed. Choose at least {LEAST_PASSPHRASE} characters."
        )
    return slots.add_passphrase(vault, key, new, cost or calibrated(time.perf_counter))


def _open_by_words(vault: VaultFile, words: str) -> OpenedVault:
    """By recovery code where the words look like one (it costs nothing to try), else by passphrase."""
    if RECOVERY in vault.slots and looks_like_code(words):
        try:
            return OpenedVault(key=slots.open_recovery(vault, words), way=RECOVERY)
        except WrongSecret:
            if PASSPHRASE not in vault.slots:
                raise
    if PASSPHRASE not in vault.slots and PASSPHRASE not in vault.damaged:
        return OpenedVault(key=slots.open_recovery(vault, words), way=RECOVERY)
    try:
        return OpenedVault(key=slots.open_passphrase(vault, words), way=PASSPHRASE)
    except WrongSecret:
        if RECOVERY in vault.damaged and looks_like_code(words):
            slots.open_recovery(vault, words)  # which says that the code may well be right
        raise


def _renew_keyring(profile: Profile, vault: VaultFile, key: StoreKey, secrets: Secrets) -> None:
    """Set the keyring's slot again where the desktop lost its part. The store opens all the same where this fails."""
    try:
        _write_with_keyring(profile, with_keyring(vault, key, secrets), secrets)
    except PlnError as fault:
        _log.info("the keyring's slot was not renewed: %s", fault.title)


def _write_with_keyring(profile: Profile, vault: VaultFile, secrets: Secrets) -> None:
    """Write a vault whose keyring slot is new, if it has one; where it cannot be written, its key is taken back."""
    try:
        _write(profile, vault)
    except InPlace:  # its key is needed from now on
        raise
    except PlnError:
        if KEYRING in vault.slots:
            drop(vault, secrets)
        raise


def _sure(profile: Profile, vault: VaultFile) -> frozenset[str]:
    return frozenset(vault.slots) - ({RECOVERY} if is_unseen(profile, vault) else set())


def _refuse_unsure(profile: Profile, remaining: VaultFile) -> None:
    """What somebody is sure to have must remain: a password store can be lost with the computer."""
    if _sure(profile, remaining) - {KEYRING}:
        return
    raise StoreFault(
        "One way in is yours to keep",
        "A password store can be lost with the computer, and a recovery code helps only whoever has kept it. "
        "Nothing was changed. Set a passphrase, or make a new recovery code and keep it, then try again.",
    )


def _refuse_orphaned_store(profile: Profile) -> None:
    """A new vault would hold another key: the store there could never be opened again."""
    if profile.store.exists() or any(profile.root.glob(f"{profile.store.name}-*")):
        raise _missing(profile)


def _missing(profile: Profile) -> StoreFault:
    return StoreFault(
        "The key file is missing",
        f"{profile.vault} holds the keys of your store and is not there. The store was not touched. "
        f"Put the file back, or bring the newest backup in {profile.backups} back: pln restore --latest.",
        Trouble.KEYS_MISSING,
    )


def _write(profile: Profile, vault: VaultFile) -> None:
    """Raises StoreFault; InPlace where the change is in force all the same."""
    try:
        write_atomically(profile.vault, slots.dump(vault))
    except InPlace as fault:
        raise InPlace(
            "It was changed, but the disk did not confirm it",
            "What you changed just now is in force. After a power cut the earlier passphrase and recovery code may be "
            "in force again, so keep them too. Check the disk, then do it once more.",
        ) from fault
