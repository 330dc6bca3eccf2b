"""Writing meetups as the log dialog and the notes editor do: new people on the way, nothing written over unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.lengths import refuse_long_text, refuse_overlong
from pln.model.marks import Mark
from pln.model.meetup import Meetup, MeetupState
from pln.services.context import Context
from pln.services.meetups import check_people
from pln.services.undo import UndoStep
from pln.store.unit_of_work import Work

Named = tuple[int | None, str]
"""Somebody met: the id, or None for somebody to be added under this name."""

_DETAILS = ("kind", "state", "day", "at", "minutes", "place", "notes", "people")


def log_meetup(ctx: Context, new: Meetup, who: Sequence[Named], *, origin: str = "") -> Meetup:
    """Store a new meetup with these people; those without an id are added in the same unit of work.

    Raises UsageError where nobody is named, a person is unknown, or a name or the place is too long; nobody is added
    then.
    """
    refuse_long_text("place", new.place)
    with ctx.write(origin) as work:
        new = replace(new, people=_known(work, who))
        check_people(work, new)
        return work.meetups.add(new, ctx.clock.today())


def change_details(ctx: Context, seen: Meetup, new: Meetup, who: Sequence[Named], *, origin: str = "") -> Meetup:
    """Write what differs between a meetup as it was seen and as it shall be; anything else stays as it is by now."""

    def change(work: Work, now: Meetup) -> Meetup:
        wanted = replace(new, people=_known(work, who))
        if wanted.place != seen.place:
            refuse_long_text("place", wanted.place)
        fresh = {name: getattr(wanted, name) for name in _DETAILS if getattr(wanted, name) != getattr(seen, name)}
        return replace(now, **fresh)

    return _change(ctx, seen.id, change, origin)


def change_meetup(
    ctx: Context, meetup_id: int, change: Callable[[Meetup], Meetup], *, origin: str = ""
) -> Meetup:  # fmt: skip
    """Change a meetup as it is by now. Raises UsageError for an unknown id."""
    return _change(ctx, meetup_id, lambda _work, now: change(now), origin)


def save_notes(ctx: Context, meetup_id: int, notes: str, *, origin: str = "") -> tuple[Mark, ...]:
    """Write the notes alone; their marks become records and are returned in the order of the note."""
    with ctx.write(origin) as work:
        work.meetups.change(replace(_present(work, meetup_id), notes=notes), ctx.clock.today())
        return work.meetups.marks_of(meetup_id)


def set_state(ctx: Context, meetup_id: int, state: MeetupState, *, origin: str = "") -> UndoStep:
    """Say that a meetup happened or fell through. The step returned takes back that alone, nothing written since."""
    before: list[MeetupState] = []

    def change(_work: Work, now: Meetup) -> Meetup:
        before.append(now.state)
        return replace(now, state=state)

    _change(ctx, meetup_id, change, origin)

    def back(work: Work) -> None:
        work.meetups.change(replace(_present(work, meetup_id), state=before[0]), ctx.clock.today())

    step = UndoStep(label=_SAID[state], back=back)
    ctx.undo.push(step)
    return step


def write_calendar(ctx: Context, meetup_id: int, path: Path) -> None:
    """Write one meetup as an .ics file for a calendar: title, day, time and place. Notes and marks stay in PLN.

    Raises UsageError for an unknown id, StoreFault where the file cannot be written.
    """
    from pln.sources.ics import write_ics  # the calendar library is slow to load

    with ctx.store.read() as work:
        meetup = _present(work, meetup_id)
        names = work.people.names(meetup.people)
    write_atomically(path, write_ics([meetup], names=names, uids={}, now=ctx.clock.now(), notes=False))


_SAID = {
    MeetupState.HAPPENED: "Noted: it happened",
    MeetupState.FELL_THROUGH: "Noted: it fell through",
    MeetupState.PLANNED: "Planned again",
}


def _change(ctx: Context, meetup_id: int, change: Callable[[Work, Meetup], Meetup], origin: str) -> Meetup:
    with ctx.write(origin) as work:
        new = change(work, _present(work, meetup_id))
        check_people(work, new)
        return work.meetups.change(new, ctx.clock.today())


def _present(work: Work, meetup_id: int) -> Meetup:
    """A meetup as it is by now, a removed one included: what is written into it comes back with it."""
    meetup = work.meetups.get(meetup_id)
    if meetup is None:
        raise UsageError("No such meetup", "It may have been removed.")
    return meetup


def _known(work: Work, who: Sequence[Named]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_new(work, name) if known is None else known for known, name in who))


def _new(work: Work, name: str) -> int:
    person = Person(name=" ".join(name.split()))
    refuse_overlong(person)
    return work.people.add(person).id
