"""`pln person list`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.terminal import counted, day, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.contact import PersonRow
from pln.services.contacts import person_ids, person_rows


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="?", default="", help="only people who have this anywhere")
    parser.add_argument("--circle", default="", metavar="NAME", help="only people of this circle")


def _run(session: Session, arguments: Arguments) -> Answer:
    rows = person_rows(session.ctx, person_ids(session.ctx, arguments.text, arguments.circle))
    return Answer(
        data={"people": [_told(row) for row in rows]},
        lines=(*table(_cells(row) for row in rows), counted(len(rows), "person", "people")),
    )


def _told(row: PersonRow) -> dict[str, object]:
    return {
        "id": row.id, "name": row.name, "detail": row.subtitle,
        "last_contact": row.last_contact.isoformat() if row.last_contact else None,
        "next_meetup": row.next_meetup.isoformat() if row.next_meetup else None,
    }  # fmt: skip


def _cells(row: PersonRow) -> tuple[str, ...]:
    coming = f"next {day(row.next_meetup)}" if row.next_meetup else ""
    last = f"last {day(row.last_contact)}" if row.last_contact else ""
    return f"#{row.id}", row.name, row.subtitle, last, coming


PERSON_LIST = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "people[].id": "number of the person in this profile",
        "people[].name": "the name",
        "people[].detail": "role and employer or place",
        "people[].last_contact": "day of the last real contact, or null",
        "people[].next_meetup": "day of the next planned meetup, or null",
    },
    examples=("pln person list", "pln person list facilitator"),
)
