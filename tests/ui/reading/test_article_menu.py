"""The menu of an article in the list: with the right mouse button, without opening what is unread."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pln.services.reading import Shelf, article_ids, get_article
from pln.ui.reading.place import ReadingPlace
from ui.reading.filled import World, fill


@pytest.fixture
def place(world: World, reading: Callable[[], ReadingPlace]) -> ReadingPlace:
    fill(world.ctx)
    made = reading()
    made.articles.choose(made.articles.ids()[0])
    return made


def ask(qtbot: QtBot, place: ReadingPlace, record: int) -> QMenu:
    """Press the right button on an article, as a user would."""
    number = place.articles.ids().index(record)
    spot = place.articles.visualRect(place.articles.model().index(number, 0)).center()
    qtbot.mouseClick(place.articles.viewport(), Qt.MouseButton.RightButton, pos=spot)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, place.articles.viewport().mapToGlobal(spot))
    QApplication.sendEvent(place.articles.viewport(), asked)
    return shown()


def shown() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def press(menu: QMenu, words: str) -> None:
    found = next(each for each in menu.actions() if each.text() == words)
    menu.close()
    found.trigger()


def test_to_ask_opens_nothing(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    first, second = place.articles.ids()[:2]
    menu = ask(qtbot, place, second)
    assert place.desk.open_id == first and place.articles.chosen_id() == first
    press(menu, "Save with a star")
    qtbot.waitUntil(lambda: get_article(world.ctx, second).starred_at is not None)
    assert get_article(world.ctx, second).read_at is None
    qtbot.waitUntil(lambda: (row := place.articles.row(second)) is not None and row.starred)
    press(ask(qtbot, place, second), "Take the star away")
    qtbot.waitUntil(lambda: get_article(world.ctx, second).starred_at is None)
    assert get_article(world.ctx, first).starred_at is None


def test_later_and_read_of_one_that_is_not_open(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    second = place.articles.ids()[1]
    press(ask(qtbot, place, second), "Read later")
    qtbot.waitUntil(lambda: get_article(world.ctx, second).later_at is not None)
    press(ask(qtbot, place, second), "Mark read")
    qtbot.waitUntil(lambda: get_article(world.ctx, second).read_at is not None)
    assert second in place.articles.ids()
    press(ask(qtbot, place, second), "Keep unread")
    qtbot.waitUntil(lambda: get_article(world.ctx, second).read_at is None)


def test_removed_and_brought_back_while_another_stays_open(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    first, second = place.articles.ids()[:2]
    press(ask(qtbot, place, second), "Remove the article")
    qtbot.waitUntil(lambda: second not in place.articles.ids())
    assert place.desk.open_id == first
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: second in place.articles.ids())


def test_all_below_one_that_is_not_open(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    ids = place.articles.ids()
    press(ask(qtbot, place, ids[2]), "Mark all below this one read")
    qtbot.waitUntil(lambda: set(article_ids(world.ctx, Shelf(unread=True))) == {ids[1], ids[2]})


def test_by_key_of_the_chosen_one(place: ReadingPlace) -> None:
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(-1, -1), QPoint(-1, -1))
    QApplication.sendEvent(place.articles.viewport(), asked)
    menu = shown()
    assert "Keep unread" in [each.text() for each in menu.actions()], "the chosen one is open, and so read"
    menu.close()


def test_by_shift_f10_where_there_is_no_menu_key(qtbot: QtBot, place: ReadingPlace) -> None:
    place.articles.setFocus()
    qtbot.keyClick(place.articles, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = shown()
    assert "Keep unread" in [each.text() for each in menu.actions()]
    menu.close()
    place.feed_pane.list.setFocus()
    qtbot.keyClick(place.feed_pane.list, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = shown()
    assert [each.text() for each in menu.actions()] == ["Mark all read", "List the oldest first"], "of Unread"
    menu.close()
