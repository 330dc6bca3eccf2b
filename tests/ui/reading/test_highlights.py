"""Highlights in the window: made from a selection, shown, opened, listed, taken back, carried on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.highlight import HighlightKind
from pln.model.journal import Entry
from pln.services.highlights import Which, get_highlight, highlight_ids, highlights_of
from pln.ui.commands import CommandId
from pln.ui.reading.highlight_bar import HighlightBar
from pln.ui.reading.highlight_dialog import HighlightDialog
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.shelves import HIGHLIGHTS, UNREAD
from pln.ui.widgets.person_picker import Picked
from ui.reading.filled import World, fill

QUOTE = "Most of what changed my mind last year came from someone I had spoken to twice."


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    return fill(world.ctx)


@pytest.fixture
def place(ids: dict[str, int], reading: Callable[[], ReadingPlace], qtbot: QtBot) -> ReadingPlace:
    """With the first article open."""
    made = reading()
    made.articles.choose(made.articles.ids()[0])
    return made


def select(place: ReadingPlace, words: str = QUOTE) -> None:
    found = place.desk.view.view.document().find(words)
    assert not found.isNull()
    place.desk.view.view.setTextCursor(found)


def key(qtbot: QtBot, place: ReadingPlace, pressed: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(place.desk.view.view, pressed, held)


def mark(qtbot: QtBot, place: ReadingPlace, words: str = QUOTE) -> int:
    """By key; until it is tinted in the page."""
    select(place, words)
    place.desk.view.view.setFocus()
    key(qtbot, place, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: any(each.quote == words for each, _ in place.marker.placed.found))
    return next(each.id for each, _ in place.marker.placed.found if each.quote == words)


def tinted(place: ReadingPlace) -> list[str]:
    return [each.cursor.selectedText() for each in place.desk.view.view.extraSelections()]  # type: ignore[attr-defined]


def dialog(qtbot: QtBot, world: World) -> HighlightDialog:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in world.window.findChildren(HighlightDialog)))
    return next(each for each in world.window.findChildren(HighlightDialog) if each.isVisible())


def test_h_highlights_what_is_selected(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place)
    assert tinted(place) == [QUOTE]
    assert not place.desk.view.view.textCursor().hasSelection()
    stored = get_highlight(world.ctx, record)
    article = place.desk.view.page.article  # type: ignore[union-attr]
    assert stored.article_id == article.id and article.text[stored.start :].startswith(QUOTE)


def test_without_a_selection_nothing_is_written(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    place.desk.view.view.setFocus()
    key(qtbot, place, Qt.Key.Key_H)
    assert highlight_ids(world.ctx, Which()) == ()


def test_it_is_there_when_the_article_is_opened_again(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    mark(qtbot, place)
    place.step(1)
    qtbot.waitUntil(lambda: tinted(place) == [])
    place.step(-1)
    qtbot.waitUntil(lambda: tinted(place) == [QUOTE])


def test_a_note_stands_in_the_margin_and_in_a_tooltip(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    select(place)
    place.desk.view.view.setFocus()
    key(qtbot, place, Qt.Key.Key_H, shift=True)
    opened = dialog(qtbot, world)
    assert opened.note.hasFocus()
    qtbot.keyClicks(opened.note, "True of <b>Accra</b>")
    qtbot.keyClick(opened.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.accept()
    qtbot.waitUntil(lambda: bool(place.marker.notes._notes))
    (_, _, note) = place.marker.notes._notes[0]
    assert note.isHidden()  # the margin is narrow here
    world.window.resize(1900, 900)
    qtbot.waitUntil(lambda: note.isVisible())
    assert note.text() == "True of <b>Accra</b>" and note.textFormat() is Qt.TextFormat.PlainText
    assert not note.geometry().intersects(place.desk.view.view.cursorRect())
    tip(place)
    qtbot.waitUntil(lambda: "&lt;b&gt;Accra" in QToolTip.text())
    QToolTip.hideText()


def tip(place: ReadingPlace) -> None:
    at = middle(place)
    view = place.desk.view.view
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))


def middle(place: ReadingPlace) -> QPoint:
    view = place.desk.view.view
    cursor = view.document().find("changed my mind")
    start = QTextCursor(cursor)
    start.setPosition(cursor.selectionStart() + 4)
    return view.cursorRect(start).center()


def test_a_click_opens_it_and_it_becomes_a_question_for_somebody(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int]
) -> None:
    record = mark(qtbot, place)
    qtbot.mouseClick(place.desk.view.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(place))
    opened = dialog(qtbot, world)
    assert opened.whom.isHidden()
    opened.kind.set_current(HighlightKind.QUESTION.value)
    opened._show_person()
    assert opened.whom.isVisible()
    opened.picker.set_people([Picked(ids["Anna Lindqvist"], "Anna Lindqvist")])
    opened.accept()
    qtbot.waitUntil(lambda: get_highlight(world.ctx, record).person_id == ids["Anna Lindqvist"])
    assert get_highlight(world.ctx, record).kind is HighlightKind.QUESTION


def test_removing_is_taken_back(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place)
    place.marker.edit(record)
    dialog(qtbot, world)._remove()
    qtbot.waitUntil(lambda: tinted(place) == [])
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: tinted(place) == [QUOTE])


def test_what_was_typed_is_kept_when_the_window_is_locked(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place)
    place.marker.edit(record)
    opened = dialog(qtbot, world)
    opened.note.insertPlainText("half a thought")
    assert opened.settle() is None
    assert get_highlight(world.ctx, record).note == "half a thought"
    opened.reject()


def test_the_bar_comes_with_a_selection_and_marks_a_lesson(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    bar = place.marker.bar
    assert isinstance(bar, HighlightBar) and bar.isHidden()
    select(place)
    qtbot.waitUntil(lambda: bar.isVisible())
    view = place.desk.view.view.viewport()
    assert view.rect().contains(bar.geometry())
    buttons = [each for each in bar.children() if getattr(each, "text", lambda: "")() == "Learned"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(place.marker.placed.found))
    assert place.marker.placed.found[0][0].kind is HighlightKind.LESSON
    assert bar.isHidden()


def test_all_are_listed_and_open_at_their_place(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int]
) -> None:
    assert HIGHLIGHTS not in [line.shelf for line in place.feed_pane.list.lines()]
    first = mark(qtbot, place, "None of it was luck, exactly.")
    second = mark(qtbot, place, "ask(week.question)")
    article = place.desk.open_id
    qtbot.waitUntil(lambda: HIGHLIGHTS in [line.shelf for line in place.feed_pane.list.lines()])
    place.step(1)
    assert place.desk.open_id != article
    world.registry.run(CommandId.READING_HIGHLIGHTS)
    qtbot.waitUntil(lambda: list(place.highlight_pane.list.ids()) == [second, first])
    assert place.highlight_pane.isVisible() and not place.articles.isVisible()
    place.step(1)
    place.step(1)
    assert place.highlight_pane.list.chosen_id() == first
    qtbot.waitUntil(lambda: place.desk.open_id == article and len(tinted(place)) == 2)
    view = place.desk.view.view
    cursor = view.ranges.cursor(first)
    assert cursor is not None
    cursor.setPosition(cursor.selectionStart())
    qtbot.waitUntil(lambda: 0 <= view.cursorRect(cursor).top() <= view.viewport().height())
    place.choose_shelf(UNREAD)
    qtbot.waitUntil(lambda: place.highlight_pane.isHidden() and place.articles.isVisible())


def test_they_are_found_by_their_words(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    mark(qtbot, place)
    other = mark(qtbot, place, "None of it was luck, exactly.")
    place.show_highlights()
    place.highlight_pane.field.setText("luck")
    qtbot.waitUntil(lambda: list(place.highlight_pane.list.ids()) == [other])
    place.highlight_pane.field.setText("nowhere at all")
    qtbot.waitUntil(lambda: not place.highlight_pane.list.ids() and place.highlight_pane._nothing.isVisible())


def test_a_hit_of_the_search_opens_it(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place, "None of it was luck, exactly.")
    article = place.desk.open_id
    place.step(1)
    place.open_record(Ref(Noun.HIGHLIGHT, record))
    qtbot.waitUntil(lambda: place.desk.open_id == article and place.highlight_pane.list.chosen_id() == record)


def test_delete_removes_the_last_one_and_the_list_closes(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place)
    place.show_highlights()
    qtbot.waitUntil(lambda: list(place.highlight_pane.list.ids()) == [record])
    place.highlight_pane.list.choose(record)
    qtbot.keyClick(place.highlight_pane.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.shelf == UNREAD and place.articles.isVisible())
    assert highlight_ids(world.ctx, Which()) == ()


def test_words_that_no_longer_stand_there_stay_in_the_list(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = mark(qtbot, place)
    article = place.desk.open_id
    assert article is not None
    with world.ctx.write("") as work:
        work.people.connection.exec_driver_sql(
            "UPDATE article_body SET html = '<p>It says something else now.</p>' WHERE article_id = ?", (article,)
        )
    place.step(1)
    place.open_record(Ref(Noun.HIGHLIGHT, record))
    qtbot.waitUntil(lambda: [each.id for each in place.marker.placed.lost] == [record])
    assert tinted(place) == [] and list(place.highlight_pane.list.ids()) == [record]


def test_they_are_copied_and_written_as_markdown(
    qtbot: QtBot, world: World, place: ReadingPlace, tmp_path: Path
) -> None:
    mark(qtbot, place)
    place.show_highlights()
    qtbot.waitUntil(lambda: len(place.highlight_pane.list.ids()) == 1)
    place.highlight_pane.copy()
    qtbot.waitUntil(lambda: f"> {QUOTE}" in QGuiApplication.clipboard().text())
    assert "https://edges.example/0" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    from pln.ui.reading.highlight_files import _save

    assert world.program is not None
    _save(world.program, tuple(place.highlight_pane.list.ids()), tmp_path / "mine.md")
    qtbot.waitUntil(lambda: (tmp_path / "mine.md").exists() and f"> {QUOTE}" in (tmp_path / "mine.md").read_text())


def test_writing_about_it_begins_an_entry(
    qtbot: QtBot, world: World, place: ReadingPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Entry] = []
    monkeypatch.setattr(world.program, "write_entry", begun.append)
    record = mark(qtbot, place)
    place.marker.edit(record)
    opened = dialog(qtbot, world)
    opened.note.insertPlainText("and so on")
    opened._write_about()
    assert begun[0].body.startswith(f"> {QUOTE}") and "@Elin Berg" in begun[0].body and "and so on" in begun[0].body
    qtbot.waitUntil(lambda: get_highlight(world.ctx, record).note == "and so on")


def test_highlights_of_one_article_do_not_show_in_another(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    """The next article holds the very same words."""
    mark(qtbot, place)
    place.step(1)
    page = place.desk.view.page
    assert page is not None and QUOTE in page.article.text
    qtbot.waitUntil(lambda: place.marker.placed.found == ())
    assert tinted(place) == [] and highlights_of(world.ctx, page.article.id) == ()
