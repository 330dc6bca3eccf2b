"""`pln keys remove WAY`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.cli.words import NAMES, WAYS_SHAPE, told_ways, words_in_force
from pln.services.safety import remove, ways


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("way", metavar="WAY", choices=tuple(NAMES), help="keyring, passphrase or recovery")


def _run(session: Session, arguments: Arguments) -> Answer:
    session.need_profile()
    ctx, way = session.ctx, arguments.way
    name = NAMES[way]
    if way not in ways(ctx):
        return Answer(data=told_ways(ctx), lines=(f"Nothing was changed: {name} did not open the store.",))
    remove(ctx, way, words_in_force(session))
    return Answer(
        data=told_ways(ctx),
        lines=(f"From now on {name} does not open the store. Backups keep what opened them when they were made.",),
    )


KEYS_REMOVE = Verb(
    run=_run,
    arguments=_arguments,
    notes="The words given, by --passphrase-file or at the terminal, must be those of a way that stays. The password "
    "store alone is never left.",
    shape=WAYS_SHAPE,
    examples=("pln keys remove recovery",),
)
