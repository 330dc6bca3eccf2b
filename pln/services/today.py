"""Today: a few small steps with their reasons, the next meetup, one article, one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pln.model.feed import ArticleRow
from pln.model.marks import MarkState
from pln.model.meetup import Meetup
from pln.model.suggestion import ArticleMatch, Candidate, Energy, Response, StepKind, Verdict
from pln.model.timeline import Brief
from pln.services.context import Context
from pln.services.meetups import brief_for, next_meetup
from pln.services.network import network_of, read_network
from pln.services.preferences import Preferences, preferences, read_preferences, save_preferences
from pln.services.undo import UndoStep
from pln.suggest.choose import Choice
from pln.suggest.match import matches
from pln.suggest.prompts import Prompt, parse_prompts, pick
from pln.suggest.today import explain, suggest, worth_reading
from pln.system.resources import resource

_RECENT_PROMPTS = 12
LATER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """One article that fits somebody. names: of those it fits, best first."""

    article: ArticleRow
    minutes: int
    matches: tuple[ArticleMatch, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """What Today shows. paused_until: the whole app rests; no steps then. names: of the people in steps and meetup."""

    day: date
    energy: Energy
    choice: Choice
    names: dict[int, str]
    meetup: Meetup | None
    brief: Brief | None
    worth: Worth | None
    prompt: Prompt
    purpose: str
    paused_until: date | None


def today_page(ctx: Context) -> TodayPage:
    """Everything of Today, read in one go. Takes tens of milliseconds with many people: call it off the main thread."""
    today = ctx.clock.today()
    with ctx.store.read() as work:
        wishes = read_preferences(work)
        network = network_of(work, ctx)
        recent = tuple(work.settings.get("recent_prompts", []))
    resting = wishes.paused_until is not None and wishes.paused_until > today
    fits = matches(network)
    choice = Choice(shown=(), more=(), explained=()) if resting else suggest(network, wishes.energy, fits)
    meetup = next_meetup(ctx)
    return TodayPage(
        day=today, energy=wishes.energy, choice=choice, names={who: each.name for who, each in network.people.items()},
        meetup=meetup, brief=brief_for(ctx, meetup.people[0]) if meetup and meetup.people else None,
        worth=_worth(ctx, worth_reading(network, fits)), prompt=pick(journal_prompts(), recent, today),
        purpose=wishes.purpose, paused_until=wishes.paused_until if resting else None,
    )  # fmt: skip


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


def explained(page: TodayPage) -> list[dict[str, object]]:
    """All that was weighed, for `pln today --explain`."""
    return explain(page.choice)


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
    """Ids of the articles that fit somebody, best first."""
    return tuple(dict.fromkeys(match.article_id for match in matches(read_network(ctx))))


def _worth(ctx: Context, found: tuple[ArticleMatch, ...] | None) -> Worth | None:
    if not found:
        return None
    with ctx.store.read() as work:
        rows = work.articles.rows([found[0].article_id])
        article = work.articles.get(found[0].article_id)
        names = work.people.names([match.person_id for match in found])
    if not rows or article is None:
        return None
    return Worth(
        article=rows[0], minutes=article.minutes, matches=found, names=tuple(names[match.person_id] for match in found)
    )
