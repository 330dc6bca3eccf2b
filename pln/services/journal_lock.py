"""A lock for the journal alone: a second encrypted file with words of its own, which no password store remembers.

The journal is locked whenever PLN opens. Locked, it seems empty to everybody who reads: search, Today, timelines,
exports. Deriving a key takes about a second: call `prepare`, `open_journal`, `end` and the changes of words off the
window's thread.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pln.durable.files import InPlace, write_atomically
from pln.model.changes import ChangeSet, Noun
from pln.model.errors import StoreFault, UsageError, WrongSecret
from pln.services.context import Context
from pln.services.vault import LEAST_PASSPHRASE
from pln.store import vault as slots
from pln.store.journal_file import JournalLocked
from pln.store.passphrase import Cost, calibrated
from pln.store.recovery_code import looks_like_code
from pln.store.vault import StoreKey, VaultFile

__all__ = [
    "JournalLocked",
    "JournalState",
    "Prepared",
    "change_words",
    "end",
    "fresh_code",
    "is_swept",
    "lock_journal",
    "older_backups",
    "open_journal",
    "prepare",
    "set_up",
    "state",
]

ORIGIN = "journal-lock"

_log = logging.getLogger(__name__)


class JournalState(StrEnum):
    """TOGETHER: the journal has no lock of its own."""

    TOGETHER = "together"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The key slots of a lock that is not there yet. code: the recovery code, to be kept before it is set up."""

    vault: VaultFile
    key: StoreKey = field(repr=False)
    code: str = field(repr=False)


def state(ctx: Context) -> JournalState:
    if ctx.store.journal_vault is None:
        return JournalState.TOGETHER
    return JournalState.OPEN if ctx.store.journal_open else JournalState.LOCKED


def is_swept(ctx: Context) -> bool:
    """False where free pages of the main file may still hold parts of the journal: the disk refused so far."""
    return ctx.store.journal_swept


def older_backups(ctx: Context) -> tuple[Path, ...]:
    """Backups and stores laid aside: those from before a lock hold the journal under the words of the store."""
    from pln.services.keeping import place
    from pln.services.kept_backups import ENDING  # what looks after backups is not needed by who only asks for a state

    folders = {ctx.profile.backups, place(ctx).folder}
    backups = (path for folder in folders for path in folder.glob(f"*{ENDING}"))
    return tuple(sorted((*backups, *ctx.profile.set_aside.glob("*/store.db"))))


def prepare(words: str, cost: Cost | None = None) -> Prepared:
    """Key slots for a new lock: a passphrase and a recovery code. Nothing is written.

    Raises UsageError where the passphrase is too short.
    """
    _refuse_short(words)
    vault, key = slots.create()
    vault = slots.add_passphrase(vault, key, words, cost or calibrated(time.perf_counter))
    vault, code = slots.add_recovery(vault, key)
    return Prepared(vault, key, code)


def set_up(ctx: Context, prepared: Prepared) -> None:
    """Move the journal into a file of its own. It is open afterwards, and locked at the next start.

    Raises UsageError where it has a lock already; StoreFault where the disk is full or closed: it stays as it was.
    """
    if state(ctx) is not JournalState.TOGETHER:
        raise UsageError("The journal has a lock already", "Nothing was changed.")
    key = prepared.key
    try:
        ctx.store.move_journal_out(key.key, key.salt, prepared.vault.id, slots.dump(prepared.vault))
    except InPlace as fault:  # its files have their names, but the store does not point to them
        raise StoreFault(
            "The journal has no lock yet",
            "The disk did not confirm the files for it. The journal is where it was, unchanged. Check the disk and try "
            "again.",
        ) from fault
    _tell(ctx)


def open_journal(ctx: Context, words: str) -> None:
    """Open the journal with its passphrase or its recovery code; nothing happens where it is open.

    Raises WrongSecret for other words; StoreFault where its files are missing, damaged or not its own.
    """
    if state(ctx) is not JournalState.LOCKED:
        return
    key = _key(ctx, words)
    ctx.store.attach_journal(key.key, key.salt)
    _tell(ctx)


