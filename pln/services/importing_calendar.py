"""Meetups out of a calendar: the events that name somebody you know.

Who is meant is told by e-mail address, or by a full name among the guests or in the title. Past events happened,
today's and later ones are planned, cancelled ones fell through. One with many guests is an event: it is not contact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path

from pln.model.contact import HandleKind, Person
from pln.model.errors import Cancelled, UnreadableInput
from pln.model.identity import folded
from pln.model.importing import RowAction
from pln.model.lengths import LONGEST, too_long
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context
from pln.services.importing import OnProgress, in_silence, never
from pln.services.input_file import read_input
from pln.services.undo import UndoStep
from pln.sources.ics import CalendarEvent, meetup_of, read_ics
from pln.store.unit_of_work import Work

LARGEST_FILE = 50 * 1024 * 1024
_BATCH = 100
_MOST_GUESTS = 8
_LONGEST_NOTE = 10_000
_KINDS = (
    (MeetupKind.COFFEE, "coffee espresso"),
    (MeetupKind.TEA, "tea"),
    (MeetupKind.LUNCH, "lunch breakfast dinner brunch"),
    (MeetupKind.WALK, "walk hike"),
    (MeetupKind.VIDEO, "video zoom teams jitsi webex"),
    (MeetupKind.CALL, "call phone telephone"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event of the preview. number: its place in the file, from 1. meetup: what is added, None otherwise.

    detail: the people it names, or why it is passed over.
    """

    number: int
    action: RowAction
    title: str
    day: date
    detail: str
    meetup: Meetup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPlan:
    """The preview of one calendar. problems: what in it could not be read, each in a sentence."""

    path: str
    rows: tuple[EventRow, ...]
    problems: tuple[str, ...]

    def count(self, action: RowAction) -> int:
        return sum(row.action is action for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReport:
    """What was added, by id."""

    path: str
    meetup_ids: tuple[int, ...]
    same: int
    skipped: int
    problems: tuple[str, ...]


def plan_calendar(ctx: Context, path: Path, *, zone: tzinfo | None = None) -> CalendarPlan:
    """Read a calendar and say what each event would become. Nothing is written.

    zone: the owner's, for events that are bound to a zone; None leaves each in its own.
    Raises UnreadableInput: too large, closed, or no calendar at all.
    """
    file = read_ics(read_input(path, LARGEST_FILE), zone=zone)
    if not file.events:
        told = file.problems[0] if file.problems else "There is no event in it."
        raise UnreadableInput("Nothing in this calendar can be imported", f"{told} Nothing was changed.")
    with ctx.store.read() as work:
        planner = _Planner(work, ctx.clock.today())
        rows = tuple(planner.row(event, number) for number, event in enumerate(file.events, 1))
    return CalendarPlan(path=str(path), rows=rows, problems=file.problems)


def apply_calendar(
    ctx: Context, plan: CalendarPlan, *,
    on_progress: OnProgress = in_silence, cancelled: Callable[[], bool] = never, origin: str = "import",
) -> tuple[CalendarReport, UndoStep]:  # fmt: skip
    """Add the planned meetups in one unit of work; the step returned takes them back.

    Raises Cancelled where it was cancelled: then none of them is kept.
    """
    meetups = [row.meetup for row in plan.rows if row.meetup is not None]
    ids: list[int] = []
    with ctx.write(origin) as work:
        for number, meetup in enumerate(meetups):
            if number % _BATCH == 0:
                if cancelled():
                    raise Cancelled("Nothing of this calendar was kept.")
                on_progress(number, len(meetups))
            if not meetup.uid or work.meetups.by_uid(meetup.uid) is None:  # not imported twice meanwhile
                ids.append(work.meetups.add(meetup, ctx.clock.today()).id)
    on_progress(len(meetups), len(meetups))
    step = _undo(tuple(ids))
    ctx.undo.push(step)
    report = CalendarReport(
        path=plan.path, meetup_ids=tuple(ids), problems=plan.problems,
        same=plan.count(RowAction.SAME), skipped=plan.count(RowAction.SKIP),
    )  # fmt: skip
    return report, step


def _undo(ids: tuple[int, ...]) -> UndoStep:
    def back(work: Work) -> None:
        for record in ids:
            work.meetups.remove(record)

    words = "1 meetup was" if len(ids) == 1 else f"{len(ids)} meetups were"
    return UndoStep(label=f"{words} imported", back=back)


class _Planner:
    def __init__(self, work: Work, today: date) -> None:
        self._today = today
        people = work.people.everyone()
        self._names = {person.id: person.name for person in people}
        self._by_uid = {person.uid: person.id for person in people}
        self._by_address = _only(_addresses(people))
        self._by_name = _only((folded(person.name), person.id) for person in people)
        # Padded, so that "ann lee" is not found in "joann leeds".
        self._full_names = {f" {_words(name)} ": who for name, who in self._by_name.items() if " " in _words(name)}
        here = work.meetups.everything()
        self._uids = {meetup.uid for meetup in here}
        self._same = {_likeness(meetup) for meetup in here}
        self._work = work

    def row(self, event: CalendarEvent, number: int) -> EventRow:
        meetup = self._meetup(event)
        action, detail = self._decision(event, meetup)
        if action is RowAction.ADD:
            self._uids.add(meetup.uid)
            self._same.add(_likeness(meetup))
        return EventRow(
            number=number, action=action, title=event.summary or "An event without a title", day=event.day,
            detail=detail, meetup=meetup if action is RowAction.ADD else None,
        )  # fmt: skip

    def _decision(self, event: CalendarEvent, meetup: Meetup) -> tuple[RowAction, str]:
        if not meetup.people:
            return RowAction.SKIP, "it names nobody you have here"
        names = ", ".join(self._names[who] for who in meetup.people)
        if (event.uid and event.uid in self._uids) or _likeness(meetup) in self._same:
            return RowAction.SAME, f"with {names}"
        if len(meetup.place) > LONGEST:
            return RowAction.SKIP, too_long("place")
        if event.uid and self._work.meetups.by_uid(event.uid) is not None:
            return RowAction.SKIP, "you removed it here"
        series = "; the first day of a series" if event.repeats else ""
        return RowAction.ADD, f"with {names}{series}"

    def _meetup(self, event: CalendarEvent) -> Meetup:
        found = meetup_of(event, id_of=self._by_uid)
        if event.kind is not None:  # PLN wrote it
            return found
        people = tuple(dict.fromkeys(self._named(event)))
        return replace(
            found, kind=_kind(event), people=people, notes=_note(event),
            state=event.state or (MeetupState.PLANNED if event.day >= self._today else MeetupState.HAPPENED),
        )  # fmt: skip

    def _named(self, event: CalendarEvent) -> Iterator[int]:
        for name, email in event.attendees:
            who = self._by_address.get(email.strip().casefold()) or self._by_name.get(folded(name))
            if who is not None:
                yield who
        title = f" {_words(event.summary)} "
        yield from (who for name, who in self._full_names.items() if name in title)


def _addresses(people: tuple[Person, ...]) -> Iterator[tuple[str, int]]:
    for person in people:
        for email in person.of_kind(HandleKind.EMAIL):
            yield email.strip().casefold(), person.id


def _only(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    """Keys that belong to one person alone."""
    found: dict[str, set[int]] = {}
    for key, who in pairs:
        if key:
            found.setdefault(key, set()).add(who)
    return {key: next(iter(who)) for key, who in found.items() if len(who) == 1}


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def _kind(event: CalendarEvent) -> MeetupKind:
    if len(event.attendees) > _MOST_GUESTS:
        return MeetupKind.EVENT
    said = set(_words(event.summary).split())
    return next((kind for kind, words in _KINDS if said & set(words.split())), MeetupKind.OTHER)


def _note(event: CalendarEvent) -> str:
    """A meetup has no title of its own, so the event's stands above its description."""
    return "\n\n".join(part for part in (event.summary.strip(), event.description.strip()) if part)[:_LONGEST_NOTE]


def _likeness(meetup: Meetup) -> tuple[date, object, frozenset[int]]:
    return meetup.day, meetup.at, frozenset(meetup.people)
