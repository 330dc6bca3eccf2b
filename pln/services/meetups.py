"""Meetups: read, removed, their promises closed; the brief. They are written by `meetup_log`."""

from __future__ import annotations

from datetime import timedelta

from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.marks import Mark, MarkKind, MarkState
from pln.model.meetup import Meetup, MeetupRow, MeetupState
from pln.model.timeline import Brief
from pln.services.context import Context
from pln.services.read_lessons import read_lessons
from pln.services.undo import UndoStep
from pln.store.highlights import Which
from pln.store.unit_of_work import Work
from pln.suggest.brief import common_ground


def remove_meetup(ctx: Context, meetup_id: int, *, origin: str = "") -> UndoStep:
    """Remove a meetup with its promises; the step returned brings them back."""
    with ctx.write(origin) as work:
        if not work.meetups.remove(meetup_id):
            raise UsageError("No such meetup", "It may have been removed already.")
    step = UndoStep(label="The meetup was removed", back=lambda work: work.meetups.restore(meetup_id))
    ctx.undo.push(step)
    return step


def get_meetup(ctx: Context, meetup_id: int) -> Meetup:
    """Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        meetup = work.meetups.get(meetup_id)
    if meetup is None:
        raise UsageError("No such meetup", "It may have been removed.")
    return meetup


def marks_of(ctx: Context, meetup_id: int) -> tuple[Mark, ...]:
    """The marks of one meetup, in the order of the note."""
    with ctx.store.read() as work:
        return work.meetups.marks_of(meetup_id)


def coming_ids(ctx: Context) -> tuple[int, ...]:
    """Planned meetups, soonest first."""
    with ctx.store.read() as work:
        return work.meetups.coming_ids()


def past_ids(ctx: Context) -> tuple[int, ...]:
    """Meetups that were, newest first."""
    with ctx.store.read() as work:
        return work.meetups.past_ids()


def meetup_rows(ctx: Context, ids: tuple[int, ...]) -> tuple[MeetupRow, ...]:
    with ctx.store.read() as work:
        return work.meetups.rows(ids)


def next_meetup(ctx: Context) -> Meetup | None:
    """The next planned meetup from today on."""
    today = ctx.clock.today()
    with ctx.store.read() as work:
        coming = work.meetups.get_many(work.meetups.coming_ids())
    return next((meetup for meetup in coming if meetup.day >= today), None)


def close_mark(ctx: Context, mark_id: int, state: MarkState, *, origin: str = "") -> UndoStep:
    """Say that a promise is done or let go, or a question asked; the box in the note follows."""
    with ctx.write(origin) as work:
        old = work.meetups.mark(mark_id)
        if old is None:
            raise UsageError("No such promise", "Its line may have been taken out of the note.")
        work.meetups.close_mark(mark_id, state, ctx.clock.today())
    words = {MarkState.DONE: "Done", MarkState.LET_GO: "Let go", MarkState.OPEN: "Open again"}[state]
    step = UndoStep(
        label=f"{words}: {old.text}",
        back=lambda work: work.meetups.close_mark(mark_id, old.state, old.closed_on or ctx.clock.today()),
    )
    ctx.undo.push(step)
    return step


def brief_for(ctx: Context, person_id: int) -> Brief:
    """What is good to know before meeting somebody. Raises UsageError for an unknown person."""
    today = ctx.clock.today()
    with ctx.store.read() as work:
        person = work.people.get(person_id)
        if person is None:
            raise UsageError("No such person", "They may have been removed.")
        met = [each for each in work.meetups.with_person(person_id) if each.state is MeetupState.HAPPENED]
        marks = work.meetups.marks_with(person_id)
        common = _common(work, person)
        reading = _reading(work, person_id)
        asks = work.highlights.ids(Which(person_id=person_id, open=True))
        to_ask = tuple(row.highlight for row in work.highlights.rows(asks))
        lessons = (*(mark for mark in marks if mark.kind is MarkKind.LESSON), *read_lessons(work, person_id))
    birthday = person.birthday
    near = birthday is not None and birthday.next_after(today) - today <= timedelta(days=60)
    return Brief(
        person_id=person_id, name=person.name, last=tuple(met[:3]), times_met=len(met),
        mine=_open(marks, MarkKind.MINE), theirs=_open(marks, MarkKind.THEIRS),
        questions=_open(marks, MarkKind.QUESTION),
        lessons=tuple(sorted(lessons, key=lambda mark: mark.made_on, reverse=True)[:5]), to_ask=to_ask,
        dates=(("Birthday", birthday.next_after(today)),) if birthday is not None and near else (),
        common=common or person.interests[:5],
        reading=reading, reach=tuple(f"{handle.kind}: {handle.value}" for handle in person.handles[:3]),
    )  # fmt: skip


def _open(marks: tuple[Mark, ...], kind: MarkKind) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.kind is kind and mark.state is MarkState.OPEN)


def _reading(work: Work, person_id: int) -> tuple[tuple[int, str], ...]:
    """Articles laid aside for them: (id, title). See reading.keep_for."""
    kept = work.settings.get("kept_for", {}).get(str(person_id), [])
    titles = work.articles.titles(kept)
    return tuple((record, titles[record]) for record in kept if record in titles)


def _common(work: Work, person: Person) -> tuple[str, ...]:
    log = work.contacts.contacts_of(person.id)
    near = {who for contact in log for who in contact.company} | (
        {person.introduced_by} if person.introduced_by else set()
    )
    people = {each.id: each for each in work.people.get_many(sorted(near))}
    return common_ground(person, work.settings.get("own_interests", []), people, log)


def check_people(work: Work, meetup: Meetup) -> None:
    """Raises UsageError where nobody is named or a person is unknown."""
    if not meetup.people:
        raise UsageError("Who was there?", "Nothing was saved. Name at least one person.")
    if len(work.people.names(meetup.people)) != len(set(meetup.people)):
        raise UsageError("No such person", "Nothing was saved: one of the people is not known.")
