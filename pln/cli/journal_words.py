"""Opening a journal that has a lock of its own, for the verbs that need it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pln.cli.passphrase import from_file
from pln.cli.session import Session
from pln.cli.verb import Arguments
from pln.model.errors import PlnError
from pln.services.journal_lock import JournalLocked, open_journal


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--journal-words", type=Path, metavar="FILE",
        help="the journal's own passphrase on the first line of FILE, where the journal has a lock",
    )  # fmt: skip


@contextmanager
def journal_of(session: Session, arguments: Arguments) -> Iterator[None]:
    """Open the journal where its words are given, for as long as this process lasts.

    Raises WrongSecret for other words, PlnError where it is locked and none are given.
    """
    if arguments.journal_words is not None:
        open_journal(session.ctx, from_file(arguments.journal_words))
    try:
        yield
    except JournalLocked as locked:
        raise PlnError(
            locked.title, "Nothing was changed. Give the journal's own passphrase with --journal-words FILE."
        ) from locked
