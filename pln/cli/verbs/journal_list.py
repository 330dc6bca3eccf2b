"""`pln journal list`"""

from __future__ import annotations

import argparse

from pln.cli.journal_words import add_option, journal_of
from pln.cli.session import Session
from pln.cli.terminal import counted, day, shortened, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.journal import entry_ids, entry_rows


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tag", default="", metavar="WORD", help="only entries with this tag")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default 20)")
    add_option(parser)


def _run(session: Session, arguments: Arguments) -> Answer:
    with journal_of(session, arguments):
        ids = entry_ids(session.ctx, arguments.tag.removeprefix("#"))
    rows = entry_rows(session.ctx, ids[: max(arguments.limit, 0)])
    lines = table((f"{day(row.created.astimezone().date()):>11}", row.title or shortened(row.opening)) for row in rows)
    told = [
        {"id": row.id, "title": row.title, "created": row.created.isoformat(), "opening": row.opening} for row in rows
    ]
    return Answer(
        data={"total": len(ids), "entries": told}, lines=(*lines, counted(len(ids), "entry", "entries"))
    )  # fmt: skip


JOURNAL_LIST = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "total": "how many there are, beyond --limit too",
        "entries[].id": "number of the entry in this profile",
        "entries[].title": "its title, empty where it has none",
        "entries[].created": "when it was begun, in UTC",
        "entries[].opening": "its first words",
    },
    examples=("pln journal list", "pln journal list --tag studios"),
)
