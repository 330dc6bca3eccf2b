"""Meetups to iCalendar: for one's calendar, and whole for an export (ics_read.py reads it back)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event, vText

from pln.model.meetup import Meetup, MeetupState

_AS_IT_IS = ":/@+ "
_STATUS = {
    MeetupState.PLANNED: "CONFIRMED",
    MeetupState.HAPPENED: "CONFIRMED",
    MeetupState.FELL_THROUGH: "CANCELLED",
}


def write_ics(
    meetups: Iterable[Meetup],
    *,
    names: Mapping[int, str],
    uids: Mapping[int, str],
    now: datetime,
    notes: bool = True,
) -> bytes:
    """Meetups as events. Times float: they are wall-clock times of wherever the meetup is; without a time, whole days.

    names, uids: id -> name and uid of the people; someone without a name is left out of the title.
    now: the time of writing (DTSTAMP), in UTC. notes: False for a file handed to a calendar: then neither notes nor
    the people's uids leave PLN. No attendees are written: some calendars would send invitations.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//PLN//EN")
    calendar.add("version", "2.0")
    for meetup in meetups:
        calendar.add_component(_event(meetup, names, uids, now, notes))
    data: bytes = calendar.to_ical()
    return data


def _event(meetup: Meetup, names: Mapping[int, str], uids: Mapping[int, str], now: datetime, with_notes: bool) -> Event:
    event = Event()
    event.add("uid", meetup.uid or f"pln-meetup-{meetup.id}")
    event.add("dtstamp", now)
    event.add("summary", meetup.title(tuple(names[person] for person in meetup.people if person in names)))
    _add_when(event, meetup)
    event.add("status", _STATUS[meetup.state])
    if meetup.place:
        event.add("location", meetup.place)
    _own(event, "KIND", meetup.kind)
    _own(event, "STATE", meetup.state)
    if meetup.minutes is not None:
        _own(event, "MINUTES", str(meetup.minutes))
    if with_notes:
        _add_private(event, meetup, uids)
    return event


def _add_when(event: Event, meetup: Meetup) -> None:
    if meetup.at is None:
        event.add("dtstart", meetup.day)
        return
    event.add("dtstart", datetime.combine(meetup.day, meetup.at.replace(tzinfo=None)))
    if meetup.minutes:
        event.add("duration", timedelta(minutes=meetup.minutes))


def _add_private(event: Event, meetup: Meetup, uids: Mapping[int, str]) -> None:
    if meetup.notes:
        event.add("description", meetup.notes)
    for person in meetup.people:
        if person in uids:
            _own(event, "PERSON", uids[person])
    if meetup.created:
        _own(event, "CREATED", meetup.created.isoformat())


def _own(event: Event, name: str, value: str) -> None:
    # Percent signs rather than backslashes: versions of the library differ in whether they undo those here.
    event.add(f"X-PLN-{name}", vText(quote(value, safe=_AS_IT_IS)))
