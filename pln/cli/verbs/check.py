"""`pln check`"""

from __future__ import annotations

from datetime import timedelta

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.context import Context
from pln.services.journal_lock import JournalState, state
from pln.services.kept_backups import kept_of
from pln.services.opening import check

_OLD = timedelta(days=7)


def _run(session: Session, arguments: Arguments) -> Answer:
    found, unsafe = check(session.ctx), _unsafe(session.ctx)
    locked = state(session.ctx) is JournalState.LOCKED
    left_out = ("The journal is locked and was not read.",) if locked else ()
    data = {
        "profile": str(session.profile.root), "sound": not found, "found": list(found), "unsafe": list(unsafe),
        "journal_read": not locked,
    }  # fmt: skip
    said = found or (("The store is sound.",) if unsafe else ("All is well.",))
    return Answer(data=data, lines=(*said, *unsafe, *left_out), partly=bool(found))


def _unsafe(ctx: Context) -> tuple[str, ...]:
    """What would be lost with the disk. It is no fault of the store, so it leaves the exit code alone."""
    newest = next(iter(kept_of(ctx.profile)), None)
    if newest is None:
        return ("There is no backup of this profile. pln backup makes one.",)
    age = ctx.clock.now() - newest.made
    if age <= _OLD:
        return ()
    day = f"{newest.made.astimezone():%Y-%m-%d}"
    return (f"The newest backup is {age.days} days old, of {day}. pln backup makes a new one.",)


CHECK = Verb(
    run=_run,
    notes="Exit code 1 says that something was found. No backup, or none of the last seven days, is told as well, and "
    "leaves the exit code as it is.",
    shape={
        "profile": "the folder of the profile",
        "sound": "true where nothing was found",
        "found": "what was found, each in a sentence",
        "unsafe": "what else to mind, each in a sentence: no backup, or only old ones",
        "journal_read": "false where the journal is locked, so that it could not be looked at",
    },
    examples=("pln check",),
)
