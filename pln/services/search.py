"""One search over people, meetups, articles and journal."""

from __future__ import annotations

from pln.model.changes import Noun, Ref
from pln.model.search import Hit
from pln.services.context import Context
from pln.store.search import SEARCHED

_PEOPLE = 8


def search(ctx: Context, typed: str, limit: int = 8) -> tuple[Hit, ...]:
    """At most `limit` hits of each kind, people first. People are found by any part of a name, in any script."""
    typed = typed.strip()
    if not typed:
        return ()
    with ctx.store.read() as work:
        named = tuple(
            Hit(ref=Ref(Noun.PERSON, record), title=name, snippet=detail)
            for record, name, detail in work.people.find(typed, min(limit, _PEOPLE))
        )
        hits = work.search.hits(typed, SEARCHED, limit)
    known = {hit.ref for hit in named}
    people = named + tuple(hit for hit in hits if hit.ref.noun is Noun.PERSON and hit.ref not in known)
    return people[:limit] + tuple(hit for hit in hits if hit.ref.noun is not Noun.PERSON)
