"""`pln check`"""

from __future__ import annotations

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.journal_lock import JournalState, state
from pln.services.opening import check


def _run(session: Session, arguments: Arguments) -> Answer:
    found = check(session.ctx)
    locked = state(session.ctx) is JournalState.LOCKED
    left_out = ("The journal is locked and was not read.",) if locked else ()
    data = {"profile": str(session.profile.root), "sound": not found, "found": list(found), "journal_read": not locked}
    return Answer(data=data, lines=(*(found or ("All is well.",)), *left_out), partly=bool(found))


CHECK = Verb(
    run=_run,
    notes="Exit code 1 says that something was found.",
    shape={
        "profile": "the folder of the profile",
        "sound": "true where nothing was found",
        "found": "what was found, each in a sentence",
        "journal_read": "false where the journal is locked, so that it could not be looked at",
    },
    examples=("pln check",),
)
