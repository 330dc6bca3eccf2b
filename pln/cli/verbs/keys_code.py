"""`pln keys code`"""

from __future__ import annotations

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.cli.words import proved
from pln.services.safety import fresh_recovery_code, keep_code


def _run(session: Session, _arguments: Arguments) -> Answer:
    session.need_profile()
    ctx = session.ctx
    code = proved(session, lambda now: fresh_recovery_code(ctx, now))
    keep_code(ctx)  # it was asked for and is printed: nothing more can be known here
    return Answer(
        data={"code": code},
        lines=(
            f"Your new recovery code, shown this once: {code}",
            "Keep it on paper. The earlier one no longer opens the store; backups keep theirs.",
        ),
    )


KEYS_CODE = Verb(
    run=_run,
    notes="It is printed once and kept nowhere; the earlier code ends.",
    shape={"code": "the new recovery code"},
    examples=("pln keys code",),
)
