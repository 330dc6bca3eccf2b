"""What a person's page shows, each part read in one state of the store. Tens of milliseconds: off the main thread."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.feed import ArticleRow, Feed
from pln.model.interaction import Contact, Interaction
from pln.model.meetup import Meetup, MeetupState
from pln.model.suggestion import Pace
from pln.model.timeline import Brief, TimelineItem
from pln.services.context import Context
from pln.services.meetups import brief_for
from pln.services.preferences import read_preferences
from pln.services.timeline import timeline_of
from pln.store.articles import Shelf
from pln.store.schema import person as person_table
from pln.store.unit_of_work import Work
from pln.suggest.brief import three_questions
from pln.suggest.prompts import parse_prompts
from pln.suggest.rhythm import bars, owner_prior, pace
from pln.system.resources import resource

_MOST_ARTICLES = 40
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """introduced_by: (id, name) or None. sent: what was given, with the article's title, newest first.

    contacts: the log of real contact, oldest first. pace, bars (days of contact in each of the last twelve months)
    rest on it. coming: planned meetups from today on, soonest first. kept: (article id, title) laid aside for them.
    voice: the newest articles of their own feeds.
    """

    person: Person
    timeline: tuple[TimelineItem, ...]
    contacts: tuple[Contact, ...]
    pace: Pace
    bars: tuple[int, ...]
    coming: tuple[Meetup, ...]
    introduced_by: tuple[int, str] | None
    feeds: tuple[Feed, ...]
    sent: tuple[tuple[Interaction, str], ...]
    kept: tuple[tuple[int, str], ...]
    voice: tuple[ArticleRow, ...]


def person_page(ctx: Context, person_id: int) -> PersonPage:
    """Raises UsageError for an unknown or removed person."""
    today = ctx.clock.today()
    with ctx.store.read() as work:
        person = _living(work, person_id)
        logs = work.contacts.contacts()
        log = logs.get(person_id, ())
        feeds = work.feeds.of_person(person_id)
        resumed = read_preferences(work).resumed_on
        return PersonPage(
            person=person,
            timeline=timeline_of(work, person_id),
            contacts=log,
            pace=pace(person, log, today, owner_prior(logs), resumed),
            bars=bars(log, today, _MONTHS),
            coming=_coming(ctx, work, person_id),
            introduced_by=_introducer(work, person),
            feeds=feeds,
            sent=_sent(work, person_id),
            kept=_kept(work, person_id),
            voice=_voice(work, feeds),
        )


def person_brief(ctx: Context, person_id: int) -> tuple[Brief, tuple[str, ...]]:
    """The brief before a meetup, and up to three questions to take along. Raises UsageError for an unknown person."""
    brief = brief_for(ctx, person_id)
    prompts = parse_prompts(resource("prompts", "meetups.toml").read_text("utf-8"))
    return brief, three_questions(brief, prompts, ctx.clock.today())


def _living(work: Work, person_id: int) -> Person:
    person = work.people.get(person_id) if work.people.is_live(person_table, person_id) else None
    if person is None:
        raise UsageError("No such person", "They may have been removed.")
    return person


def _coming(ctx: Context, work: Work, person_id: int) -> tuple[Meetup, ...]:
    met = work.meetups.with_person(person_id)  # newest first
    today = ctx.clock.today()
    return tuple(each for each in reversed(met) if each.state is MeetupState.PLANNED and each.day >= today)


def _introducer(work: Work, person: Person) -> tuple[int, str] | None:
    by = person.introduced_by
    name = "" if by is None else work.people.names([by]).get(by, "")
    return (by, name) if by is not None and name else None


def _sent(work: Work, person_id: int) -> tuple[tuple[Interaction, str], ...]:
    given = [each for each in work.interactions.with_person(person_id) if each.article_id is not None]
    titles = work.articles.titles([each.article_id for each in given if each.article_id is not None])
    return tuple((each, titles.get(each.article_id or 0, "")) for each in given)


def _kept(work: Work, person_id: int) -> tuple[tuple[int, str], ...]:
    kept = work.settings.get("kept_for", {}).get(str(person_id), [])
    titles = work.articles.titles(kept)
    return tuple((record, titles[record]) for record in kept if record in titles)


def _voice(work: Work, feeds: tuple[Feed, ...]) -> tuple[ArticleRow, ...]:
    newest = [record for feed in feeds for record in work.articles.ids(Shelf(feed_id=feed.id))[:_MOST_ARTICLES]]
    rows = sorted(work.articles.rows(newest), key=lambda row: row.published, reverse=True)
    return tuple(rows[:_MOST_ARTICLES])
