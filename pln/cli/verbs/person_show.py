"""`pln person show NAME`"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pln.cli.named import person_named
from pln.cli.session import Session
from pln.cli.terminal import day, indented, shortened, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.contact import Person
from pln.model.timeline import TimelineItem
from pln.services.contacts import person_rows
from pln.services.person_page import person_page


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the name or a part of it that only one person has; or #NUMBER")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="lines of the timeline (default 10)")


def _run(session: Session, arguments: Arguments) -> Answer:
    ctx = session.ctx
    person = person_named(ctx, arguments.name)
    page = person_page(ctx, person.id)
    timeline = page.timeline[: max(arguments.limit, 0)]
    (row,) = person_rows(ctx, (person.id,))
    data = {
        "id": person.id, "uid": person.uid, "name": person.name, "role": person.role, "org": person.org,
        "place": person.place, "birthday": str(person.birthday) if person.birthday else None,
        "circles": list(person.circles), "interests": list(person.interests),
        "handles": [{"kind": each.kind.value, "value": each.value, "label": each.label} for each in person.handles],
        "how_met": person.how_met, "introduced_by": page.introduced_by[1] if page.introduced_by else None,
        "note": person.note, "last_contact": row.last_contact.isoformat() if row.last_contact else None,
        "timeline": [_told(item) for item in timeline],
    }  # fmt: skip
    return Answer(data=data, lines=tuple(_lines(person, timeline)))


def _told(item: TimelineItem) -> dict[str, object]:
    return {"day": item.day.isoformat(), "kind": item.kind, "title": item.title, "body": item.body}


def _lines(person: Person, timeline: tuple[TimelineItem, ...]) -> Iterator[str]:
    yield f"{person.name} (#{person.id})"
    facts = [
        ("role", person.subtitle),
        ("circles", ", ".join(person.circles)),
        ("interests", ", ".join(person.interests)),
        ("birthday", str(person.birthday or "")),
        ("how you met", person.how_met),
        *((each.label or each.kind.value, each.value) for each in person.handles),
    ]
    yield from (f"   {line}" for line in table((name, value) for name, value in facts if value))
    if person.note:
        yield from ("", *indented(person.note))
    if timeline:
        yield ""
    for item in timeline:
        yield from table([(f"{day(item.day):>11}", item.title)])
        if item.body:
            yield f"             {shortened(item.body, 100)}"


PERSON_SHOW = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "id": "number of the person in this profile",
        "uid": "its stable id",
        "name": "the name",
        "role": "what they do",
        "org": "where they work",
        "place": "where they live",
        "birthday": "as 1988-02-29, as --02-29 where the year is not known, or null",
        "circles": "the circles they belong to",
        "interests": "what they care about",
        "handles[].kind": "email, phone, url, feed, linkedin, mastodon, bluesky, address or other",
        "handles[].value": "the address or number",
        "handles[].label": "your word for it",
        "how_met": "how you know each other",
        "introduced_by": "name of who introduced you, or null",
        "note": "your private note",
        "last_contact": "day of the last real contact, or null",
        "timeline[].day": "the day, newest first",
        "timeline[].kind": "a kind of meetup, article, thanks, introduction, message, or journal",
        "timeline[].title": "what it was",
        "timeline[].body": "its first lines, without promises and questions",
    },
    examples=("pln person show anna",),
)
