"""Whom an article fits, and why: what stands below it while one reads."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.contact import HandleKind
from pln.model.suggestion import Response, StepKind, Verdict
from pln.services.context import Context
from pln.services.reading import kept_for
from pln.services.today import fitting
from pln.services.undo import UndoStep
from pln.suggest.declined import pair_key, topic_key


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


def not_them(ctx: Context, article_id: int, person_id: int, *, origin: str = "") -> UndoStep:
    """This article is nothing for them: neither below it nor on Today. The step returned takes that back."""
    return _decline(ctx, pair_key(article_id, person_id), person_id, "Not for %1", origin)


def not_this_topic(ctx: Context, person_id: int, words: str, *, origin: str = "") -> UndoStep:
    """Nothing about these words for them any more. The step returned takes that back."""
    return _decline(ctx, topic_key(person_id, words), person_id, f"No more about “{words}” for %1", origin)


def _decline(ctx: Context, key: str, person_id: int, label: str, origin: str) -> UndoStep:
    said = Response(
        key=key, kind=StepKind.ARTICLE, person_id=person_id, verdict=Verdict.NOT_THIS, at=ctx.clock.now()
    )  # fmt: skip
    with ctx.write(origin) as work:
        stored = work.responses.add(said)
        name = work.people.names([person_id]).get(person_id, "")
    step = UndoStep(label=label.replace("%1", name), back=lambda work: work.responses.take_back(stored.id))
    ctx.undo.push(step)
    return step


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