def lock_journal(ctx: Context) -> None:
    """From now on nobody finds anything of it. What is still being written must be stored before."""
    if state(ctx) is JournalState.OPEN:
        ctx.store.detach_journal()
        _tell(ctx)


def end(ctx: Context, words: str) -> None:
    """Move the journal back to everything else. Its own file is laid aside, with the words that open it.

    Raises as `open_journal`; the journal stays where it was then.
    """
    if state(ctx) is JournalState.TOGETHER:
        return
    key = _key(ctx, words)  # asked for although it is open: whoever sits down here must not end it
    ctx.store.attach_journal(key.key, key.salt)
    ctx.store.move_journal_back()
    _tell(ctx)


def change_words(ctx: Context, now: str, new: str, cost: Cost | None = None) -> None:
    """Another passphrase for the journal. now: passphrase or recovery code in force. Raises as `open_journal`."""
    _refuse_short(new)
    key = _key(ctx, now)
    vault = slots.with_check(_vault(ctx), key)
    _write(ctx, slots.add_passphrase(vault, key, new, cost or calibrated(time.perf_counter)))


def fresh_code(ctx: Context, now: str) -> str:
    """A new recovery code, to be shown once; the earlier one no longer opens. Raises as `open_journal`."""
    key = _key(ctx, now)
    vault, code = slots.add_recovery(slots.with_check(_vault(ctx), key), key)
    try:
        _write(ctx, vault)
    except InPlace as fault:  # it is in force, so its owner must see it
        _log.info("a new recovery code of the journal: %s", fault.title)
    return code


def _key(ctx: Context, words: str) -> StoreKey:
    vault = _vault(ctx)
    try:
        if looks_like_code(words):
            with suppress(WrongSecret):  # a passphrase may look like one
                return slots.open_recovery(vault, words)
        return slots.open_passphrase(vault, words)
    except WrongSecret as fault:
        raise WrongSecret(
            "These words do not open the journal",
            "It stays locked and unchanged. Please give its own passphrase or its own recovery code.",
        ) from fault


def _vault(ctx: Context) -> VaultFile:
    path = ctx.profile.journal_vault
    try:
        vault = slots.load(path.read_bytes())
    except (OSError, StoreFault) as fault:
        raise StoreFault(
            "The journal's key file cannot be read",
            f"{path.name} is missing, damaged or closed to PLN, so the journal stays locked. It was not touched. "
            "Put the file back from a backup.",
        ) from fault
    if vault.id != ctx.store.journal_vault:
        raise StoreFault(
            "This key file belongs to another journal",
            f"{path.name} does not open the journal of this profile. Nothing was changed. Put back its own from a "
            "backup.",
        )
    return vault


def _write(ctx: Context, vault: VaultFile) -> None:
    """Raises StoreFault; InPlace where the change is in force all the same."""
    try:
        write_atomically(ctx.profile.journal_vault, slots.dump(vault))
    except InPlace as fault:
        raise InPlace(
            "It was changed, but the disk did not confirm it",
            "The journal's new words are in force. After a power cut the earlier ones may be in force again, so keep "
            "them too. Check the disk, then do it once more.",
        ) from fault


def _refuse_short(words: str) -> None:
    if len(words.strip()) < LEAST_PASSPHRASE:
        raise UsageError(
            "The passphrase is too short", f"Nothing was changed. Choose at least {LEAST_PASSPHRASE} characters."
        )


def _tell(ctx: Context) -> None:
    """Whatever shows entries, copies of them, or what names them, reads anew."""
    nouns = frozenset((Noun.ENTRY, Noun.SHARE, Noun.MEETUP))
    ctx.bus.publish(ChangeSet(origin=ORIGIN, refs=frozenset(), bulk_nouns=nouns))
