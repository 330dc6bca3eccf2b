"""From a name typed on a command line to the person who is meant."""

from __future__ import annotations

from collections.abc import Sequence

from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.identity import folded
from pln.services.context import Context

_LISTED = 6
_LONGEST_NUMBER = 18  # the store counts to 2 ** 63


def person_named(ctx: Context, typed: str) -> Person:
    """The one of that name, else the one whose name holds it; "#12" is a number. Raises UsageError."""
    found = _found(ctx, typed)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError("Nobody of this name", f"There is no “{typed}” here. Nothing was saved. Check the name.")
    told = "; ".join(_told(person) for person in found[:_LISTED])
    more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    raise UsageError(
        "Who is meant?",
        f"“{typed}” could be {told}{more}. Nothing was saved. Give more of the name, or the number with its #.",
    )


def person_or_new(ctx: Context, typed: str) -> tuple[int | None, str]:
    """(id, name) of who is meant; (None, name) where nobody has this name. Raises UsageError where several do."""
    name = " ".join(typed.split())
    if not name:
        raise UsageError("A name is needed", "Nothing was saved.")
    return (None, name) if not _found(ctx, name) else ((person := person_named(ctx, name)).id, person.name)


def _found(ctx: Context, typed: str) -> Sequence[Person]:
    """Everyone who may be meant: those of exactly that name, else of that nickname or first name, else of a part."""
    with ctx.store.read() as work:
        if typed.startswith("#") and typed[1:].isdecimal():
            if len(typed) - 1 > _LONGEST_NUMBER:
                return []
            live = set(work.people.ids())
            return [person for person in work.people.get_many([int(typed[1:])]) if person.id in live]
        near = work.people.get_many(work.people.ids(typed))
    wanted = folded(typed)
    if not wanted:
        return []
    exact = [person for person in near if folded(person.name) == wanted]
    called = [person for person in near if wanted in (folded(person.nickname), folded(person.first_name))]
    partly = [person for person in near if wanted in folded(person.name)]
    return exact or called or partly


def _told(person: Person) -> str:
    detail = f", {person.subtitle}" if person.subtitle else ""
    return f"{person.name}{detail} (#{person.id})"
