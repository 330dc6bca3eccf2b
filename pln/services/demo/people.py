"""The people of the invented network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.services.contacts import UNTIL_I_SAY
from pln.services.demo.texts import Table
from pln.store.unit_of_work import Work

Keys = dict[str, Person]
"""Key of the files to the stored person."""

_WORDS = ("name", "given", "family", "nickname", "pronouns", "org", "role", "place", "note", "how_met", "met_on")
_LISTS = ("interests", "asks", "offers", "circles")


def add_people(work: Work, tables: list[Table], today: date) -> Keys:
    """Store everybody, and then who introduced whom."""
    stored = work.people.add_many(_person(table, today) for table in tables)
    keys = {table["key"]: person for table, person in zip(tables, stored, strict=True)}
    for table in tables:
        if by := table.get("introduced_by"):
            key = table["key"]
            keys[key] = work.people.change(replace(keys[key], introduced_by=keys[by].id))
    return keys


def _person(table: Table, today: date) -> Person:
    plain: Table = {name: table[name] for name in _WORDS if name in table}
    plain |= {name: tuple(table.get(name, ())) for name in _LISTS}
    known_since = today - timedelta(days=table.get("since", 30))
    return Person(
        **plain, handles=tuple(_handles(table)), birthday=_birthday(table.get("birthday", ""), today),
        naming=NamingConsent(table["naming"]), rhythm_wish=RhythmWish(table.get("wish", "unset")),
        paused_until=_pause(table.get("pause"), today), created=datetime.combine(known_since, time(18), UTC),
    )  # fmt: skip


def _handles(table: Table) -> list[Handle]:
    kinds = {HandleKind.EMAIL: "reach", HandleKind.PHONE: "phone", HandleKind.URL: "page"}
    return [Handle(kind=kind, value=table[name]) for kind, name in kinds.items() if name in table]


def _birthday(text: str, today: date) -> PartialDate | None:
    if text.startswith("+"):
        day = today + timedelta(days=int(text))
        return PartialDate(day.month, day.day)
    return PartialDate.parse(f"--{text}") if text else None


def _pause(said: int | str | None, today: date) -> date | None:
    if said is None:
        return None
    return today + timedelta(days=said) if isinstance(said, int) else UNTIL_I_SAY
