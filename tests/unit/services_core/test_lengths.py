"""A name without end is refused politely wherever it comes in, and nothing is shortened unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import PlnError, UsageError
from pln.model.importing import RowAction
from pln.model.lengths import LONGEST
from pln.model.meetup import Meetup, MeetupKind
from pln.services.contacts import add_person, get_person, pause_person, save_person
from pln.services.context import Context
from pln.services.importing import apply_import, plan_import
from pln.services.importing_calendar import plan_calendar
from pln.services.meetup_log import change_details, log_meetup
from pln.services.meetups import get_meetup
from store_fixtures import TODAY

LONG = "x" * (LONGEST + 1)


def number_of_people(ctx: Context) -> int:
    with ctx.store.read() as work:
        return work.people.total()


@pytest.mark.parametrize("field", ["name", "nickname", "org", "role", "place"])
def test_a_text_of_a_person_that_is_too_long(context: Context, field: str) -> None:
    with pytest.raises(UsageError, match="Nothing was saved"):
        save_person(context, replace(Person(name="Ines Okafor"), **{field: LONG}))
    assert number_of_people(context) == 0
    save_person(context, replace(Person(name="Ines Okafor"), **{field: LONG[1:]}))


@pytest.mark.parametrize("field", ["circles", "interests"])
def test_a_circle_or_interest_that_is_too_long(context: Context, field: str) -> None:
    with pytest.raises(UsageError):
        save_person(context, replace(Person(name="Ines Okafor"), **{field: ("bees", LONG)}))


def test_the_sentence_does_not_repeat_the_text(context: Context) -> None:
    with pytest.raises(PlnError) as told:
        add_person(context, "y" * 20_000_000)
    assert "The name is very long" in str(told.value) and len(str(told.value)) < 200


def test_what_was_long_before_there_was_a_limit_stays_and_can_be_made_shorter(context: Context) -> None:
    with context.write("") as work:
        old = work.people.add(Person(name=LONG, circles=(LONG,)))
    assert pause_person(context, old.id, TODAY).name == LONG
    assert save_person(context, replace(get_person(context, old.id), note="n", circles=(LONG, "bees"))).note == "n"
    with pytest.raises(UsageError):
        save_person(context, replace(get_person(context, old.id), name=f"{LONG}x"))
    assert save_person(context, replace(get_person(context, old.id), name="Ines")).name == "Ines"


def test_a_place_or_somebody_new_at_a_meetup(context: Context) -> None:
    ines = add_person(context, "Ines Okafor")
    tea = Meetup(kind=MeetupKind.TEA, day=TODAY)
    for new, who in ((replace(tea, place=LONG), [(ines.id, "")]), (tea, [(ines.id, ""), (None, LONG)])):
        with pytest.raises(UsageError):
            log_meetup(context, new, who)
    with context.store.read() as work:
        assert (work.meetups.total(), work.people.total()) == (0, 1)
    seen = log_meetup(context, replace(tea, place="Örn"), [(ines.id, "")])
    with pytest.raises(UsageError):
        change_details(context, seen, replace(seen, place=LONG), [(ines.id, "")])
    assert get_meetup(context, seen.id).place == "Örn"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.csv", f"First Name,Last Name,Company\n{LONG},Okafor,Mill\nJon,Ek,{LONG}\nBo,Ek,Mill\n"),
        (
            "people.vcf",
            "".join(
                f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:{org}\nEND:VCARD\n"
                for name, org in ((LONG, "Mill"), ("Jon Ek", LONG), ("Bo Ek", "Mill"))
            ),
        ),
    ],
)
def test_a_row_of_a_people_file(context: Context, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    report, _undo = apply_import(context, plan_import(context, tmp_path / name))
    assert report.added == 1 and number_of_people(context) == 1
    assert [row.reason for row in report.skipped] == [
        f"Not readable: its {word} is longer than 500 characters." for word in ("name", "organisation")
    ]


def test_the_place_of_an_event_in_a_calendar(context: Context, tmp_path: Path) -> None:
    add_person(context, "Ines Okafor")
    event = (
        f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260301\r\nSUMMARY:Tea with Ines Okafor\r\nLOCATION:{LONG}\r\n"
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    (tmp_path / "c.ics").write_bytes(text.encode())
    (row,) = plan_calendar(context, tmp_path / "c.ics").rows
    assert (row.action, row.day, row.meetup) == (RowAction.SKIP, date(2026, 3, 1), None)
    assert row.detail == "its place is longer than 500 characters"
