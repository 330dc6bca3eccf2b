"""`pln person add NAME`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.contact import Handle, HandleKind, Person
from pln.services.contacts import save_person


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the name; nothing else is needed")
    for option, words in (
        ("--circle", "a circle they belong to"),
        ("--interest", "something they care about"),
        ("--email", "an e-mail address"),
    ):
        parser.add_argument(option, action="append", default=[], metavar="TEXT", help=f"{words}; as often as you like")
    for option, words in (("--role", "what they do"), ("--org", "where they work"), ("--place", "where they live")):
        parser.add_argument(option, default="", metavar="TEXT", help=words)
    parser.add_argument("--note", default="", metavar="TEXT", help="a private note")


def _run(session: Session, arguments: Arguments) -> Answer:
    person = save_person(
        session.ctx,
        Person(
            name=arguments.name, circles=tuple(arguments.circle), interests=tuple(arguments.interest),
            role=arguments.role, org=arguments.org, place=arguments.place, note=arguments.note,
            handles=tuple(Handle(kind=HandleKind.EMAIL, value=email) for email in arguments.email),
        ),
        origin="cli",
    )  # fmt: skip
    return Answer(
        data={"id": person.id, "uid": person.uid, "name": person.name}, lines=(f"Added {person.name} (#{person.id}).",)
    )


PERSON_ADD = Verb(
    run=_run,
    arguments=_arguments,
    shape={"id": "number of the person in this profile", "uid": "its stable id", "name": "the name as stored"},
    examples=(
        'pln person add "Anna Lindqvist" --circle Mentors --email anna@example.org',
        'pln person add "Bilal Osman" --role Facilitator --interest "studio schools"',
    ),
)
