"""`pln check`"""

from __future__ import annotations

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.opening import check


def _run(session: Session, arguments: Arguments) -> Answer:
    found = check(session.ctx)
    data = {"profile": str(session.profile.root), "sound": not found, "found": list(found)}
    return Answer(data=data, lines=found or ("All is well.",), partly=bool(found))


CHECK = Verb(
    run=_run,
    notes="Exit code 1 says that something was found.",
    shape={
        "profile": "the folder of the profile",
        "sound": "true where nothing was found",
        "found": "what was found, each in a sentence",
    },
    examples=("pln check",),
)
