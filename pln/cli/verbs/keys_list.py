"""`pln keys list`"""

from __future__ import annotations

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.cli.words import NAMES, WAYS_SHAPE, told_ways


def _run(session: Session, _arguments: Arguments) -> Answer:
    session.need_profile()
    data = told_ways(session.ctx)
    lines = [f"{name[0].upper()}{name[1:]} {_state(way, data['ways'])}." for way, name in NAMES.items()]
    if not data["code_kept"]:
        lines.append("Nobody has kept the recovery code yet: pln keys code makes another one.")
    return Answer(data=data, lines=tuple(lines))


def _state(way: str, there: list[str]) -> str:
    return "opens the store" if way in there else "is not used"


KEYS_LIST = Verb(run=_run, shape=WAYS_SHAPE, examples=("pln keys list",))
