"""Two years of meetups: those whose notes were written by hand, and the plain ones between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.demo.people import Keys
from pln.services.demo.texts import Table, days_before
from pln.store.unit_of_work import Work

Told = Mapping[tuple[str, int], int]
"""First person and days ago to the id of a meetup with notes."""

_NEAR = 0.6  # no plain meetup within this part of the usual pause around one with notes
_KEPT_SOON = 4  # days until a promise that stands ticked in its note was kept
_LINES = {"call": "far", "video": "far", "letter": "letter"}  # kind to the list of its lines; others are near
_HOURS = (time(9, 30), time(11), time(12, 30), time(15), time(16, 30))


def add_meetups(work: Work, file: Table, people: list[Table], keys: Keys, today: date, chance: Random) -> Told:
    """Store all meetups, the oldest first."""
    told = [(_told(table, keys, today), table) for table in file["meetup"]]
    plain = list(_between(people, file, keys, today, chance))
    ids: dict[tuple[str, int], int] = {}
    for meetup, table in sorted([*told, *((each, {}) for each in plain)], key=lambda pair: pair[0].day):
        stored = work.meetups.add(meetup, min(today, meetup.day + timedelta(days=_KEPT_SOON)))
        if "ago" in table:
            ids[table["who"][0], table["ago"]] = stored.id
    return ids


def _told(table: Table, keys: Keys, today: date) -> Meetup:
    day = days_before(today, table)
    return Meetup(
        kind=MeetupKind(table["kind"]), day=day, at=table.get("at"), minutes=table.get("minutes"),
        state=MeetupState.PLANNED if "in" in table else MeetupState.HAPPENED, place=table.get("place", ""),
        notes=table.get("notes", ""), people=tuple(keys[who].id for who in table["who"]),
        created=_written(min(day, today - timedelta(days=2))),
    )  # fmt: skip


def _between(
    people: Iterable[Table], file: Table, keys: Keys, today: date, chance: Random
) -> Iterator[Meetup]:  # fmt: skip
    told: defaultdict[str, list[int]] = defaultdict(list)
    for table in file["meetup"]:
        for who in table["who"] if "ago" in table else ():
            told[who].append(table["ago"])
    for person in people:
        if "every" in person:
            for ago in _days(person, told[person["key"]], chance):
                yield _plain(person, ago, file["between"], keys, today, chance)


def _days(person: Table, told: list[int], chance: Random) -> Iterator[int]:
    """Days ago of the plain meetups of one person, from the latest back to the first."""
    every, ago = person["every"], person["last"]
    while ago <= person["since"]:
        if all(abs(ago - other) >= _NEAR * every for other in told):
            yield ago
        ago += max(5, round(every * chance.uniform(0.82, 1.18)))


def _plain(person: Table, ago: int, words: Table, keys: Keys, today: date, chance: Random) -> Meetup:
    kind = chance.choice(person["kinds"])
    notes = chance.choice(words[_LINES.get(kind, "near")]) if chance.random() < 0.6 else ""
    if chance.random() < 0.3:
        notes += f"\n! {chance.choice(words['lessons'])}"
    day = today - timedelta(days=ago)
    return Meetup(
        kind=MeetupKind(kind), day=day, at=None if kind == "letter" else chance.choice(_HOURS),
        minutes=None if kind == "letter" else chance.choice((None, 30, 45, 60, 75)),
        place="" if kind in _LINES else chance.choice(person["spots"]), notes=notes.strip(),
        people=(keys[person["key"]].id,), created=_written(day),
    )  # fmt: skip


def _written(day: date) -> datetime:
    return datetime.combine(day, time(19), UTC)
