"""Whom an article fits, and why: what stands below it while one reads."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.contact import HandleKind
from pln.services.context import Context
from pln.services.reading import kept_for
from pln.services.today import fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Somebody who might like an article. reason: one fact as a sentence; words: those in it that match.

    meeting: a meetup with them is planned. kept: the article is laid aside for it.
    """

    person_id: int
    name: str
    first_name: str
    emails: tuple[str, ...]
    reason: str
    words: tuple[str, ...]
    meeting: bool
    kept: bool


def people_for(ctx: Context, article_id: int, most: int = 3) -> tuple[Fit, ...]:
    """The people whom an article fits, best first. Takes tens of milliseconds: call it off the main thread."""
    found = fitting(ctx, article_id)[:most]
    if not found:
        return ()
    kept, today = kept_for(ctx, article_id), ctx.clock.today()
    with ctx.store.read() as work:
        people = {person.id: person for person in work.people.get_many([match.person_id for match, _ in found])}
        coming = work.meetups.get_many(work.meetups.coming_ids())
    met = {who for meetup in coming if meetup.day >= today for who in meetup.people}
    return tuple(
        Fit(
            person_id=match.person_id, name=name, first_name=people[match.person_id].first_name,
            emails=people[match.person_id].of_kind(HandleKind.EMAIL),
            reason=match.facts[0].text if match.facts else "", words=match.words,
            meeting=match.person_id in met, kept=match.person_id in kept,
        )
        for match, name in found if match.person_id in people
    )  # fmt: skip
