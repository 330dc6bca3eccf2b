"""Today: a few small steps with their reasons, the next meetup, one article, one question."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pln.model.errors import StoreFault
from pln.model.marks import MarkState
from pln.model.meetup import Meetup
from pln.model.suggestion import ArticleMatch, Candidate, Energy, Network, Response, StepKind, Verdict
from pln.model.today import TodayPage, Worth
from pln.services import kept_today
from pln.services.context import Context
from pln.services.meetups import brief_for, next_meetup
from pln.services.network import network_of
from pln.services.preferences import Preferences, preferences, read_preferences, save_preferences
from pln.services.undo import UndoStep
from pln.store.unit_of_work import Work
from pln.suggest.choose import Choice
from pln.suggest.match import matches
from pln.suggest.prompts import Prompt, parse_prompts, pick
from pln.suggest.today import suggest, worth_reading
from pln.system.allocator import give_back
from pln.system.resources import resource

_RECENT_PROMPTS = 12
_FITTING = "fitting"
LATER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The page, all that was weighed for it, and how much the store had changed (see Store.changed) before.

    fitting: ids of the articles that fit somebody, best first.
    """

    page: TodayPage
    fitting: tuple[int, ...]
    choice: Choice
    changed: int


def today_page(ctx: Context) -> TodayPage:
    """Everything of Today, kept for the next start. Takes a second with many people: call it off the main thread."""
    weighed = weigh(ctx)
    give_back()  # a whole network and its texts were held for a moment
    _keep(ctx, weighed)
    return weighed.page


def weigh(ctx: Context, energy: Energy | None = None) -> Weighed:
    """Everything of Today, read in one state of the store. energy: for this once, another than the owner's."""
    today, changed = ctx.clock.today(), ctx.store.changed
    with ctx.store.read() as work:
        wishes = read_preferences(work)
        energy = energy or wishes.energy
        network = network_of(work, ctx)
        recent = tuple(work.settings.get("recent_prompts", []))
        resting = wishes.paused_until is not None and wishes.paused_until > today
        fits = matches(network)
        choice = Choice(shown=(), more=(), explained=()) if resting else suggest(network, energy, fits)
        meetup = next_meetup(ctx)
        page = TodayPage(
            day=today, energy=energy, steps=choice.shown, more=choice.more, names=_names(network, choice, meetup),
            knows_people=bool(network.people), meetup=meetup,
            brief=brief_for(ctx, meetup.people[0]) if meetup and meetup.people else None,
            worth=_worth(work, worth_reading(network, fits)), prompt=pick(journal_prompts(), recent, today).text,
            purpose=wishes.purpose, paused_until=wishes.paused_until if resting else None,
        )  # fmt: skip
    fitting = tuple(dict.fromkeys(match.article_id for match in fits))
    return Weighed(page=page, fitting=fitting, choice=choice, changed=changed)


def _names(network: Network, choice: Choice, meetup: Meetup | None) -> dict[int, str]:
    wanted = {who for step in (*choice.shown, *choice.more) for who in step.people}
    wanted.update(meetup.people if meetup else ())
    return {who: network.people[who].name for who in sorted(wanted) if who in network.people}


def _keep(ctx: Context, weighed: Weighed) -> None:
    """Keep a page for the next start, unless it was overtaken by a change, or nothing can be written now."""
    with suppress(StoreFault), ctx.write("today") as work:
        if ctx.store.changed == weighed.changed:
            work.kept_pages.put(kept_today.NAME, kept_today.written(weighed.page))
            work.kept_pages.put(_FITTING, json.dumps([weighed.page.day.isoformat(), *weighed.fitting]))


def journal_prompts() -> tuple[Prompt, ...]:
    return parse_prompts(resource("prompts", "journal.toml").read_text("utf-8"))


