"""Feeds made to freeze their reader: the window goes on while they are read, and the next feed is read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer
from pln.services.reading import Shelf, article_ids
from pln.services.refreshing import refresh_feeds
from pln.ui.reading.place import ReadingPlace
from ui.reading.filled import World
from unit.sources_reading.test_parse_hostile import HARMLESS, SLOW

TICK_MS = 20
LONGEST_STOP = 0.5
"""Seconds. On an idle machine none is longer than 0.05; whoever read such a feed in the program would stop for 18."""

CORPUS = {**SLOW, **{name: HARMLESS[name] for name in ("100,000 tags deep", "50,000 elements deep")}}


class Pulse:
    """Notes when the window had its turn."""

    def __init__(self) -> None:
        self.beats: list[float] = [time.monotonic()]
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(lambda: self.beats.append(time.monotonic()))
        self._timer.start()

    def stop(self) -> float:
        """The longest time without one."""
        self._timer.stop()
        return max(later - before for before, later in pairwise([*self.beats, time.monotonic()]))


def refreshed(qtbot: QtBot, world: World, place: ReadingPlace, seconds: float) -> tuple[float, int]:
    """The longest stop of the window during a refresh, and how many turns it had."""
    pulse = Pulse()
    place.refresh_feeds()
    try:
        qtbot.waitUntil(lambda: not place.refresher.busy, timeout=round(seconds * 1000))
    finally:
        longest = pulse.stop()
    sys.stdout.write(f"longest stop {longest * 1000:.0f} ms in {pulse.beats[-1] - pulse.beats[0]:.1f} s\n")
    return longest, len(pulse.beats)


@pytest.fixture
def place(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]],
    reading: Callable[[], ReadingPlace],
) -> ReadingPlace:  # fmt: skip
    """The feeds of the corpus, and between and after them some that are as feeds are. One was read before."""
    server.routes["/before"] = rss(item(99))
    subscribed("/before")
    refresh_feeds(world.ctx)
    paths = []
    for number, make in enumerate(CORPUS.values()):
        server.routes[f"/{number}"] = make()
        server.routes[f"/{number}-next"] = rss(item(number))
        paths += [f"/{number}", f"/{number}-next"]
    subscribed(*paths)
    place = reading()
    qtbot.waitUntil(lambda: len(place.feed_pane.list.lines()) > len(paths))
    return place


def assert_went_on(qtbot: QtBot, world: World, place: ReadingPlace, seconds: float) -> None:
    longest, beats = refreshed(qtbot, world, place, seconds)
    assert longest < LONGEST_STOP
    assert beats > 30
    titles = {f"Leaf {number}" for number in range(len(CORPUS))}
    with world.ctx.store.read() as work:
        found = {work.articles.get(each).title for each in article_ids(world.ctx, Shelf())}
    assert titles <= found

    def refused() -> int:
        return sum(bool(line.sentence) for line in place.feed_pane.list.lines())

    qtbot.waitUntil(lambda: refused() >= len(SLOW))  # the list follows a little later


def test_the_window_goes_on_and_the_next_feed_is_read(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    world.ctx.parser._deadline = 1.0
    assert_went_on(qtbot, world, place, 60)


@pytest.mark.long
def test_with_the_deadline_that_feeds_really_have(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    assert_went_on(qtbot, world, place, 110)


def test_a_window_that_stops_would_be_noticed(qtbot: QtBot) -> None:
    pulse = Pulse()
    qtbot.wait(100)
    time.sleep(0.6)
    qtbot.wait(50)
    assert pulse.stop() > LONGEST_STOP
