"""Calendars of any program to plain events; meetups that PLN wrote come back whole."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import unquote

from icalendar import Calendar, Event

from pln.model.errors import UnreadableInput
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.sources.people.text import whole_text

LARGEST_FILE = 50 * 1024 * 1024
_EDGE = re.compile(r"^[^\S\r\n]*(BEGIN|END)[^\S\r\n]*:[^\S\r\n]*VEVENT[^\S\r\n]*\r*$", re.IGNORECASE | re.MULTILINE)
_MOST_PROBLEMS = 200
_KINDS = {kind.value: kind for kind in MeetupKind}
_STATES = {state.value: state for state in MeetupState}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event as a calendar tells it. day, at: wall-clock; `at` None for whole days. minutes: None where nobody says.

    attendees: (name, e-mail), either may be empty. repeats: it is a series, of which this is the first day.
    kind, people (uids) and created are only there where PLN wrote the event; state also where it was cancelled.
    """

    uid: str
    summary: str
    day: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    description: str = ""
    attendees: tuple[tuple[str, str], ...] = ()
    repeats: bool = False
    kind: MeetupKind | None = None
    state: MeetupState | None = None
    people: tuple[str, ...] = ()
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IcsFile:
    """What a calendar file holds. problems: a sentence for each thing in it that could not be read."""

    events: tuple[CalendarEvent, ...]
    problems: tuple[str, ...] = ()


