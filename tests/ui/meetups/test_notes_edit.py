"""The notes editor: marks tinted as typed, boxes ticked by a click, texts from elsewhere merged under the caret."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from pln.ui import look
from pln.ui.meetups.note_marks import counted
from pln.ui.meetups.notes_edit import NotesEdit
from pln.ui.theme import Mode, Theme

NOTE = "We walked.\n[ ] me: send it\n[x] Jonas: a photo\n! learned: ask for the story\n? did the schools join"


@pytest.fixture
def edit(qtbot: QtBot, theme: Theme) -> NotesEdit:
    made = NotesEdit("Notes")
    qtbot.addWidget(made)
    made.resize(620, 420)
    made.show()
    made.setFocus()
    made.set_text(NOTE)
    return made


def tints(edit: NotesEdit, line: int) -> list[tuple[str, str]]:
    """(text, colour) of the tinted parts of a line."""
    block = edit.document().findBlockByNumber(line)
    return [
        (block.text()[part.start : part.start + part.length], part.format.foreground().color().name())
        for part in block.layout().formats()
    ]


def test_each_mark_has_its_colour_and_its_words_stay_ink(edit: NotesEdit) -> None:
    assert tints(edit, 0) == []
    assert tints(edit, 1) == [("[ ] me:", look.colour("amber").name())]
    assert tints(edit, 2)[0] == ("[x] Jonas:", look.colour("plum").name())
    assert tints(edit, 3) == [("! learned:", look.colour("accent").name())]
    assert tints(edit, 4) == [("?", look.colour("faint").name())]


def test_colours_follow_the_look(qtbot: QtBot, theme: Theme, edit: NotesEdit) -> None:
    edited: list[int] = []
    edit.edited.connect(lambda: edited.append(1))
    theme.set_mode(Mode.DARK)
    qtbot.waitUntil(lambda: tints(edit, 1) == [("[ ] me:", look.colour("amber").name())])
    assert edit.text() == NOTE and edited == []


def test_a_mark_is_tinted_while_it_is_typed(qtbot: QtBot, edit: NotesEdit) -> None:
    edit.set_text("")
    qtbot.keyClicks(edit, "[ ] Mei: a bo")
    assert tints(edit, 0) == [("[ ] Mei:", look.colour("plum").name())]


def test_a_click_ticks_a_box_and_empties_it(qtbot: QtBot, edit: NotesEdit) -> None:
    def click() -> None:
        cursor = QTextCursor(edit.document().findBlockByNumber(1))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, 1)
        spot = edit.cursorRect(cursor).center() + QPoint(1, 0)
        qtbot.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click()
    assert edit.text().split("\n")[1] == "[x] me: send it"
    click()
    assert edit.text() == NOTE


def test_a_click_on_words_only_places_the_caret(qtbot: QtBot, edit: NotesEdit) -> None:
    cursor = QTextCursor(edit.document().findBlockByNumber(1))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    qtbot.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=edit.cursorRect(cursor).center())
    assert edit.text() == NOTE


@given(st.text(alphabet="ab \n[]x:😀é", max_size=40), st.text(alphabet="ab \n[]x:😀é", max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_merging_gives_the_other_text_in_silence(edit: NotesEdit, old: str, new: str) -> None:
    edited: list[int] = []
    edit.set_text(old)
    edit.edited.connect(lambda: edited.append(1))
    edit.merge(new)
    assert edit.text() == new and edited == []


def test_merging_leaves_the_caret_among_its_words(edit: NotesEdit) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(NOTE.index("photo"))
    edit.setTextCursor(cursor)
    edit.merge(NOTE.replace("[ ] me", "[x] me").replace("We walked.", "We walked for long 🌳."))
    now = edit.text()
    assert now[: len(now)][edit.textCursor().position() - 1 :].startswith("photo")  # the tree takes two units


def test_counting_knows_whose() -> None:
    people = [(7, "Jonas Holm"), (8, "Mei Chen")]
    assert counted(NOTE, people) == "1 promise of yours · 1 of Jonas · 1 learned · 1 to ask"
    assert counted("just words", people) == ""
    assert counted("[ ] me: a\n[ ] me: b", people) == "2 promises of yours"


def test_a_very_long_note_stays_fluent(qtbot: QtBot, edit: NotesEdit) -> None:
    """200 KB: a key press is answered within a frame or two, wherever one writes."""
    edit.set_text((NOTE + "\n") * (200_000 // len(NOTE)))
    assert len(edit.text()) > 195_000
    took = []
    for place in (0.02, 0.5, 0.98):
        cursor = edit.textCursor()
        cursor.setPosition(int(len(edit.text()) * place))
        edit.setTextCursor(cursor)
        for letter in "[ ] Mei: and so on we went " * 2:
            began = time.perf_counter()
            qtbot.keyClick(edit, letter)
            took.append(time.perf_counter() - began)
    took.sort()
    assert took[int(len(took) * 0.99)] < 0.1, f"p99 {took[int(len(took) * 0.99)] * 1000:.1f} ms"


def test_a_very_long_note_follows_the_look_at_once(qtbot: QtBot, theme: Theme, edit: NotesEdit) -> None:
    edit.set_text((NOTE + "\n") * (200_000 // len(NOTE)))
    began = time.perf_counter()
    theme.set_mode(Mode.DARK)
    assert time.perf_counter() - began < 3
    assert tints(edit, 1) == [("[ ] me:", look.colour("amber").name())]
