"""Reading everything that a suggestion may rest on, in one state of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pln.model.meetup import Meetup, MeetupState
from pln.model.suggestion import GivenPassage, Network, Response
from pln.services.context import Context
from pln.services.preferences import read_preferences
from pln.store.unit_of_work import Work

_READING = timedelta(days=45)


def read_network(ctx: Context) -> Network:
    """The owner's network as of the clock's day: people, log, promises, plans, answers, articles of 45 days."""
    with ctx.store.read() as work:
        return network_of(work, ctx)


def network_of(work: Work, ctx: Context, *, texts: bool = True) -> Network:
    """texts: False leaves the articles out, for what has no use for them."""
    today = ctx.clock.today()
    meetups = work.meetups.everything()
    since = datetime.combine(max(today, date.min + _READING) - _READING, time(0), UTC)
    return Network(
        today=today,
        people={person.id: person for person in work.people.everyone()},
        contacts=work.contacts.contacts(),
        planned=_planned(meetups, ctx),
        meetups={meetup.id: meetup for meetup in meetups if meetup.state is MeetupState.HAPPENED},
        marks=work.meetups.open_marks(),
        articles=work.articles.recent_texts(since) if texts else (),
        responses=_said_here(work),
        sent=work.interactions.sent_articles(),
        given=_given(work) if texts else (),
        resumed_on=read_preferences(work).resumed_on,
    )


def _given(work: Work) -> tuple[GivenPassage, ...]:
    """What is marked in articles that were given to somebody, once for each of them."""
    days = {(each.article_id, each.person_id): each.day for each in work.interactions.everything() if each.article_id}
    people: dict[int, list[tuple[int, date]]] = {}
    for (article_id, person_id), day in days.items():
        people.setdefault(article_id, []).append((person_id, day))
    if not people:
        return ()
    return tuple(
        GivenPassage(person_id=person_id, article_id=each.article_id, day=day, quote=each.quote)
        for each in work.highlights.everything() for person_id, day in people.get(each.article_id, ())
    )  # fmt: skip


def _said_here(work: Work) -> tuple[Response, ...]:
    """Answers in the owner's time zone, where their days begin and end."""
    return tuple(replace(each, at=each.at.astimezone()) for each in work.responses.everything())


def _planned(meetups: tuple[Meetup, ...], ctx: Context) -> dict[int, Meetup]:
    """The soonest planned meetup of each person, from today on."""
    found: dict[int, Meetup] = {}
    for meetup in meetups:  # oldest first
        if meetup.state is MeetupState.PLANNED and meetup.day >= ctx.clock.today():
            for who in meetup.people:
                found.setdefault(who, meetup)
    return found