def read_ics(data: bytes, *, zone: tzinfo | None = None) -> IcsFile:
    """All events of a calendar file; broken ones become problems.

    zone: times that are bound to a zone are told in this one; without it, as their own zone has them.
    Raises UnreadableInput only for a file over 50 MB.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableInput(
            "The file is too large",
            f"It has {len(data) // (1024 * 1024)} MB; calendars are read up to 50 MB. Nothing was changed. "
            "Export a shorter time.",
        )
    text, _ = whole_text(data)
    if not text.strip():
        return IcsFile(events=(), problems=("The file is empty.",))
    events: list[CalendarEvent] = []
    problems: list[str] = []
    for number, component in enumerate(_components(text), 1):
        found = _event(component, number, zone)
        if isinstance(found, CalendarEvent):
            events.append(found)
        else:
            problems.append(found)
    if not events and not problems and "BEGIN:VCALENDAR" not in text.upper():
        problems.append("This is no calendar: it holds no event that could be read.")
    return IcsFile(events=tuple(events), problems=_told(problems))


def _told(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - _MOST_PROBLEMS
    return tuple(problems) if more <= 0 else (*problems[:_MOST_PROBLEMS], f"So it goes for {more} more events.")


def meetup_of(event: CalendarEvent, *, id_of: Mapping[str, int]) -> Meetup:
    """An event as a meetup. id_of: uid -> id of people; those unknown are left out.

    What PLN wrote comes back as it was. Anything else is a planned meetup of kind OTHER: it is the caller who knows
    which people it concerns and whether the day has passed.
    """
    return Meetup(
        kind=event.kind or MeetupKind.OTHER,
        day=event.day,
        uid=event.uid,
        state=event.state or MeetupState.PLANNED,
        at=event.at,
        minutes=event.minutes,
        place=event.place,
        notes=event.description,
        people=tuple(id_of[uid] for uid in event.people if uid in id_of),
        created=event.created,
    )


def _components(text: str) -> Iterator[Event | str]:
    """Each event, or a sentence for one that cannot be parsed. A file that breaks as a whole is read event by event."""
    blocks = list(_blocks(text))
    whole = _parsed(text)
    if isinstance(whole, list) and len(whole) >= len(blocks):
        yield from whole
        return
    if not blocks and isinstance(whole, str):
        yield whole
    for block in blocks:
        found = _parsed(block)
        if isinstance(found, str):  # the last line may have been cut in its middle
            found = _parsed(_without_last_line(block))
        yield from [found] if isinstance(found, str) else found


def _without_last_line(block: str) -> str:
    *lines, _, end = block.rstrip().splitlines()
    return "\r\n".join([*lines, end, ""])


def _blocks(text: str) -> Iterator[str]:
    """The stretches from BEGIN:VEVENT to its END; one that is cut off ends with the text or at the next BEGIN."""
    start = None
    for edge in _EDGE.finditer(text):
        begins = edge[1].upper() == "BEGIN"
        if start is not None:
            yield text[start : edge.start()].rstrip("\r\n") + "\r\nEND:VEVENT\r\n"
        start = edge.start() if begins else None
    if start is not None:
        yield text[start:].rstrip("\r\n") + "\r\nEND:VEVENT\r\n"


def _parsed(text: str) -> list[Event] | str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library warns of time zones it has to guess
            parts = Calendar.from_ical(text, multiple=True)
            return [event for part in parts for event in part.walk("VEVENT") if isinstance(event, Event)]
    except Exception as error:  # the library raises many kinds on damaged files; each means: not readable
        return f"A part of the calendar could not be read ({type(error).__name__})."


def _event(component: Event | str, number: int, zone: tzinfo | None) -> CalendarEvent | str:
    if isinstance(component, str):
        return component
    start = _moment(component, "DTSTART", zone)
    summary = _text(component, "SUMMARY")
    if start is None:
        named = f"“{summary}”" if summary else f"number {number}"
        return f"The event {named} has no day that could be read."
    day, at = _wall_clock(start)
    return CalendarEvent(
        uid=_text(component, "UID"),
        summary=summary,
        day=day,
        at=at,
        minutes=_minutes(component, start, zone),
        place=_text(component, "LOCATION"),
        description=_text(component, "DESCRIPTION"),
        attendees=tuple(dict.fromkeys(_attendees(component))),
        repeats=component.get("RRULE") is not None,
        kind=_KINDS.get(_own(component, "KIND")),
        state=_STATES.get(_own(component, "STATE")) or _cancelled(component),
        people=tuple(unquote(str(uid)) for uid in _all(component, "X-PLN-PERSON")),
        created=_created(_own(component, "CREATED")),
    )


def _all(component: Event, name: str) -> list[Any]:
    found = component.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _text(component: Event, name: str) -> str:
    return next((str(value).replace("\r\n", "\n") for value in _all(component, name)), "")


def _own(component: Event, name: str) -> str:
    return unquote(_text(component, f"X-PLN-{name}"))


def _cancelled(component: Event) -> MeetupState | None:
    return MeetupState.FELL_THROUGH if _text(component, "STATUS").strip().upper() == "CANCELLED" else None


def _created(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _moment(component: Event, name: str, zone: tzinfo | None) -> date | None:
    """A date or a datetime, in `zone` where both that and its own zone are known; None where there is none."""
    found = next((dt for value in _all(component, name) if isinstance(dt := _dt(value), date)), None)
    if not isinstance(found, datetime):
        return found if isinstance(found, date) else None
    if found.tzinfo is not None and zone is not None:
        try:
            found = found.astimezone(zone)
        except OverflowError:  # the first or the last day of all calendars
            return None
    return found


def _dt(value: Any) -> object:
    try:
        return getattr(value, "dt", None)
    except ValueError:  # the library's stand-in for a value that it could not parse
        return None


def _wall_clock(moment: date) -> tuple[date, time | None]:
    return (moment.date(), moment.time()) if isinstance(moment, datetime) else (moment, None)


def _minutes(component: Event, start: date, zone: tzinfo | None) -> int | None:
    told = _own(component, "MINUTES")
    if told.isdecimal() and len(told) < 9:
        return int(told)
    length = _length(component, start, zone)
    return int(length.total_seconds() // 60) if length and length > timedelta() else None


def _length(component: Event, start: date, zone: tzinfo | None) -> timedelta | None:
    if not isinstance(start, datetime):
        return None
    duration = next((_dt(value) for value in _all(component, "DURATION")), None)
    if isinstance(duration, timedelta):
        return duration
    end = _moment(component, "DTEND", zone)
    if not isinstance(end, datetime):
        return None
    if (end.tzinfo is None) != (start.tzinfo is None):
        return end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return end - start


def _attendees(component: Event) -> Iterable[tuple[str, str]]:
    for address in (*_all(component, "ATTENDEE"), *_all(component, "ORGANIZER")):
        text = str(address)
        email = text[7:] if text[:7].lower() == "mailto:" else ""
        name = str(getattr(address, "params", {}).get("CN", ""))
        if name or email:
            yield name, email
