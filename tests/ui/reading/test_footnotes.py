"""Footnotes: their words beside the mark, by the mouse and by the keyboard; down to them, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.sources.sanitize import prepare
from pln.ui.reading.footnotes import LONGEST, note_text
from pln.ui.reading.page_view import PageView
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.typeset import page_html
from pln.ui.theme import Theme
from store_fixtures import NOW, entry_of
from ui.reading.filled import World, fill
from ui.reading.test_keys import key

LONG = "".join(f"<p>The tide went out and came back, as it does, for the {n}th time.</p>" for n in range(60))
PANDOC = (
    '<p>Tea<a href="#fn1" id="fnref1"><sup>1</sup></a> and cake<a href="#fn2" id="fnref2"><sup>2</sup></a>.</p>'
    f'{LONG}<section><ol><li id="fn1"><p>Green, <b>not</b> black. <a href="#fnref1">\u21a9\ufe0e</a></p></li>'
    '<li id="fn2"><p>With &lt;plums&gt; &amp; more.</p><p>Second paragraph.'
    '<a href="#fnref2">\u21a9</a></p></li></ol></section>'
)
SUBSTACK = (
    '<p>Tea<a id="footnote-anchor-1" href="#footnote-1">1</a></p>'
    '<div><a id="footnote-1" href="#footnote-anchor-1">1</a><div><p>Green.</p></div></div><p>Afterwards</p>'
)
INLINE = '<p>Tea [<a href="#n">3</a>]</p><p><a name="n" href="#top">[3]</a> Green tea.<br>Truly.</p><p>Next</p>'
STAR = '<p>Tea<a href="#s">*</a></p><p id="s">* Green tea.</p>'
EMPTY_PLACE = '<p>Tea<a href="#e"><sup>a</sup></a></p><p><a id="e"></a></p><p>Green tea.</p><p>Next</p>'


@pytest.mark.parametrize(
    ("html", "name", "words"),
    [
        (PANDOC, "fn1", "Green, not black."),
        (PANDOC, "fn2", "With <plums> & more. Second paragraph."),
        (SUBSTACK, "footnote-1", "Green."),
        (INLINE, "n", "Green tea. Truly."),
        (STAR, "s", "Green tea."),
        (EMPTY_PLACE, "e", "Green tea."),
    ],
)
def test_what_a_note_says(html: str, name: str, words: str) -> None:
    clean = prepare(html, "https://tea.example/1").html
    assert note_text(page_html("Title", "", clean), f"in-{name}") == words


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (PANDOC, "fnref1"),
        (SUBSTACK, "footnote-anchor-1"),
        ('<p><a href="#tea">Of tea and cake</a></p><h2 id="tea">Of tea and cake</h2><p>Green.</p>', "tea"),
        ("<p>Nothing</p>", "fn1"),
        ('<p><a href="#empty">1</a></p><p id="empty"></p>', "empty"),
    ],
)
def test_ways_back_and_contents_are_no_notes(html: str, name: str) -> None:
    clean = prepare(html, "https://tea.example/1").html
    assert note_text(page_html("Title", "", clean), f"in-{name}") == ""


def test_a_giant_note_is_cut_and_a_broken_page_does_no_harm() -> None:
    giant = prepare(f'<p><a href="#g">1</a></p><p id="g">{"leaf " * 5000}', "").html
    found = note_text(giant, "in-g")
    assert len(found) <= LONGEST + 1 and found.endswith("…")
    assert note_text('<a href="#in-x">1</a><p id="in-x">never closed', "in-x") == "never closed"


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    made = PageView("Article")
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_page(page_html("Tea", "", prepare(PANDOC, "https://tea.example/1").html))
    made.finish()
    yield made


def over(view: PageView, mark: str) -> QPoint:
    """The middle of a mark in the text."""
    cursor = QTextCursor(view.document().find(mark))
    right = view.cursorRect(cursor)
    cursor.setPosition(cursor.selectionStart())
    return (view.cursorRect(cursor).center() + right.center()) / 2


def test_pointing_at_a_mark_shows_the_note(qtbot: QtBot, view: PageView) -> None:
    notes = view.footnotes
    qtbot.mouseMove(view.viewport(), over(view, "1"))
    qtbot.waitUntil(notes.tip.isVisible)
    assert notes.words.text() == "Green, not black."
    assert view.viewport().rect().contains(notes.tip.geometry())
    assert not notes.tip.geometry().contains(over(view, "1"))
    qtbot.mouseMove(view.viewport(), over(view, "tide"))
    qtbot.waitUntil(lambda: not notes.tip.isVisible())


def test_the_words_of_a_note_are_plain(qtbot: QtBot, view: PageView) -> None:
    qtbot.mouseMove(view.viewport(), over(view, "2"))
    qtbot.waitUntil(view.footnotes.tip.isVisible)
    assert view.footnotes.words.text().startswith("With <plums> & more.")
    assert view.footnotes.words.textFormat() is Qt.TextFormat.PlainText


def test_a_mark_that_has_the_focus_shows_its_note(qtbot: QtBot, view: PageView) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.waitUntil(view.footnotes.tip.isVisible)
    assert view.footnotes.words.text() == "Green, not black."
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: view.footnotes.words.text().startswith("With"))
    view.verticalScrollBar().setValue(40)
    assert not view.footnotes.tip.isVisible()


def test_a_click_goes_down_and_there_is_a_way_back(qtbot: QtBot, view: PageView) -> None:
    notes, bar = view.footnotes, view.verticalScrollBar()
    bar.setValue(3)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=over(view, "1"))
    assert bar.value() > 500
    assert notes.back.isVisible() and view.rect().contains(notes.back.geometry())
    notes.back.click()
    assert bar.value() == 3
    assert notes.back.isHidden()
    assert not notes.go_back()


def test_the_articles_own_way_back_ends_ours(qtbot: QtBot, view: PageView) -> None:
    view.note.emit("in-fn2")
    assert view.footnotes.back.isVisible()
    view.note.emit("in-fnref2")
    assert view.footnotes.back.isHidden()
    view.note.emit("in-fn2")
    view.show_page(page_html("Another", "", LONG))
    assert view.footnotes.back.isHidden()


def test_escape_goes_back_in_the_place(qtbot: QtBot, world: World, reading: Callable[[], ReadingPlace]) -> None:
    feed = fill(world.ctx)["edges"]
    html = prepare(PANDOC, "https://edges.example/n").html
    with world.ctx.write("") as work:
        work.articles.take_in(feed, [entry_of("n", title="Notes", html=html, text="Tea", published=NOW)])
    place = reading()
    key(qtbot, Qt.Key.Key_J)
    view = place.desk.view.view
    view.note.emit("in-fn1")
    assert view.verticalScrollBar().value() > 500
    view.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is view)
    key(qtbot, Qt.Key.Key_Escape)
    assert view.verticalScrollBar().value() == 0
