"""Highlights with the keyboard alone: words selected, kept, asked about, written to a file from the palette."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.highlight import HighlightKind
from pln.services.highlights import Which, get_highlight, highlight_ids
from pln.ui.commands import CommandId
from pln.ui.reading.highlight_dialog import HighlightDialog
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.shelves import HIGHLIGHTS
from ui.reading.filled import World, fill

PLAIN = Qt.KeyboardModifier.NoModifier
WORD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(world: World, reading: Callable[[], ReadingPlace]) -> ReadingPlace:
    """With the first article open."""
    fill(world.ctx)
    made = reading()
    made.articles.choose(made.articles.ids()[0])
    return made


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, held)


def select_three_words(qtbot: QtBot, place: ReadingPlace) -> None:
    """The first of the second line, below the title."""
    press(qtbot, Qt.Key.Key_F7)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Home)
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Right, WORD)
    assert len(place.desk.view.selected_text().split()) == 3


def test_words_are_selected_and_kept(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    opened = place.desk.open_id
    select_three_words(qtbot, place)
    words = place.desk.view.selected_text().strip()
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: len(highlight_ids(world.ctx, Which())) == 1)
    assert get_highlight(world.ctx, highlight_ids(world.ctx, Which())[0]).quote.strip() == words
    press(qtbot, Qt.Key.Key_Escape)
    assert not place.desk.view.caret.on and place.desk.open_id == opened
    press(qtbot, Qt.Key.Key_J)
    assert place.desk.open_id != opened, "the keys of the place go on working"


def test_the_cursor_begins_in_sight_of_every_page(qtbot: QtBot, place: ReadingPlace) -> None:
    view = place.desk.view.view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place.marker.turn_caret()
    before = bar.value()
    assert before > 0 and 0 <= view.cursorRect().top() < view.viewport().height() // 3
    press(qtbot, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: 0 <= view.cursorRect().top() < view.viewport().height() // 3)
    place.marker.turn_caret()
    assert not place.desk.view.caret.on


def test_a_lesson_and_a_question_from_the_palette(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    select_three_words(qtbot, place)
    world.registry.run(CommandId.READING_LESSON)
    qtbot.waitUntil(lambda: len(highlight_ids(world.ctx, Which(kind=HighlightKind.LESSON))) == 1)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Left, WORD)
    world.registry.run(CommandId.READING_QUESTION)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HighlightDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HighlightDialog)
    assert dialog.kind.current() == HighlightKind.QUESTION.value and not dialog.whom.isHidden()
    dialog.accept()


def test_all_are_copied_while_articles_are_listed(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    world.registry.run(CommandId.READING_HIGHLIGHTS_COPY)
    assert "There is no highlight yet." in world.window.toasts.texts()
    select_three_words(qtbot, place)
    words = place.desk.view.selected_text().strip()
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: len(highlight_ids(world.ctx, Which())) == 1)
    world.registry.run(CommandId.READING_HIGHLIGHTS_COPY)
    qtbot.waitUntil(lambda: words in QGuiApplication.clipboard().text())
    QGuiApplication.clipboard().clear()
    qtbot.waitUntil(lambda: any(each.shelf == HIGHLIGHTS for each in place.feed_pane.list.lines()))
    line = next(each for each in place.feed_pane.list.lines() if each.shelf == HIGHLIGHTS)
    menu = place.feed_menu.show_for(line, QPoint(0, 0))
    assert [each.text() for each in menu.actions()] == ["Write them to a file (Markdown)…", "Copy them as Markdown"]
    menu.close()
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: words in QGuiApplication.clipboard().text())
    QGuiApplication.clipboard().clear()
