"""Fills an empty store with the invented network, for one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from urllib.parse import urlsplit

from pln.model.interaction import Interaction, InteractionKind
from pln.model.suggestion import StepKind
from pln.services.context import Context
from pln.services.demo.answers import put_off
from pln.services.demo.journal import add_entries
from pln.services.demo.meetups import add_meetups
from pln.services.demo.people import Keys, add_people
from pln.services.demo.reading import add_feed, bundle, write_files
from pln.services.demo.texts import Table, feeds, read
from pln.services.network import read_network
from pln.services.preferences import Preferences, save_preferences
from pln.services.refreshing import allow_place
from pln.store.unit_of_work import Work

ORIGIN = "demo"
FEED_FOLDER = "demo-feeds"
_SEED = 20  # any number: the same network every time
_PURPOSE = "To learn from people I would not meet by staying where I am, at a pace that I can keep."


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """How much was laid in."""

    people: int
    meetups: int
    feeds: int
    articles: int
    entries: int


def fill(ctx: Context, today: date, *, feeds_at: str | None = None) -> DemoReport:
    """Fill an empty store as of a day, and write the feeds' files below the profile.

    today: the day of the context's clock. feeds_at: where those files are served ("http://127.0.0.1:43210"); without
    it the feeds keep invented addresses that nobody answers.
    """
    people, met, diary = read("people.toml")["person"], read("meetups.toml"), read("journal.toml")["entry"]
    now = ctx.clock.now()
    bundles = [bundle(table, today, now) for table in feeds()]
    write_files(ctx.profile.root / FEED_FOLDER, bundles)
    with ctx.write(ORIGIN) as work:
        keys = add_people(work, people, today)
        told = add_meetups(work, met, people, keys, today, Random(_SEED))  # noqa: S311  - no secret depends on it
        add_entries(work, diary, keys, told, today)
        titles: dict[str, int] = {}
        for each in bundles:
            titles |= add_feed(work, each, keys, now, feeds_at or "")
        _add_given(work, met["given"], keys, titles, today)
        report = _count(work)
    save_preferences(ctx, Preferences(purpose=_PURPOSE, own_interests=_INTERESTS, welcomed=True), origin=ORIGIN)
    if feeds_at:
        allow_place(ctx, urlsplit(feeds_at).netloc, origin=ORIGIN)
    _calm(ctx, keys, today)
    return report


_TODAY = ((StepKind.PROMISE, "anna"), (StepKind.INTRODUCTION, "bilal"), (StepKind.DORMANT, "tomas"))
_INTERESTS = ("onboarding", "communities of practice", "dahlias", "allotments", "mentoring", "maps")


def _calm(ctx: Context, keys: Keys, today: date) -> None:
    """Leave the steps of Today to three people; the others were put off."""
    network = replace(read_network(ctx), today=today)
    said = put_off(network, [(kind, keys[key].id) for kind, key in _TODAY])
    with ctx.write(ORIGIN) as work:
        for each in said:
            work.responses.add(each)


def move_feeds(ctx: Context, feeds_at: str) -> None:
    """Let feeds that were served on this computer be asked for at another port of it."""
    with ctx.write(ORIGIN) as work:
        for feed in work.feeds.everything():
            if urlsplit(feed.url).hostname == "127.0.0.1":
                work.feeds.change(replace(feed, url=f"{feeds_at}{urlsplit(feed.url).path}"))
    allow_place(ctx, urlsplit(feeds_at).netloc, origin=ORIGIN)


def _add_given(work: Work, tables: list[Table], keys: Keys, titles: dict[str, int], today: date) -> None:
    for table in sorted(tables, key=lambda table: -int(table["ago"])):
        other = table.get("other")
        work.interactions.add(
            Interaction(
                kind=InteractionKind(table["kind"]), person_id=keys[table["who"]].id,
                day=today - timedelta(days=table["ago"]), note=table.get("note", ""),
                article_id=titles[table["article"]] if "article" in table else None,
                other_id=keys[other].id if other else None,
            )
        )  # fmt: skip


def _count(work: Work) -> DemoReport:
    return DemoReport(
        people=work.people.total(), meetups=len(work.meetups.everything()), feeds=work.feeds.total(),
        articles=work.articles.total(), entries=work.journal.total(),
    )  # fmt: skip
