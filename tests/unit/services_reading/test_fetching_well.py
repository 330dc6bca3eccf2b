"""A server that plays all that servers do to feed readers, and days that pass: what PLN asks, keeps and says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply, drip, redirect, status
from pln.model.feed import Feed, FeedState, ParsedEntry
from pln.services.context import Context
from pln.services.reading import Shelf, article_ids, get_feed
from pln.services.refreshing import allow_place, refresh_feeds
from pln.sources.flight import Asked, FlightMode, switch_flight
from pln.sources.refresh import Pace
from pln.store.articles import Articles
from pln.system.clock import FixedClock
from store_fixtures import make_store

FAST = Pace(host_gap=0.0, at_one_host=16)
DAY = timedelta(days=1)
KNOWN = ("etag", "last_modified", "body_hash", "validators_since", "url", "title")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a": rss(item(1)), "/b": rss(item(2), title="Stones")}) as made:
        yield made


def subscribed(context: Context, server: FeedServer, *paths: str) -> list[int]:
    allow_place(context, *server.allow)
    with context.write("") as work:
        return [work.feeds.add(Feed(url=server.url(path))).id for path in paths]


def later(context: Context, wait: timedelta) -> Context:
    """The same store, some time on."""
    return replace(context, clock=FixedClock(context.clock.now() + wait))


def titles(context: Context) -> set[str]:
    with context.store.read() as work:
        return set(work.articles.titles(article_ids(context, Shelf())).values())


def known(feed: Feed) -> Mapping[str, object]:
    return {name: getattr(feed, name) for name in KNOWN}


def test_validators_go_back_byte_for_byte_over_days_and_restarts(context: Context, server: FeedServer) -> None:
    etag, date = 'W/"a, b  c\xe9"', "Sat,  1 Nov 2026 12:00:00 +0000"
    server.routes["/a"] = lambda request: (
        Reply(304)
        if request.headers.get("if-none-match") == etag
        else Reply(headers={"ETag": etag, "Last-Modified": date}, body=rss(item(1)))
    )
    (feed,) = subscribed(context, server, "/a")
    for day in range(3):
        refresh_feeds(later(context, day * DAY), only=[feed])
    for request in server.requests[1:]:
        assert (request.headers["if-none-match"], request.headers["if-modified-since"]) == (etag, date)
    assert get_feed(context, feed).error == ""


def test_a_304_that_lies_is_found_out_after_eight_days(context: Context, server: FeedServer) -> None:
    bodies = [rss(item(1))]
    server.routes["/a"] = lambda request: (
        Reply(304) if request.headers.get("if-none-match") else Reply(headers={"ETag": '"same"'}, body=bodies[0])
    )
    (feed,) = subscribed(context, server, "/a")
    refresh_feeds(context, only=[feed])
    bodies[0] = rss(item(1), item(2))
    for day in range(1, 8):
        refresh_feeds(later(context, day * DAY), only=[feed])
    assert titles(context) == {"Leaf 1"}
    refresh_feeds(later(context, 8 * DAY), only=[feed])
    assert titles(context) == {"Leaf 1", "Leaf 2"}
    asked = len(server.requests)
    refresh_feeds(later(context, 9 * DAY), only=[feed])
    assert server.requests[asked].headers["if-none-match"] == '"same"', "and it is trusted again for a while"


def test_a_304_to_who_asked_for_everything_is_a_fault(context: Context, server: FeedServer) -> None:
    server.routes["/a"] = status(304)
    (feed,) = subscribed(context, server, "/a")
    assert "asked for everything" in refresh_feeds(context).failed[0][1]
    assert get_feed(context, feed).error_count == 1


@pytest.mark.parametrize("code", [429, 503])
def test_patience_holds_for_the_host_by_hand_and_after_a_restart(
    context: Context, server: FeedServer, code: int
) -> None:
    one, other = subscribed(context, server, "/a", "/b")
    server.routes["/a"] = status(code, Retry_After="7200")
    refresh_feeds(context, only=[one])
    context.store.close()
    again = replace(context, store=make_store(context.store.path))
    try:
        soon = later(again, timedelta(hours=1.9))
        assert refresh_feeds(soon).asked == 0
        report = refresh_feeds(soon, only=[other])
        assert (server.counts["/a"], server.counts["/b"]) == (1, 0)
        assert [name for name, _ in report.failed] == [server.url("/b")]
        assert "patience" in get_feed(soon, other).error
        assert get_feed(soon, other).error_count == 0, "nothing is wrong with this one"
        refresh_feeds(later(again, timedelta(hours=2.1)), only=[other])
        assert server.counts["/b"] == 1
        assert get_feed(again, other).error == ""
    finally:
        again.store.close()


def test_no_redirect_leads_to_a_host_that_wants_patience(context: Context, server: FeedServer) -> None:
    with FeedServer({"/busy": status(429, Retry_After="3600"), "/fine": rss(item(3))}) as busy:
        allow_place(context, *busy.allow)
        (first,) = subscribed(context, busy, "/busy")
        refresh_feeds(context, only=[first])
        server.routes["/a"] = redirect(busy.url("/fine"))
        (feed,) = subscribed(context, server, "/a")
        refresh_feeds(context, only=[feed])
        assert (server.counts["/a"], busy.counts["/fine"]) == (1, 0)
        assert get_feed(context, feed).next_check is not None


def test_an_address_moves_after_a_week_of_the_same_answer(context: Context, server: FeedServer) -> None:
    server.routes["/old"] = redirect("/a", 301)
    (feed,) = subscribed(context, server, "/old")
    for day in (0, 3, 6.9):
        refresh_feeds(later(context, day * DAY), only=[feed])
        assert get_feed(context, feed).url == server.url("/old")
    refresh_feeds(later(context, 7 * DAY), only=[feed])
    assert get_feed(context, feed).url == server.url("/a")
    assert get_feed(context, feed).moving_to == ""
    refresh_feeds(later(context, 8 * DAY), only=[feed])
    assert server.counts["/old"] == 4
    assert titles(context) == {"Leaf 1"}


def test_a_move_that_is_taken_back_is_forgotten(context: Context, server: FeedServer) -> None:
    server.routes["/old"] = redirect("/a", 301)
    (feed,) = subscribed(context, server, "/old")
    refresh_feeds(context, only=[feed])
    server.routes["/old"] = rss(item(1))
    refresh_feeds(later(context, 3 * DAY), only=[feed])
    server.routes["/old"] = redirect("/a", 301)
    refresh_feeds(later(context, 8 * DAY), only=[feed])
    assert get_feed(context, feed).url == server.url("/old")


def test_no_feed_moves_to_where_another_is(context: Context, server: FeedServer) -> None:
    server.routes["/old"] = redirect("/a", 308)
    old, new = subscribed(context, server, "/old", "/a")
    for day in (0, 7, 8):
        refresh_feeds(later(context, day * DAY), force=True)
    assert (get_feed(context, old).url, get_feed(context, new).url) == (server.url("/old"), server.url("/a"))


def test_an_ended_feed_says_so_keeps_its_articles_and_is_left_alone(context: Context, server: FeedServer) -> None:
    (feed,) = subscribed(context, server, "/a")
    refresh_feeds(context)
    server.routes["/a"] = status(410)
    refresh_feeds(later(context, 2 * DAY))
    told = get_feed(context, feed)
    assert told.state is FeedState.GONE
    assert "ended" in told.error
    assert titles(context) == {"Leaf 1"}
    refresh_feeds(later(context, 30 * DAY), force=True)
    assert server.counts["/a"] == 2


CUT = Reply(headers={"Content-Length": "99999", "ETag": '"new"'}, body=rss(item(9)))


@pytest.mark.parametrize(
    "route", [lambda request: CUT, drip(rss(item(9)), every=0.1), status(500), lambda request: Reply(body=b"<html>")]
)
def test_a_bad_answer_touches_nothing_that_is_stored(context: Context, server: FeedServer, route: object) -> None:
    (feed,) = subscribed(context, server, "/a")
    refresh_feeds(context)
    before = known(get_feed(context, feed))
    good, server.routes["/a"] = server.routes["/a"], route  # type: ignore[assignment]
    next_day = later(context, 2 * DAY)
    report = refresh_feeds(next_day, pace=Pace(deadline=0.5))
    assert len(report.failed) == 1
    told = get_feed(context, feed)
    assert known(told) == before
    assert told.next_check is not None
    assert told.next_check > next_day.clock.now()
    assert titles(context) == {"Leaf 1"}
    server.routes["/a"] = good
    refresh_feeds(next_day, force=True)
    assert get_feed(context, feed).error_count == 0
    assert server.requests[-1].headers["if-none-match"] == before["etag"]


def test_failures_wait_longer_each_time(context: Context, server: FeedServer) -> None:
    (feed,) = subscribed(context, server, "/none")
    waited = []
    for _ in range(7):
        refresh_feeds(context, force=True)
        told = get_feed(context, feed).next_check
        assert told is not None
        waited.append(told - context.clock.now())
    hours = [wait / timedelta(hours=1) for wait in waited]
    assert [round(each) for each in hours[:4]] == pytest.approx([1, 2, 4, 8], abs=1)
    assert hours == sorted(hours)
    assert hours[-1] < 27


def test_three_hundred_not_modified_take_few_connections(context: Context, server: FeedServer) -> None:
    paths = [f"/many{number}" for number in range(60)]
    server.routes.update({path: rss(item(1)) for path in paths})
    subscribed(context, server, *paths)
    refresh_feeds(context, pace=FAST)
    before = server.connections
    report = refresh_feeds(context, force=True, pace=FAST)
    assert (report.asked, report.new, report.failed) == (60, 0, ())
    assert server.connections - before <= 16


def test_a_feed_that_cannot_be_stored_costs_no_other(
    context: Context, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [f"/many{number}" for number in range(8)]
    server.routes.update({path: rss(item(number)) for number, path in enumerate(paths)})
    feeds = subscribed(context, server, *paths)
    whole = Articles.take_in

    def clumsy(self: Articles, feed_id: int, entries: tuple[ParsedEntry, ...]) -> tuple[int, int]:
        if feed_id == feeds[3]:
            raise ZeroDivisionError
        return whole(self, feed_id, entries)

    monkeypatch.setattr(Articles, "take_in", clumsy)
    with pytest.raises(ZeroDivisionError):
        refresh_feeds(context, pace=FAST)
    assert len(titles(context)) == 7
    assert get_feed(context, feeds[3]).etag == "", "so that it is asked for its articles again"
    assert all(get_feed(context, feed).etag for feed in feeds if feed != feeds[3])


def test_what_the_owner_changes_meanwhile_stays(context: Context, server: FeedServer) -> None:
    (feed,) = subscribed(context, server, "/a")

    def rename(request: object) -> Reply:
        with context.write("") as work:
            work.feeds.change(replace(get_feed(context, feed), title="Mine", folder="Tea", state=FeedState.PAUSED))
        return Reply(body=rss(item(1)))

    server.routes["/a"] = rename
    refresh_feeds(context)
    told = get_feed(context, feed)
    assert (told.title, told.folder, told.state) == ("Mine", "Tea", FeedState.PAUSED)
    assert titles(context) == {"Leaf 1"}


def test_an_answer_says_nothing_about_another_address(context: Context, server: FeedServer) -> None:
    (feed,) = subscribed(context, server, "/a")

    def move(request: object) -> Reply:
        with context.write("") as work:
            work.feeds.change(replace(get_feed(context, feed), url=server.url("/b")))
        return Reply(headers={"ETag": '"of a"'}, body=rss(item(1)))

    server.routes["/a"] = move
    refresh_feeds(context)
    assert get_feed(context, feed).etag == ""


def test_a_clock_that_was_a_year_ahead_keeps_nobody_waiting(context: Context, server: FeedServer) -> None:
    (feed,) = subscribed(context, server, "/a")
    ahead = later(context, 365 * DAY)
    with FeedServer({"/busy": status(429, Retry_After="86400")}) as busy:
        subscribed(context, busy, "/busy")
        refresh_feeds(ahead, pace=FAST)
        assert refresh_feeds(context, pace=FAST).asked == 2, "no wait of next year holds today"
        assert get_feed(context, feed).checked == context.clock.now()
        assert refresh_feeds(context, pace=FAST).asked == 0, "and today's do"
        assert refresh_feeds(ahead, pace=FAST).asked == 2


def test_flight_mode_amid_a_refresh_is_nothing_against_a_feed(context: Context, server: FeedServer) -> None:
    """What came until then stays, and no feed is told to have failed."""
    server.routes |= {f"/{number}": rss(item(5)) for number in range(1, 10)}

    def switch(request: object) -> Reply:
        switch_flight(True, Asked.WISH)
        return Reply(body=rss(item(5)))

    server.routes["/0"] = switch
    feeds = subscribed(context, server, "/a", "/b", *(f"/{number}" for number in range(10)))
    try:
        with pytest.raises(FlightMode):
            refresh_feeds(context, pace=Pace(host_gap=0.05, at_one_host=1))
    finally:
        switch_flight(False, Asked.WISH)
    found = [get_feed(context, each) for each in feeds]
    assert [each.error for each in found] == [""] * 12
    assert [each.error_count for each in found] == [0] * 12
    assert {"Leaf 1", "Leaf 2"} <= titles(context)
    server.routes["/0"] = rss(item(5))
    assert refresh_feeds(context, pace=FAST).asked >= 9, "those that were not asked are asked then"
