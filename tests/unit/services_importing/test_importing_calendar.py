"""Meetups out of calendars: those that name somebody known, once, with their uid."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from pln.model.contact import Handle, HandleKind, Person
from pln.model.errors import Cancelled, UnreadableInput
from pln.model.importing import RowAction
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.contacts import save_person
from pln.services.context import Context, take_back
from pln.services.importing_calendar import CalendarPlan, apply_calendar, plan_calendar
from pln.services.meetup_log import log_meetup
from pln.services.meetups import remove_meetup
from pln.sources.ics import write_ics
from shared_corpus import corpus_files
from store_fixtures import NOW, TODAY, assert_index_in_step


@pytest.fixture
def anna(context: Context) -> Person:
    return save_person(
        context, Person(name="Anna Lindqvist", handles=(Handle(kind=HandleKind.EMAIL, value="anna@example.org"),))
    )


def planned(ctx: Context, folder: Path, *events: str) -> CalendarPlan:
    blocks = "\n".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events)
    (folder / "calendar.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{blocks}\nEND:VCALENDAR\n", "utf-8")
    return plan_calendar(ctx, folder / "calendar.ics")


def meetups(ctx: Context) -> tuple[Meetup, ...]:
    with ctx.store.read() as work:
        return work.meetups.everything()


COFFEE = """UID:c@example.org\nDTSTART:20260310T090000\nDTEND:20260310T094500\nLOCATION:Library
SUMMARY:Coffee with Anna Lindqvist\nDESCRIPTION:Bring the paper"""


def test_an_event_that_names_somebody_becomes_a_meetup(context: Context, anna: Person, tmp_path: Path):
    report, step = apply_calendar(context, planned(context, tmp_path, COFFEE))
    (meetup,) = meetups(context)
    assert report.meetup_ids == (meetup.id,)
    assert (meetup.uid, meetup.kind, meetup.state) == ("c@example.org", MeetupKind.COFFEE, MeetupState.HAPPENED)
    assert (meetup.day, meetup.at, meetup.minutes, meetup.place) == (date(2026, 3, 10), time(9), 45, "Library")
    assert meetup.people == (anna.id,)
    assert meetup.notes == "Coffee with Anna Lindqvist\n\nBring the paper"
    assert_index_in_step(context.store)
    take_back(context, step)
    assert meetups(context) == ()


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:x\nATTENDEE;CN=A. L.:mailto:Anna@Example.org",
        "SUMMARY:x\nATTENDEE;CN=anna lindqvist:mailto:other@example.org",
        "SUMMARY:x\nORGANIZER:mailto:anna@example.org",
        "SUMMARY:Walk (ANNA  LINDQVIST)",
    ],
)
def test_by_address_or_by_name(context: Context, anna: Person, tmp_path: Path, event: str):
    (row,) = planned(context, tmp_path, f"UID:1\nDTSTART:20260310T090000\n{event}").rows
    assert row.meetup is not None and row.meetup.people == (anna.id,)


@pytest.mark.parametrize("summary", ["Dentist", "Call Anna", "Anna Lindqvistson", "Joanna Lindqvist"])
def test_others_are_passed_over_with_the_reason(context: Context, anna: Person, tmp_path: Path, summary: str):
    (row,) = planned(context, tmp_path, f"UID:1\nDTSTART:20260310T090000\nSUMMARY:{summary}").rows
    assert (row.action, row.meetup) == (RowAction.SKIP, None)
    assert "nobody" in row.detail


def test_days_to_come_are_planned_and_crowds_are_events(context: Context, anna: Person, tmp_path: Path):
    guests = "\n".join(f"ATTENDEE:mailto:g{number}@example.org" for number in range(9))
    plan = planned(
        context, tmp_path,
        f"UID:1\nDTSTART;VALUE=DATE:{TODAY:%Y%m%d}\nSUMMARY:Tea with Anna Lindqvist",
        f"UID:2\nDTSTART:20260101T090000\nSUMMARY:Lunch\n{guests}\nATTENDEE:mailto:anna@example.org",
        "UID:3\nDTSTART:20260102T090000\nRRULE:FREQ=WEEKLY\nSUMMARY:Zoom Anna Lindqvist",
    )  # fmt: skip
    tea, crowd, series = (row.meetup for row in plan.rows)
    assert tea and (tea.kind, tea.state, tea.at) == (MeetupKind.TEA, MeetupState.PLANNED, None)
    assert crowd and crowd.kind is MeetupKind.EVENT
    assert series and series.kind is MeetupKind.VIDEO and "series" in plan.rows[2].detail


def test_what_was_cancelled_fell_through(context: Context, anna: Person, tmp_path: Path):
    (row,) = planned(context, tmp_path, f"{COFFEE}\nSTATUS:CANCELLED").rows
    assert row.meetup is not None and row.meetup.state is MeetupState.FELL_THROUGH


def test_nothing_comes_twice(context: Context, anna: Person, tmp_path: Path):
    other = "DTSTART:20260311T090000\nSUMMARY:Anna Lindqvist"  # without a uid
    apply_calendar(context, planned(context, tmp_path, COFFEE, other))
    plan = planned(context, tmp_path, COFFEE, other, COFFEE)
    assert [row.action for row in plan.rows] == [RowAction.SAME] * 3
    apply_calendar(context, plan)
    assert len(meetups(context)) == 2


def test_one_logged_by_hand_is_the_same(context: Context, anna: Person, tmp_path: Path):
    log_meetup(context, Meetup(kind=MeetupKind.TEA, day=date(2026, 3, 10), at=time(9)), [(anna.id, "")])
    assert planned(context, tmp_path, COFFEE).rows[0].action is RowAction.SAME


def test_one_that_was_removed_does_not_come_back(context: Context, anna: Person, tmp_path: Path):
    report, _ = apply_calendar(context, planned(context, tmp_path, COFFEE))
    remove_meetup(context, report.meetup_ids[0])
    assert planned(context, tmp_path, COFFEE).rows[0].action is RowAction.SKIP


def test_a_plan_applied_twice_adds_once(context: Context, anna: Person, tmp_path: Path):
    plan = planned(context, tmp_path, COFFEE)
    apply_calendar(context, plan)
    apply_calendar(context, plan)
    assert len(meetups(context)) == 1


def test_a_cancelled_one_keeps_nothing(context: Context, anna: Person, tmp_path: Path):
    with pytest.raises(Cancelled):
        apply_calendar(context, planned(context, tmp_path, COFFEE), cancelled=lambda: True)
    assert meetups(context) == ()


def test_own_meetups_come_back_whole(context: Context, anna: Person, tmp_path: Path):
    meetup = Meetup(
        kind=MeetupKind.LETTER, day=date(2026, 2, 3), uid="own", state=MeetupState.FELL_THROUGH, minutes=5,
        place="by post", notes="! wait\n[ ] me: answer", people=(anna.id,), created=NOW,
    )  # fmt: skip
    (tmp_path / "own.ics").write_bytes(
        write_ics([meetup], names={anna.id: anna.name}, uids={anna.id: anna.uid}, now=NOW)
    )
    report, _ = apply_calendar(context, plan_calendar(context, tmp_path / "own.ics"))
    (back,) = meetups(context)
    assert back == Meetup(**{**{name: getattr(meetup, name) for name in meetup.__slots__}, "id": report.meetup_ids[0]})


@pytest.mark.parametrize("path", corpus_files("ics/*"), ids=lambda path: path.name)
def test_real_calendars_are_read_or_refused_in_words(context: Context, path: Path):
    try:
        plan = plan_calendar(context, path)
    except UnreadableInput as refused:
        assert refused.sentence.endswith("Nothing was changed.")
        return
    assert plan.rows
    apply_calendar(context, plan)
