"""What news cost the window while they come in: nothing is measured or read that nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer
from pln.services.reading import Shelf
from pln.ui.place import PlaceId
from pln.ui.reading.feed_delegate import FeedDelegate
from pln.ui.reading.feed_list import FeedList
from pln.ui.reading.feed_model import LINE
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.shelves import Kind, Line
from pln.ui.theme import Theme
from ui.reading.filled import World


class Counting(FeedDelegate):
    """Counts the lines that were measured."""

    measured = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.measured += 1
        return super().sizeHint(option, index)


def test_new_counts_measure_no_line_anew(qtbot: QtBot, theme: Theme) -> None:
    feeds, delegate = FeedList("Feeds"), Counting()
    qtbot.addWidget(feeds)
    feeds.setItemDelegate(delegate)
    lines = [Line(kind=Kind.FEED, text=f"Feed {each}", shelf=Shelf(feed_id=each)) for each in range(300)]
    feeds.set_lines(lines)
    feeds.resize(200, 400)
    feeds.show()
    qtbot.waitExposed(feeds)
    assert delegate.measured >= 300
    delegate.measured = 0
    feeds.set_lines([replace(line, count=7) for line in lines])
    feeds.choose(Shelf(feed_id=3))
    feeds.grab()
    assert delegate.measured < 100  # those in sight, drawn
    assert feeds.model().index(299, 0).data(LINE).count == 7


def test_only_lines_whose_count_changed_are_drawn(qtbot: QtBot, theme: Theme) -> None:
    feeds = FeedList("Feeds")
    qtbot.addWidget(feeds)
    feeds.resize(200, 400)
    lines = [Line(kind=Kind.FEED, text=f"Feed {each}", shelf=Shelf(feed_id=each)) for each in range(300)]
    feeds.set_lines(lines)
    told: list[tuple[int, int]] = []
    feeds.model().dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    feeds.set_lines([replace(line, count=7) if number in (3, 200) else line for number, line in enumerate(lines)])
    assert told == [(3, 3), (200, 200)]


def test_news_leave_the_feeds_where_they_were_scrolled_to(qtbot: QtBot, theme: Theme) -> None:
    feeds = FeedList("Feeds")
    qtbot.addWidget(feeds)
    feeds.resize(200, 400)
    feeds.show()
    qtbot.waitExposed(feeds)
    lines = [Line(kind=Kind.FEED, text=f"Feed {each}", shelf=Shelf(feed_id=each)) for each in range(300)]
    feeds.set_lines(lines)
    feeds.choose(Shelf(feed_id=2))
    bar = feeds.verticalScrollBar()
    bar.setValue(bar.maximum())
    feeds.set_lines([replace(line, count=7) for line in lines])
    assert feeds.choose(Shelf(feed_id=2))
    assert bar.value() == bar.maximum()
    assert feeds.chosen() is not None and feeds.chosen().count == 7


def test_lines_that_moved_are_measured(qtbot: QtBot, theme: Theme) -> None:
    feeds = FeedList("Feeds")
    qtbot.addWidget(feeds)
    feeds.resize(200, 400)
    feeds.show()
    first = Line(kind=Kind.FEED, text="A", shelf=Shelf(feed_id=1))
    feeds.set_lines([first])
    feeds.set_lines([Line(kind=Kind.LABEL, text="Feeds"), first])
    below = feeds.visualRect(feeds.model().index(1, 0))
    assert below.top() == feeds.visualRect(feeds.model().index(0, 0)).height() > below.height()


def test_out_of_sight_nothing_is_read_until_it_is_seen(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]],
    reading: Callable[[], ReadingPlace],
) -> None:  # fmt: skip
    server.routes["/a"] = rss(item(1), title="A")
    subscribed("/a")
    from pln.services.refreshing import refresh_feeds

    refresh_feeds(world.ctx)
    place = reading()
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 1)
    world.window.go(PlaceId.TODAY)
    server.routes["/a"] = rss(item(1), item(2), title="A")
    with qtbot.waitSignal(place.refresher.ended, timeout=20_000):
        place.refresh_feeds()
    qtbot.wait(600)  # longer than between two readings of the lists
    qtbot.waitUntil(lambda: world.program.tasks.idle)
    qtbot.wait(50)
    assert len(place.articles.ids()) == 1
    world.window.go(PlaceId.READING)
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 2)
