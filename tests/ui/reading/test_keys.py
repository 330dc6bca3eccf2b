"""Through a shelf of two hundred articles, fetched from a real server, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from feed_documents import rss
from feed_server import FeedServer
from pln.services.context import Context
from pln.services.reading import Shelf, get_article
from pln.ui.reading.add_dialog import AddFeedDialog
from pln.ui.reading.place import ReadingPlace
from ui.reading.filled import World, fill

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
Go = Callable[[], ReadingPlace]


def document(feed: int, count: int = 50, words: int = 80) -> bytes:
    items = []
    for number in range(count):
        day = format_datetime(START - timedelta(minutes=number * 4 + feed))
        body = f"&lt;p&gt;{'one two three four five six seven eight nine ten ' * words}&lt;/p&gt;"
        items.append(
            f"<item><title>Feed {feed} leaf {number}</title><guid>{feed}-{number}</guid><link>https://tea.example/{feed}/{number}"
            f"</link><pubDate>{day}</pubDate><description>{body}</description></item>"
        )
    return rss(*items, title=f"Feed {feed}")


def key(qtbot: QtBot, wanted: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is, as a user would."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, wanted, *modifiers)


def unread(ctx: Context) -> set[int]:
    with ctx.store.read() as work:
        return set(work.articles.ids(Shelf(unread=True)))


@pytest.fixture
def shelf(qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]]) -> ReadingPlace:
    """Four feeds of fifty articles, refreshed with F5."""
    server.routes.update({f"/{number}": document(number) for number in range(4)})
    subscribed(*(f"/{number}" for number in range(4)))
    place = begin(qtbot, world)
    key(qtbot, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 200 and not place.refresher.busy, timeout=30_000)
    return place


def begin(qtbot: QtBot, world: World) -> ReadingPlace:
    from pln.ui.place import PlaceId

    world.begin()
    world.window.resize(1360, 860)
    world.window.show()
    qtbot.waitExposed(world.window)
    place = world.window.go(PlaceId.READING)
    assert isinstance(place, ReadingPlace)
    qtbot.waitUntil(lambda: len(place.feed_pane.list.lines()) > 3)
    place.focus_first()
    return place


def test_two_hundred_articles_by_keyboard(qtbot: QtBot, world: World, server: FeedServer, shelf: ReadingPlace) -> None:
    asked = sum(server.counts.values())
    ids = shelf.articles.ids()
    key(qtbot, Qt.Key.Key_J)
    assert shelf.desk.open_id == ids[0]
    for _ in range(49):
        key(qtbot, Qt.Key.Key_J)
    key(qtbot, Qt.Key.Key_K)
    assert shelf.desk.open_id == ids[48]
    key(qtbot, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: get_article(world.ctx, ids[48]).starred_at is not None)
    qtbot.waitUntil(lambda: len(unread(world.ctx)) == 150)
    key(qtbot, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: ids[48] in unread(world.ctx))
    key(qtbot, Qt.Key.Key_N)
    assert shelf.desk.open_id == ids[50], "49 was read, so the next unread one is the one below it"
    qtbot.waitUntil(lambda: unread(world.ctx) == {ids[48], *ids[51:]})
    assert shelf.articles.ids() == ids, "what was read stays in the list until another shelf is chosen"
    assert sum(server.counts.values()) == asked, "reading asks nobody for anything"


def test_read_articles_leave_the_unread_shelf_when_it_is_chosen_anew(qtbot: QtBot, shelf: ReadingPlace) -> None:
    first = shelf.articles.ids()[0]
    key(qtbot, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: shelf.feed_pane.list.lines()[0].count == 199)
    assert first in shelf.articles.ids()
    shelf.choose_shelf(Shelf(starred=True))
    qtbot.waitUntil(lambda: shelf.articles.ids() == ())
    shelf.choose_shelf(Shelf(unread=True))
    qtbot.waitUntil(lambda: len(shelf.articles.ids()) == 199)
    assert first not in shelf.articles.ids()


def test_all_read_and_back(qtbot: QtBot, world: World, shelf: ReadingPlace) -> None:
    before = unread(world.ctx)
    key(qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: unread(world.ctx) == set())
    qtbot.waitUntil(lambda: shelf.feed_pane.list.lines()[0].count == 0)
    assert len(shelf.articles.ids()) == 200
    qtbot.waitUntil(lambda: "200 marked read" in world.window.toasts.texts())
    key(qtbot, Qt.Key.Key_N)
    assert "Everything here is read." in world.window.toasts.texts()
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: unread(world.ctx) == before)
    qtbot.waitUntil(lambda: shelf.feed_pane.list.lines()[0].count == 200 and len(shelf.desk.unread) == 200)


def test_n_goes_on_to_the_next_feed(qtbot: QtBot, world: World, shelf: ReadingPlace) -> None:
    feeds = [line.shelf for line in shelf.feed_pane.list.lines() if line.feed is not None]
    assert feeds[1] is not None and feeds[2] is not None
    shelf.choose_shelf(feeds[1])
    qtbot.waitUntil(lambda: len(shelf.articles.ids()) == 50)
    shelf.mark_all_read()
    qtbot.waitUntil(lambda: len(unread(world.ctx)) == 150)
    shelf.articles.setFocus()
    key(qtbot, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: shelf.shelf == feeds[2] and shelf.desk.open_id == shelf.articles.ids()[0])


def test_space_reads_on_then_opens_the_next(qtbot: QtBot, shelf: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_Space)
    ids, page = shelf.articles.ids(), shelf.desk.view.view
    assert shelf.desk.open_id == ids[0]
    key(qtbot, Qt.Key.Key_Space)
    assert shelf.desk.open_id == ids[0] and page.verticalScrollBar().value() > 0
    for _ in range(40):
        if shelf.desk.open_id != ids[0]:
            break
        key(qtbot, Qt.Key.Key_Space)
    assert shelf.desk.open_id == ids[1] and page.verticalScrollBar().value() == 0


def test_an_article_is_resumed_where_it_was_left(qtbot: QtBot, shelf: ReadingPlace) -> None:
    page = shelf.desk.view.view
    key(qtbot, Qt.Key.Key_J)
    page.document().size()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
    where = page.position()
    key(qtbot, Qt.Key.Key_J)
    assert page.position() == 0
    key(qtbot, Qt.Key.Key_K)
    assert page.position() == pytest.approx(where, abs=0.02)


def test_a_button_is_pressed_by_space(qtbot: QtBot, world: World, shelf: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    first = shelf.articles.ids()[0]
    shelf.desk.view._star.setFocus(Qt.FocusReason.TabFocusReason)
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: get_article(world.ctx, first).starred_at is not None)
    assert shelf.desk.open_id == first


def test_find_in_the_list_and_back(qtbot: QtBot, shelf: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_Slash)
    assert shelf.article_pane.field.hasFocus()
    qtbot.keyClicks(shelf.article_pane.field, "leaf 17")
    qtbot.waitUntil(lambda: len(shelf.articles.ids()) == 4)
    key(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shelf.articles.ids()) == 200)
    key(qtbot, Qt.Key.Key_Escape)
    assert shelf.article_pane.field.isHidden() or not shelf.article_pane.field.isVisible()
    assert shelf.articles.hasFocus()


def test_o_opens_outside(qtbot: QtBot, world: World, shelf: ReadingPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(world.program, "open_link", opened.append)
    key(qtbot, Qt.Key.Key_J)
    key(qtbot, Qt.Key.Key_O)
    assert opened == ["https://tea.example/0/0"]


def test_letters_are_typed_in_fields(qtbot: QtBot, world: World, reading: Go) -> None:
    fill(world.ctx)
    place = reading()
    key(qtbot, Qt.Key.Key_A)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AddFeedDialog)
    qtbot.waitUntil(dialog.address.hasFocus)
    qtbot.keyClicks(dialog.address, "jkns")
    assert dialog.address.text() == "jkns" and place.desk.open_id is None
    dialog.reject()
