"""News come in while one reads; feeds that hang, circle or cannot be reached harm nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer, drip, hang, redirect, status
from pln.model.suggestion import Energy
from pln.services.preferences import Preferences, save_preferences
from pln.services.reading import Shelf, article_ids
from pln.services.surroundings import Surroundings
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.refresher import AutomaticRefresh
from ui.reading.filled import World

Add = Callable[..., list[int]]
Go = Callable[[], ReadingPlace]


def begun(qtbot: QtBot, place: ReadingPlace) -> ReadingPlace:
    qtbot.waitUntil(lambda: len(place.feed_pane.list.lines()) > 3)
    return place


@pytest.fixture
def place(qtbot: QtBot, world: World, server: FeedServer, subscribed: Add, reading: Go) -> ReadingPlace:
    """Two feeds with three articles each, read once."""
    server.routes["/a"] = rss(*(item(n, title=f"A {n}") for n in range(3)), title="A")
    server.routes["/b"] = rss(*(item(n, title=f"B {n}") for n in range(3)), title="B")
    subscribed("/a", "/b")
    from pln.services.refreshing import refresh_feeds

    refresh_feeds(world.ctx)
    return begun(qtbot, reading())


def idle(qtbot: QtBot, place: ReadingPlace, seconds: float = 20) -> None:
    qtbot.waitUntil(lambda: not place.refresher.busy, timeout=round(seconds * 1000))


def test_news_come_in_without_moving_the_list(qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace):
    server.routes["/a"] = rss(*(item(n, title=f"A {n}") for n in range(40)), title="A")
    place.refresh_feeds()
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 43 and not place.refresher.busy)
    place.articles.choose(place.articles.ids()[14])
    open_id = place.desk.open_id
    top = place.articles.visualRect(place.articles.currentIndex()).top()
    server.routes["/a"] = rss(*(item(n, title=f"A {n}") for n in range(70)), title="A")
    place.refresh_feeds()
    idle(qtbot, place)
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 73)
    assert place.desk.open_id == open_id == place.articles.chosen_id()
    assert abs(place.articles.visualRect(place.articles.currentIndex()).top() - top) <= 2
    assert "30 new articles." in world.window.toasts.texts()


def test_lists_are_read_at_most_twice_a_second(qtbot: QtBot, place: ReadingPlace, monkeypatch: pytest.MonkeyPatch):
    read: list[float] = []
    monkeypatch.setattr(place, "refresh", lambda: read.append(time.monotonic()))
    end = time.monotonic() + 1.6
    while time.monotonic() < end:
        place.mark_stale()
        qtbot.wait(10)
    qtbot.wait(600)
    assert 3 <= len(read) <= 5
    assert all(later - before > 0.45 for before, later in pairwise(read))


def test_a_refresh_is_cancelled_and_keeps_what_came(
    qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace
):
    server.routes["/a"] = rss(*(item(n, title=f"A {n}") for n in range(9)), title="A")
    server.routes["/b"] = hang
    begun_at = time.monotonic()
    place.refresh_feeds()
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf())) == 12)
    line = world.window.status
    qtbot.waitUntil(line.isVisible)
    qtbot.mouseClick(line._cancel, Qt.MouseButton.LeftButton)
    idle(qtbot, place, 5)
    assert time.monotonic() - begun_at < 10
    assert len(article_ids(world.ctx, Shelf())) == 12
    assert any("Stopped" in text for text in world.window.toasts.texts())


def test_failing_feeds_say_so_calmly(qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace):
    server.routes["/a"] = redirect("/a")
    server.routes["/b"] = status(500)
    place.refresh_feeds()
    idle(qtbot, place)
    qtbot.waitUntil(lambda: sum(bool(line.sentence) for line in place.feed_pane.list.lines()) == 2)
    first = next(line for line in place.feed_pane.list.lines() if line.feed is not None)
    assert "circles" in first.sentence and first.shelf is not None
    assert len(place.articles.ids()) == 6, "what was stored stays"
    place.choose_shelf(first.shelf)
    qtbot.waitUntil(lambda: place.article_pane._notice.isVisible())
    assert place.article_pane._sentence.text() == first.sentence
    server.routes["/a"] = rss(item(1, title="A 1"), title="A")
    place.article_pane.again.emit()
    idle(qtbot, place)
    qtbot.waitUntil(lambda: not place.article_pane._notice.isVisible())


def test_offline_is_one_calm_sentence(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Add, place: ReadingPlace
):
    with FeedServer({"/c": rss(item(1))}) as other:
        from pln.services.refreshing import allow_place

        allow_place(world.ctx, *other.allow)
        with world.ctx.write("") as work:
            from pln.model.feed import Feed

            work.feeds.add(Feed(url=other.url("/c")))
    server.stop()
    place.refresh_feeds()
    idle(qtbot, place)
    assert "No connection just now. Everything stored stays readable." in world.window.toasts.texts()
    qtbot.waitUntil(lambda: "No connection" in place.feed_pane.kept_card._when.text())
    assert not any(line.sentence for line in place.feed_pane.list.lines())
    place.step(1)
    assert place.desk.view.page is not None and place.desk.view.view.toPlainText() != ""


def test_reading_fifty_articles_asks_nobody(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Add, reading: Go
):
    picture = "<p><img src='{0}'>words</p><a href='{0}'>x</a>".format(server.url("/pixel.gif"))
    server.routes["/a"] = rss(*(item(n, picture, title=f"A {n}") for n in range(50)))
    subscribed("/a")
    from pln.services.refreshing import refresh_feeds

    refresh_feeds(world.ctx)
    place = begun(qtbot, reading())
    before = len(server.requests)
    for _ in range(50):
        place.step(1)
        world.window.grab()
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf(unread=True)) == ())
    assert len(server.requests) == before == 1
    assert list(place.desk.view.view.refusals.names) == []


def test_a_slow_feed_does_not_hold_the_others_or_the_window(
    qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace
):
    server.routes["/a"] = drip(rss(item(1)), every=0.2, size=20)
    server.routes["/b"] = rss(*(item(n, title=f"B {n}") for n in range(8)))
    place.refresh_feeds()
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 11)
    place.step(1)
    assert place.desk.open_id is not None and place.refresher.busy
    place.refresher.stop()
    idle(qtbot, place)


@pytest.mark.parametrize(
    ("wishes", "around", "asked"),
    [
        (Preferences(), Surroundings(), True),
        (Preferences(energy=Energy.QUIET), Surroundings(), False),
        (Preferences(paused_until=date(2027, 1, 1)), Surroundings(), False),
        (Preferences(paused_until=date(2026, 1, 1)), Surroundings(), True),
        (Preferences(refresh_minutes=0), Surroundings(), False),
        (Preferences(), Surroundings(metered=True), False),
    ],
)
def test_automatic_refresh_keeps_the_owners_wishes(
    qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace, subscribed: Add,
    wishes: Preferences, around: Surroundings, asked: bool,
):  # fmt: skip
    server.routes["/new"] = rss(item(1))
    subscribed("/new")  # the others were asked just now
    assert world.program is not None and world.program.automatic is not None
    world.program.automatic.stop()
    save_preferences(world.ctx, wishes)
    with world.ctx.write("") as work:
        for feed in work.feeds.everything():
            work.feeds.change(replace(feed, next_check=None))
    before = len(server.requests)
    by_itself = AutomaticRefresh(world.program, place.refresher, first_seconds=0, around=lambda: around)
    qtbot.waitUntil(lambda: by_itself._timer.remainingTime() > 1000)
    idle(qtbot, place)
    assert (len(server.requests) > before) is asked
    assert world.window.toasts.texts() == [], "what runs by itself says nothing"
    by_itself.stop()


def test_nothing_is_asked_for_by_itself_soon_after_the_start(world: World, server: FeedServer, place: ReadingPlace):
    assert world.program is not None and world.program.automatic is not None
    assert 20_000 < world.program.automatic._timer.remainingTime() < 33_000  # Qt lets long timers drift by a twentieth
    assert len(server.requests) == 2
