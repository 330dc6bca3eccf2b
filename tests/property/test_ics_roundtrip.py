"""A meetup written as iCalendar and read again is the same meetup."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.sources.ics import meetup_of, read_ics, write_ics

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
UIDS = {1: "a1b2", 2: "urn:uuid:8b574c60", 3: "odd;uid,with\\marks %41"}
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=120)
MEETUPS = st.builds(
    Meetup,
    kind=st.sampled_from(MeetupKind),
    day=st.dates(),
    uid=st.uuids().map(lambda uid: uid.hex),
    state=st.sampled_from(MeetupState),
    at=st.none() | st.times().map(lambda at: at.replace(microsecond=0)),
    minutes=st.none() | st.integers(0, 2000),
    place=TEXT,
    notes=TEXT,
    people=st.lists(st.sampled_from(sorted(UIDS)), unique=True).map(tuple),
    created=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(MEETUPS, max_size=3))
def test_meetups_written_and_read_are_the_same(meetups: list[Meetup]) -> None:
    data = write_ics(meetups, names={1: "Ana Okafor", 2: "Bilal; Osman"}, uids=UIDS, now=NOW)
    read = read_ics(data)
    ids = {uid: person for person, uid in UIDS.items()}
    assert [meetup_of(event, id_of=ids) for event in read.events] == meetups
    assert not read.problems


@given(MEETUPS)
def test_a_file_for_a_calendar_holds_neither_notes_nor_people(meetup: Meetup) -> None:
    data = write_ics([meetup], names={}, uids=UIDS, now=NOW, notes=False)
    (event,) = read_ics(data).events
    assert (event.description, event.people, event.created) == ("", (), None)
    assert (event.day, event.at, event.place) == (meetup.day, meetup.at, meetup.place)
