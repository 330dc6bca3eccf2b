"""Feeds with a password: told to their server alone, kept in the password store alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from drawer import Drawer
from feed_documents import item, rss
from feed_server import FeedServer, Reply, Request, redirect
from pln.model.changes import Noun
from pln.model.errors import KeyringUnavailable, UsageError
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.feed_passwords import forget_feed_password, set_feed_password
from pln.services.opening import empty_trash
from pln.services.reading import get_feed, remove_feed
from pln.services.refreshing import allow_place, refresh_feeds
from pln.system.clock import FixedClock
from store_fixtures import NOW

PASSWORD = "a kettle: \u00fcber"  # with what could end a field, and no ASCII


def guarded(request: Request) -> Reply:
    wanted = "Basic " + base64.b64encode(f"ada:{PASSWORD}".encode()).decode()
    if request.headers.get("authorization") != wanted:
        return Reply(401, {"WWW-Authenticate": "Basic"})
    return Reply(body=rss(item(1)))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a": guarded, "/b": rss(item(2))}) as made:
        yield made


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def ctx(context: Context, drawer: Drawer, server: FeedServer) -> Context:
    allow_place(context, *server.allow)
    return replace(context, secrets=drawer)


@pytest.fixture
def feed(ctx: Context, server: FeedServer) -> int:
    with ctx.write("") as work:
        return work.feeds.add(Feed(url=server.url("/a"), title="Guarded")).id


def test_a_feed_is_asked_for_with_its_password(ctx: Context, drawer: Drawer, feed: int) -> None:
    assert "user and a password" in refresh_feeds(ctx).failed[0][1]
    set_feed_password(ctx, feed, " ada ", PASSWORD)
    assert get_feed(ctx, feed).login == "ada"
    report = refresh_feeds(ctx)
    assert (report.new, report.failed) == (1, ())
    set_feed_password(ctx, feed, "ada", "wrong")
    assert "did not take" in refresh_feeds(ctx).failed[0][1]
    forget_feed_password(ctx, feed)
    assert (drawer.kept, get_feed(ctx, feed).login) == ({}, "")


def test_the_password_is_in_no_store_log_or_error(
    ctx: Context, feed: int, server: FeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    set_feed_password(ctx, feed, "ada", PASSWORD)
    refresh_feeds(ctx)
    server.stop()
    report = refresh_feeds(ctx, force=True)
    assert report.failed
    assert "kettle" not in caplog.text + repr(report)
    with ctx.store.read() as work:
        run = work.feeds.connection.exec_driver_sql
        for table in run("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all():
            rows = run(f"SELECT * FROM '{table}'").all()
            assert "kettle" not in repr(rows), table


def test_a_locked_password_store_is_nothing_against_the_feed(
    ctx: Context, drawer: Drawer, feed: int, server: FeedServer
) -> None:
    set_feed_password(ctx, feed, "ada", PASSWORD)
    with ctx.write("") as work:
        open_one = work.feeds.add(Feed(url=server.url("/b"))).id
    drawer.shut = True
    asked = server.counts["/a"]
    report = refresh_feeds(ctx)
    assert (report.new, len(report.failed), server.counts["/a"]) == (1, 1, asked)
    told = get_feed(ctx, feed)
    assert "locked" in told.error
    assert told.error_count == 0
    assert get_feed(ctx, open_one).error == ""
    drawer.shut = False
    drawer.kept.clear()
    assert "not on this computer" in refresh_feeds(ctx, only=[feed]).failed[0][1]


def test_no_other_host_is_told_the_password_and_no_move_takes_it_along(
    ctx: Context, feed: int, server: FeedServer
) -> None:
    with FeedServer({"/a": rss(item(1))}) as other:
        allow_place(ctx, *other.allow)
        server.routes["/a"] = redirect(other.url("/a"), 301)
        set_feed_password(ctx, feed, "ada", PASSWORD)
        refresh_feeds(ctx)
        assert "authorization" in server.requests[-1].headers
        assert "authorization" not in other.requests[-1].headers


def test_a_feed_that_the_owner_moves_leaves_its_password_behind(ctx: Context, feed: int) -> None:
    set_feed_password(ctx, feed, "ada", PASSWORD)
    with FeedServer({"/a": guarded}) as other:
        allow_place(ctx, *other.allow)
        with ctx.write("") as work:
            work.feeds.change(replace(get_feed(ctx, feed), url=other.url("/a")))
        report = refresh_feeds(ctx, only=[feed])
        assert other.requests == []
        assert "not on this computer" in report.failed[0][1]


@pytest.mark.parametrize("login", ["", "  ", "a:b"])
def test_what_is_no_user(ctx: Context, drawer: Drawer, feed: int, login: str) -> None:
    with pytest.raises(UsageError):
        set_feed_password(ctx, feed, login, PASSWORD)
    assert drawer.kept == {}


def test_a_password_that_cannot_be_kept_changes_nothing(ctx: Context, drawer: Drawer, feed: int) -> None:
    drawer.shut = True
    with pytest.raises(KeyringUnavailable):
        set_feed_password(ctx, feed, "ada", PASSWORD)
    assert get_feed(ctx, feed).login == ""


def test_a_feed_that_goes_for_good_takes_its_password_along(context: Context) -> None:
    keyring = Drawer()
    context = replace(context, secrets=keyring)
    with context.write("") as work:
        ids = [work.feeds.add(Feed(url=f"https://{name}.example/feed", title=name)).id for name in ("a", "b")]
    for each in ids:
        set_feed_password(context, each, "ada", PASSWORD)
    remove_feed(context, ids[0])
    assert empty_trash(context)[Noun.FEED] == 0
    assert len(keyring.kept) == 2, "it can still be taken back"
    keyring.shut = True
    for days in range(1, 33):  # from one emptying to the next few days count
        after = replace(context, clock=FixedClock(NOW + timedelta(days=days)))
        assert empty_trash(after)[Noun.FEED] == 0, "nothing else knows the name of its password"
    keyring.shut = False
    assert empty_trash(after)[Noun.FEED] == 1
    assert list(keyring.kept) == [name for name in keyring.kept if "b.example" in name]
    assert len(keyring.kept) == 1
    assert empty_trash(after)[Noun.FEED] == 0
