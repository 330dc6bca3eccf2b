"""Stretches of the page: their places in its text, what is tinted, what is clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from pln.ui.reading.page_view import PageView
from pln.ui.reading.typeset import page_html
from pln.ui.theme import Theme

BODY = "<p>Twelve mentors 🌍 wrote down one question a week.</p>" + "<p>And then they waited. </p>" * 80


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    made = PageView("Article")
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_page(page_html("A title", "", BODY))
    yield made


def place_of(view: PageView, words: str) -> tuple[int, int]:
    return view.page_text().index(words), len(words)


def select(view: PageView, words: str) -> QTextCursor:
    cursor = view.document().find(words)
    view.setTextCursor(cursor)
    return cursor


@pytest.mark.parametrize("words", ["Twelve", "mentors 🌍 wrote", "one question", "they waited"])
def test_what_is_selected_has_its_place_in_the_text(view: PageView, words: str) -> None:
    select(view, words)
    start, length = view.selected_text_range()
    assert view.page_text()[start : start + length] == words


def test_nothing_selected_has_no_length(view: PageView) -> None:
    assert view.selected_text_range()[1] == 0


@pytest.mark.parametrize("words", ["mentors 🌍", "question a week"])
def test_a_tinted_stretch_covers_its_words(view: PageView, words: str) -> None:
    start, length = place_of(view, words)
    view.show_ranges([(7, start, length, "amber_soft")])
    (tinted,) = view.extraSelections()
    assert tinted.cursor.selectedText() == words
    assert tinted.format.background().color().name() == "#f8eedb"


def test_a_click_tells_which_and_only_there(qtbot: QtBot, view: PageView) -> None:
    start, length = place_of(view, "question")
    view.show_ranges([(7, start, length, "amber_soft"), (8, start - 10, length + 30, "amber_soft")])
    inside = view.cursorRect(view.document().find("uestion")).center() - QPoint(20, 0)
    with qtbot.waitSignal(view.range_clicked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert told.args == [7]
    elsewhere = view.cursorRect(view.document().find("Twelve")).center() - QPoint(20, 0)
    with qtbot.assertNotEmitted(view.range_clicked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=elsewhere)


def test_a_stretch_far_below_is_brought_into_sight(view: PageView) -> None:
    last = view.page_text().rindex("waited")
    view.show_ranges([(1, last, 6, "amber_soft")])
    assert view.scroll_to_range(1) and view.verticalScrollBar().value() > 500
    assert not view.scroll_to_range(2)


def test_another_page_has_no_tint_and_the_same_page_anew_keeps_its_own(view: PageView) -> None:
    view.show_ranges([(1, *place_of(view, "mentors"), "amber_soft")])
    view._build_anew()
    assert [each.cursor.selectedText() for each in view.extraSelections()] == ["mentors"]
    view.show_page(page_html("Another", "", BODY))
    assert view.extraSelections() == []
