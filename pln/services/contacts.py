"""People: adding, changing, removing, finding; the person's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pln.model.contact import Circle, Person, PersonRow
from pln.model.errors import UsageError
from pln.model.interaction import Interaction
from pln.model.lengths import refuse_overlong
from pln.services.context import Context
from pln.services.undo import UndoStep


def add_person(ctx: Context, name: str, *, origin: str = "") -> Person:
    """Add somebody by name alone. Raises UsageError for an empty name or one without end."""
    return save_person(ctx, Person(name=name), origin=origin)


def save_person(ctx: Context, person: Person, *, origin: str = "") -> Person:
    """Store a new person (id 0) or write a changed one.

    Raises UsageError for an empty name, and where something new is too long (see pln.model.lengths).
    """
    name = " ".join(person.name.split())
    if not name:
        raise UsageError("A name is needed", "Nothing was saved. A person needs a name and nothing else.")
    person = replace(person, name=name)
    with ctx.write(origin) as work:
        refuse_overlong(person, work.people.get(person.id) if person.id else None)
        return work.people.change(person) if person.id else work.people.add(person)


def remove_person(ctx: Context, person_id: int, *, origin: str = "") -> UndoStep:
    """Remove a person; meetups and notes stay. The step returned brings them back."""
    with ctx.write(origin) as work:
        person = work.people.get(person_id)
        if person is None or not work.people.remove(person_id):
            raise UsageError("No such person", "They may have been removed already.")
    step = UndoStep(label=f"{person.name} was removed", back=lambda work: work.people.restore(person_id))
    ctx.undo.push(step)
    return step


def get_person(ctx: Context, person_id: int) -> Person:
    """Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        person = work.people.get(person_id)
    if person is None:
        raise UsageError("No such person", "They may have been removed.")
    return person


def person_ids(ctx: Context, typed: str = "", circle: str = "") -> tuple[int, ...]:
    """Ids for the people list, by name."""
    with ctx.store.read() as work:
        return work.people.ids(typed, circle)


def person_rows(ctx: Context, ids: tuple[int, ...]) -> tuple[PersonRow, ...]:
    with ctx.store.read() as work:
        return work.contacts.rows(ids)


def find_people(ctx: Context, typed: str) -> tuple[tuple[int, str, str], ...]:
    """(id, name, detail) for pickers and @mentions."""
    with ctx.store.read() as work:
        return work.people.find(typed)


def circles(ctx: Context) -> tuple[Circle, ...]:
    with ctx.store.read() as work:
        return work.people.circles()


def people_counts(ctx: Context) -> tuple[int, tuple[Circle, ...]]:
    """How many people there are, and the circles, the largest first."""
    with ctx.store.read() as work:
        return work.people.total(), work.people.circles()


UNTIL_I_SAY = date.max


def pause_person(ctx: Context, person_id: int, until: date | None, *, origin: str = "") -> Person:
    """No suggestions about somebody until a day, or UNTIL_I_SAY; None forgets that there was a pause."""
    return save_person(ctx, replace(get_person(ctx, person_id), paused_until=until), origin=origin)


def end_pause(ctx: Context, person_id: int, *, origin: str = "") -> Person:
    """Suggestions may name them again; the rhythm begins anew from today."""
    return pause_person(ctx, person_id, ctx.clock.today(), origin=origin)


def record_interaction(ctx: Context, new: Interaction, *, origin: str = "") -> UndoStep:
    """Note that something was given: an article sent, a thank-you, an introduction, a message."""
    with ctx.write(origin) as work:
        stored = work.interactions.add(new)
    step = UndoStep(label="Noted", back=lambda work: work.interactions.remove(stored.id))
    ctx.undo.push(step)
    return step
