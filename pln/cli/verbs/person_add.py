"""`pln person add NAME`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.contact import Person
from pln.services.contacts import save_person


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the name; nothing else is needed")
    parser.add_argument(
        "--circle", action="append", default=[], help="a circle they belong to; may be given more than once"
    )
    parser.add_argument(
        "--interest", action="append", default=[], help="something they care about; may be given more than once"
    )
    parser.add_argument("--note", default="", help="a private note")


def _run(session: Session, arguments: Arguments) -> Answer:
    person = save_person(
        session.ctx,
        Person(
            name=arguments.name,
            circles=tuple(arguments.circle),
            interests=tuple(arguments.interest),
            note=arguments.note,
        ),
        origin="cli",
    )
    return Answer(data={"id": person.id, "uid": person.uid, "name": person.name}, lines=(f"Added {person.name}.",))


PERSON_ADD = Verb(
    name="person add", title="Add a person by name.", run=_run, arguments=_arguments,
    shape={"id": "number of the person in this profile", "uid": "its stable id", "name": "the name as stored"},
    examples=('pln person add "Anna Lindqvist" --circle Mentors',),
)  # fmt: skip
