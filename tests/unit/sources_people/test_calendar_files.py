from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from pln.model.errors import UnreadableInput
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.sources.ics import meetup_of, read_ics, write_ics

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def event(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def test_a_planned_coffee_is_an_event_at_a_floating_time() -> None:
    meetup = Meetup(
        kind=MeetupKind.COFFEE,
        day=date(2026, 5, 4),
        at=time(9, 30),
        minutes=45,
        uid="m1",
        state=MeetupState.PLANNED,
        place="Café Nord; upstairs",
        people=(1,),
    )
    text = write_ics([meetup], names={1: "Ana Okafor"}, uids={}, now=NOW).decode()
    assert "DTSTART:20260504T093000\r\n" in text
    assert "DURATION:PT45M" in text
    assert "SUMMARY:Coffee with Ana Okafor" in text
    assert "LOCATION:Café Nord\\; upstairs" in text
    assert "DTSTAMP:20260501T120000Z" in text
    assert "STATUS:CONFIRMED" in text


def test_without_a_time_it_is_a_whole_day() -> None:
    text = write_ics([Meetup(kind=MeetupKind.WALK, day=date(2026, 5, 4))], names={}, uids={}, now=NOW).decode()
    assert "DTSTART;VALUE=DATE:20260504" in text


def test_one_that_fell_through_is_cancelled() -> None:
    meetup = Meetup(kind=MeetupKind.TEA, day=date(2026, 5, 4), state=MeetupState.FELL_THROUGH)
    assert b"STATUS:CANCELLED" in write_ics([meetup], names={}, uids={}, now=NOW)


def test_an_event_of_another_calendar_is_read_as_the_wall_shows_it() -> None:
    data = event(
        "UID:x1",
        "SUMMARY:Lunch",
        "DTSTART;TZID=Europe/Prague:20260504T120000",
        "DTEND;TZID=Europe/London:20260504T120000",
        "LOCATION:Letná",
        "ATTENDEE;CN=Bilal Osman:mailto:bilal@example.org",
        "ORGANIZER:MAILTO:grace@example.org",
        "RRULE:FREQ=WEEKLY",
    )
    (found,) = read_ics(data).events
    assert (found.day, found.at, found.minutes, found.repeats) == (date(2026, 5, 4), time(12), 60, True)
    assert found.attendees == (("Bilal Osman", "bilal@example.org"), ("", "grace@example.org"))
    (abroad,) = read_ics(data, zone=ZoneInfo("Asia/Tokyo")).events
    assert (abroad.at, abroad.minutes) == (time(19), 60)


def test_another_calendars_event_becomes_a_planned_meetup() -> None:
    (found,) = read_ics(event("UID:x1", "SUMMARY:Lunch", "DTSTART;VALUE=DATE:20260504")).events
    meetup = meetup_of(found, id_of={})
    assert (meetup.kind, meetup.state, meetup.at) == (MeetupKind.OTHER, MeetupState.PLANNED, None)


def test_one_broken_event_does_not_take_the_others_along() -> None:
    data = event("UID:1", "DTSTART:tomorrow", "SUMMARY:Walk") + event("UID:2", "DTSTART:20260504T100000")
    read = read_ics(data)
    assert [found.uid for found in read.events] == ["2"]
    assert read.problems == ("The event “Walk” has no day that could be read.",)


@pytest.mark.parametrize("missing", [2, 20, 29, 31])
def test_a_file_cut_off_in_the_middle_gives_what_it_has(missing: int) -> None:
    data = event("UID:1", "DTSTART:20260504T100000") + event("UID:2", "DTSTART:20260505T100000", "SUMMARY:Walk")
    assert [found.uid for found in read_ics(data[:-missing]).events] == ["1", "2"]


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b"hello", b"BEGIN:VCARD\r\nEND:VCARD", bytes(range(256)) * 9])
def test_what_is_no_calendar_gets_a_sentence(data: bytes) -> None:
    read = read_ics(data)
    assert not read.events
    assert read.problems


def test_many_nested_beginnings_do_no_harm() -> None:
    read = read_ics(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000)
    assert not read.events
    assert len(read.problems) < 300


def test_a_calendar_over_the_cap_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="50 MB"):
        read_ics(bytes(50 * 1024 * 1024 + 1))