def prompt_used(ctx: Context, text: str, *, origin: str = "") -> None:
    """Remember that a prompt was answered or passed over, so that it does not come twice in a row."""
    with ctx.write(origin) as work:
        recent = [each for each in work.settings.get("recent_prompts", []) if each != text]
        work.settings.put("recent_prompts", [*recent, text][-_RECENT_PROMPTS:])


def answer(ctx: Context, step: Candidate, verdict: Verdict, *, until: date | None = None, origin: str = "") -> UndoStep:
    """Say Later, Not this, Never, or Done of a step. Done closes the promise behind it. The step returned undoes it.

    until: for LATER, the day it may come back; a week from today where none is given.
    """
    if verdict is Verdict.LATER:
        until = until or ctx.clock.today() + LATER
    response = Response(
        key=step.key, kind=step.kind, person_id=step.people[0], verdict=verdict, at=ctx.clock.now(), until=until
    )
    with ctx.write(origin) as work:
        stored = work.responses.add(response)
        closed = step.ref.id if verdict is Verdict.DONE and step.kind in _PROMISES and step.ref else None
        if closed is not None:
            work.meetups.close_mark(closed, MarkState.DONE, ctx.clock.today())

    def back(work: Any) -> None:
        work.responses.take_back(stored.id)
        if closed is not None:
            work.meetups.close_mark(closed, MarkState.OPEN, ctx.clock.today())

    undo = UndoStep(label=_LABELS[verdict], back=back)
    ctx.undo.push(undo)
    return undo


_PROMISES = (StepKind.PROMISE, StepKind.THEIR_PROMISE, StepKind.QUESTION)
_LABELS = {
    Verdict.LATER: "It will come back later",
    Verdict.NOT_THIS: "It will not come back",
    Verdict.NEVER_REASON: "Not for this reason again",
    Verdict.NEVER_PERSON: "No more suggestions for them",
    Verdict.DONE: "Noted as done",
}


def set_energy(ctx: Context, energy: Energy, *, origin: str = "") -> Preferences:
    return save_preferences(ctx, replace(preferences(ctx), energy=energy), origin=origin)


def pause(ctx: Context, until: date | None, *, origin: str = "") -> Preferences:
    """Let the whole app rest until a day; None ends the rest, and rhythms begin anew from today."""
    today = ctx.clock.today()
    resumed = today if until is None else until
    return save_preferences(ctx, replace(preferences(ctx), paused_until=until, resumed_on=resumed), origin=origin)


def fitting(ctx: Context, article_id: int) -> tuple[tuple[ArticleMatch, str], ...]:
    """The people whom one article fits, best first, with their names."""
    with ctx.store.read() as work:
        network = network_of(work, ctx)
        if not any(each.id == article_id for each in network.articles):
            text = work.articles.text_of(article_id)
            if text is None:
                return ()
            network = replace(network, articles=(*network.articles, text))
    found = (match for match in matches(network) if match.article_id == article_id)
    return tuple((match, network.people[match.person_id].name) for match in found)


def for_your_people(ctx: Context) -> tuple[int, ...]:
    """Ids of the articles that fit somebody, best first: as they were weighed for Today, or weighed with it."""
    with ctx.store.read() as work:
        kept = work.kept_pages.fresh(_FITTING)
        if kept is not None:
            day, *ids = json.loads(kept)
            if day == ctx.clock.today().isoformat():
                return work.articles.still_matched(ids)
    weighed = weigh(ctx)
    _keep(ctx, weighed)
    return weighed.fitting


def _worth(work: Work, found: tuple[ArticleMatch, ...] | None) -> Worth | None:
    article = work.articles.get(found[0].article_id) if found else None
    if article is None or not found:
        return None
    (row,) = work.articles.rows([article.id])
    names = work.people.names([match.person_id for match in found])
    return Worth(
        article_id=article.id, title=article.title, feed_title=row.feed_title, minutes=article.minutes,
        names=tuple(names[match.person_id] for match in found),
    )  # fmt: skip
