"""`pln keys passphrase`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.cli.words import WAYS_SHAPE, new_words, proved, told_ways
from pln.services.safety import change_passphrase


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-file", metavar="FILE", type=a_path, help="a file with the new passphrase on its first line"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    session.need_profile()
    ctx = session.ctx
    new = new_words(arguments.new_file)
    proved(session, lambda now: change_passphrase(ctx, new, now))
    return Answer(
        data=told_ways(ctx),
        lines=("The new passphrase opens the store from now on. Backups keep the one they were made with.",),
    )


KEYS_PASSPHRASE = Verb(
    run=_run,
    arguments=_arguments,
    notes="Without --new-file it is asked for at the terminal. The store itself is not written anew.",
    shape=WAYS_SHAPE,
    examples=("pln keys passphrase --new-file new-words.txt",),
)
