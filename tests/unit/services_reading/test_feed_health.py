"""The health of feeds: answers kept, why one is broken, when and why it is asked next, and where it may lie now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply, status
from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedState
from pln.model.feed_health import FeedAnswer
from pln.model.fetching import Reason
from pln.services.context import Context
from pln.services.feed_health import all_health, broken_feeds, feed_health, look_for_address, take_address
from pln.services.reading import get_feed
from pln.services.refreshing import allow_place, refresh_feeds
from pln.system.clock import FixedClock


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a": rss(item(1), item(2))}) as made:
        yield made


@pytest.fixture
def feed(context: Context, server: FeedServer) -> int:
    allow_place(context, *server.allow)
    with context.write("") as work:
        return work.feeds.add(Feed(url=server.url("/a"), site_url=server.url("/site"))).id


def later(context: Context, wait: timedelta) -> Context:
    return replace(context, clock=FixedClock(context.clock.now() + wait))


def test_each_answer_is_kept_newest_first(context: Context, server: FeedServer, feed: int) -> None:
    refresh_feeds(context)
    refresh_feeds(context, force=True)
    server.routes["/a"] = status(404)
    refresh_feeds(context, force=True)
    bad, same, first = feed_health(context, feed).answers
    assert (first.outcome, first.status, first.new) == ("changed", 200, 2)
    assert first.size > 100
    assert (same.outcome, same.status, same.size, same.new) == ("unchanged", 304, 0, 0)
    assert (bad.outcome, bad.status) == ("failed", 404)
    assert "no feed at this address" in bad.sentence


def test_only_the_last_thirty_are_kept_of_each(context: Context, feed: int) -> None:
    with context.write("") as work:
        other = work.feeds.add(Feed(url="https://tea.example/f")).id
        for minute in range(40):
            at = context.clock.now() + timedelta(minutes=minute)
            work.fetched.note([FeedAnswer(feed_id=feed, at=at, outcome="unchanged", milliseconds=minute)])
        work.fetched.note([FeedAnswer(feed_id=other, at=context.clock.now(), outcome="unchanged")])
        work.fetched.note([FeedAnswer(feed_id=99, at=context.clock.now(), outcome="unchanged")])
    assert [each.milliseconds for each in feed_health(context, feed).answers] == list(range(39, 9, -1))
    assert len(feed_health(context, other).answers) == 1


def test_a_broken_feed_says_why_how_often_and_when_it_is_tried_again(
    context: Context, server: FeedServer, feed: int
) -> None:
    refresh_feeds(context)
    assert broken_feeds(context) == ()
    server.routes["/a"] = status(500)
    for _ in range(3):
        refresh_feeds(context, force=True)
    (broken,) = broken_feeds(context)
    assert broken.broken
    assert "(500)" in broken.why
    assert "3 times in a row" in broken.why
    assert broken.next_reason is Reason.FAILING
    assert broken.next_check == get_feed(context, feed).next_check
    server.routes["/a"] = status(410)
    refresh_feeds(context, force=True)
    (ended,) = broken_feeds(context)
    assert ended.feed.state is FeedState.GONE
    assert (ended.next_check, ended.next_why) == (None, "")


def test_who_must_wait_for_its_server_is_not_broken(context: Context, server: FeedServer, feed: int) -> None:
    with context.write("") as work:
        other = work.feeds.add(Feed(url=server.url("/b"))).id
    server.routes["/b"] = status(429, Retry_After="3600")
    refresh_feeds(context, only=[other])
    refresh_feeds(context, only=[feed])
    assert [each.feed.id for each in broken_feeds(context)] == [other]
    waiting = feed_health(context, feed)
    assert waiting.answers == ()
    assert waiting.next_reason is Reason.PATIENCE
    assert waiting.next_check == context.clock.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("headers", "interval", "reason"),
    [
        ({}, None, Reason.POSTS),
        ({"Cache-Control": "max-age=99999"}, 20, Reason.FRESH),
        ({}, 20, Reason.OWN),
    ],
)
def test_the_next_look_says_its_reason(
    context: Context, server: FeedServer, feed: int, headers: dict[str, str], interval: int | None, reason: Reason
) -> None:
    server.routes["/a"] = lambda request: Reply(headers=headers, body=rss(item(1)))
    with context.write("") as work:
        work.feeds.change(replace(get_feed(context, feed), interval_minutes=interval))
    refresh_feeds(context)
    told = feed_health(context, feed)
    assert told.next_reason is reason
    assert told.next_why.endswith(".")
    assert told.posts == 1
    assert all_health(context) == (told,)


def test_a_feed_that_is_gone_from_its_place_is_looked_for_on_its_site(
    context: Context, server: FeedServer, feed: int
) -> None:
    refresh_feeds(context)
    server.routes["/new"] = rss(item(1), item(3))
    link = b'<link rel="alternate" type="application/rss+xml" href="/new">'
    server.routes |= {"/a": status(404), "/": lambda request: Reply(body=b"<html><head>" + link + b"</head></html>")}
    with context.write("") as work:
        work.feeds.change(replace(get_feed(context, feed), site_url=server.url("/")))
    refresh_feeds(context, force=True)
    (found,) = look_for_address(context, feed)
    assert found.url == server.url("/new")
    assert feed_health(context, feed).tried == (f"Looked on its site and found {server.url('/new')}.",)
    take_address(context, feed, found.url)
    report = refresh_feeds(context)
    assert (report.new, report.failed) == (1, ())
    assert broken_feeds(context) == ()


def test_a_look_in_vain_is_noted_too(context: Context, server: FeedServer, feed: int) -> None:
    assert look_for_address(context, feed) == ()
    (told,) = feed_health(context, feed).tried
    assert "in vain" in told
    with pytest.raises(UsageError):
        take_address(context, feed, " ")


def test_a_lasting_move_is_told_before_it_is_followed(context: Context, server: FeedServer, feed: int) -> None:
    server.routes |= {
        "/a": lambda request: Reply(301, {"Location": "/c"}),
        "/c": rss(item(1)),
    }
    refresh_feeds(later(context, timedelta(minutes=1)))
    assert feed_health(context, feed).new_address == server.url("/c")
