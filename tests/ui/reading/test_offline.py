"""Keeping for offline and flight mode, as the window shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer, Reply
from pln.model.offline import MB, FullState, Kept
from pln.services.flight import in_flight
from pln.services.offline import full_text
from pln.services.preferences import Preferences, preferences, save_preferences
from pln.services.refreshing import refresh_feeds
from pln.services.surroundings import Surroundings
from pln.sources.flight import Asked, switch_flight
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.storage_card import StorageCard
from pln.ui.settings.reading_section import ReadingSection
from ui.reading.filled import World

WORDS = " ".join(f"In the long run the orchard answers, wrote the gardener in line {n}." for n in range(80))


@pytest.fixture(autouse=True)
def on_the_ground() -> Iterator[None]:
    yield
    for each in Asked:
        switch_flight(False, each)


@pytest.fixture
def place(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]],
    reading: Callable[[], ReadingPlace],
) -> ReadingPlace:  # fmt: skip
    html = {"Content-Type": "text/html"}
    server.routes["/page"] = lambda request: Reply(200, html, f"<article><h1>Leaf 1</h1><p>{WORDS}</p>".encode())
    entry = item(1, "The orchard answers.").replace("https://tea.example/1", server.url("/page"))
    server.routes["/a"] = rss(entry, title="A")
    (feed,) = subscribed("/a")
    with world.ctx.write("") as work:
        found = work.feeds.get(feed)
        assert found is not None
        work.feeds.change(replace(found, full_text=True))
    refresh_feeds(world.ctx)
    made = reading()
    made.refresher.keeper.around = Surroundings  # whatever the computer that runs the tests runs on
    return made


def texts(widget: object) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())  # type: ignore[attr-defined]


def test_after_a_refresh_what_will_be_read_is_kept(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    with qtbot.waitSignal(place.refresher.keeper.ended, timeout=60_000):
        place.refresh_feeds()
    (article,) = place.articles.ids()
    full = full_text(world.ctx, article)
    assert full is not None
    assert full.state is FullState.DONE


@pytest.mark.parametrize("around", [Surroundings(metered=True), Surroundings(battery=True)])
def test_by_hand_news_are_fetched_and_nothing_is_kept_on_paid_data_or_battery(
    qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace, around: Surroundings
) -> None:
    place.refresher.keeper.around = lambda: around
    news = (item(n, f"Leaf {n}").replace(f"https://tea.example/{n}", server.url(f"/page?{n}")) for n in (1, 2))
    server.routes["/a"] = rss(*news, title="A")
    with qtbot.waitSignal(place.refresher.ended, timeout=60_000):
        place.refresh_feeds()
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 2)
    assert not place.refresher.keeper.busy
    assert not any(request.path.startswith("/page") for request in server.requests)
    save_preferences(world.ctx, Preferences(refresh_metered=True, refresh_on_battery=True))
    with qtbot.waitSignal(place.refresher.keeper.ended, timeout=60_000):
        place.refresh_feeds()
    assert sum(request.path.startswith("/page") for request in server.requests) == 2


def test_flight_mode_asks_nothing_and_is_told(
    qtbot: QtBot, world: World, server: FeedServer, place: ReadingPlace
) -> None:
    status = world.window.status
    world.program.toggle_flight()
    qtbot.waitUntil(lambda: status.isVisible() and "Flight mode" in texts(status))
    assert in_flight()
    asked = server.counts.total()
    with qtbot.waitSignal(place.refresher.ended, timeout=20_000):
        place.refresh_feeds()
    qtbot.waitUntil(lambda: "Flight mode is on. PLN asks nothing of the network" in texts(world.window))
    assert not place.refresher.keeper.busy
    assert server.counts.total() == asked
    off = next(each for each in status.findChildren(QAbstractButton) if each.text() == "Switch off")
    off.click()
    qtbot.waitUntil(lambda: not in_flight() and not status.isVisible())
    assert not preferences(world.ctx).flight_mode


def test_the_card_tells_the_room(qtbot: QtBot, world: World) -> None:
    card = StorageCard()
    qtbot.addWidget(card)
    card.show()
    card.show_articles(214)
    assert texts(card) == "214 articles kept for offline"
    card.show_room(Kept(articles=214, pictures=90, used=38 * MB, room=500 * MB))
    assert texts(card) == "214 articles kept for offline, pictures included"
    assert card.room.text() == "38 of 500 MB"
    with qtbot.waitSignal(card.pressed):
        card.room.click()
    card.show_room(Kept(articles=214, pictures=1, used=20_000, room=500 * MB))
    assert card.room.text() == "less than 1 of 500 MB"


def test_settings_keep_the_room_and_flight_mode(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    section = ReadingSection(world.program)
    qtbot.addWidget(section)
    part = section.offline
    part.of_all.chosen.emit("1000")
    part.of_a_feed.chosen.emit("25")
    part.pictures.setChecked(False)
    part.flight.setChecked(True)
    qtbot.waitUntil(lambda: preferences(world.ctx).flight_mode)
    kept = preferences(world.ctx)
    assert (kept.pictures_mb, kept.feed_pictures_mb, kept.keep_pictures) == (1000, 25, False)
    assert in_flight()
    assert not part.of_all.isEnabled()
