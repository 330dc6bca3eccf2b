from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pln.ui.theme import Theme
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.date_field import TimeField, read_time
from pln.ui.widgets.paragraph import Paragraph
from pln.ui.widgets.person_picker import PersonPicker, Picked
from pln.ui.widgets.search_field import SearchField
from pln.ui.widgets.segmented import Segmented
from pln.ui.widgets.tag_field import TagField
from pln.ui.widgets.text_edit import TextEdit

KNOWN = [(1, "Anna Lindqvist", "Community lead"), (2, "Anna Berg", "Writes: Edges"), (3, "Bilal Osman", "Designer")]


def _find(text: str) -> list[tuple[int, str, str]]:
    return [one for one in KNOWN if text.casefold() in one[1].casefold()]


@pytest.fixture
def picker(qtbot: QtBot, theme: Theme) -> PersonPicker:
    made = PersonPicker("Who", _find, "Who did you meet?")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    made.edit.setFocus()
    qtbot.waitUntil(made.edit.hasFocus)
    return made


def test_people_are_picked_by_keyboard_alone(qtbot: QtBot, picker: PersonPicker) -> None:
    changes: list[int] = []
    picker.changed.connect(lambda: changes.append(len(picker.people())))
    qtbot.keyClicks(picker.edit, "anna")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Down)
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(picker.edit, "bil")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.people() == (Picked(2, "Anna Berg"), Picked(3, "Bilal Osman"))
    assert picker.edit.text() == "" and not picker.suggestions.isVisible()
    qtbot.keyClick(picker.edit, Qt.Key.Key_Backspace)
    assert picker.people() == (Picked(2, "Anna Berg"),)
    assert changes == [1, 2, 1]


def test_somebody_new_is_the_last_row(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker.edit, "Anna")
    for _ in range(2):
        qtbot.keyClick(picker.edit, Qt.Key.Key_Down)
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(picker.edit, "  Zoe   Quist ")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.people() == (Picked(None, "Anna"), Picked(None, "Zoe Quist"))


def test_nobody_is_picked_twice(qtbot: QtBot, picker: PersonPicker) -> None:
    picker.set_people([Picked(3, "Bilal Osman")])
    qtbot.keyClicks(picker.edit, "Bilal Osman")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.people()[0] == Picked(3, "Bilal Osman")
    assert [one.id for one in picker.people()].count(3) == 1


def test_escape_closes_the_suggestions_first(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker.edit, "an")
    assert picker.suggestions.isVisible()
    qtbot.keyClick(picker.edit, Qt.Key.Key_Escape)
    assert not picker.suggestions.isVisible() and picker.edit.text() == "an"


def test_a_picker_for_one_keeps_the_last(qtbot: QtBot, theme: Theme) -> None:
    one = PersonPicker("Whose feed", _find, several=False, adding=False)
    qtbot.addWidget(one)
    one.show()
    for text in ("anna l", "bil"):
        qtbot.keyClicks(one.edit, text)
        qtbot.keyClick(one.edit, Qt.Key.Key_Return)
    assert one.people() == (Picked(3, "Bilal Osman"),)
    qtbot.keyClicks(one.edit, "Nobody Known")
    assert not one.suggestions.isVisible()


def test_suggestions_go_with_their_field(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = PersonPicker("Who", _find)
    QVBoxLayout(window).addWidget(field)
    window.show()
    qtbot.keyClicks(field.edit, "an")
    floating = field.suggestions
    assert floating.parent() is window
    field.deleteLater()
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(floating)


def test_names_from_outside_stay_plain(qtbot: QtBot, picker: PersonPicker) -> None:
    picker.set_people([Picked(None, "<img src='file:///etc/hostname'> & Co")])
    assert picker.people()[0].name.startswith("<img")
    tips = [child.toolTip() for child in picker.findChildren(type(picker.edit).__mro__[1]) if child.toolTip()]
    assert all("<img" not in tip for tip in tips)


def test_tags_come_by_enter_and_comma_once_each(qtbot: QtBot, theme: Theme) -> None:
    field = TagField("Interests", suggest=lambda text: [word for word in ("onboarding", "orchards") if text in word])
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.edit, "#ceramics,")
    qtbot.keyClicks(field.edit, "Ceramics,")
    qtbot.keyClicks(field.edit, "onb")
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "half typed")
    assert field.tags() == ("ceramics", "onboarding", "half typed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)), ("930", time(9, 30)), ("0930", time(9, 30)), ("14.05", time(14, 5)), ("2 pm", time(14)),
        ("12am", time(0)), ("9:30 a.", time(9, 30)), ("25", None), ("9:75", None), ("13 pm", None), ("", None),
        ("soon", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, expected: time | None) -> None:
    assert read_time(text) == expected


def test_a_time_that_cannot_be_read_is_marked_and_is_none(qtbot: QtBot, theme: Theme) -> None:
    field = TimeField("At")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "25")
    assert field.at() is None and field.property("invalid") == "true"
    field.clear()
    qtbot.keyClicks(field, "8")
    assert field.at() == time(8) and field.property("invalid") == "false"


def test_a_text_without_end_is_drawn_in_part_and_broken_once(qtbot: QtBot, theme: Theme) -> None:
    words = Paragraph("a" * 100_000)
    qtbot.addWidget(words)
    tall = words.heightForWidth(300)
    assert 0 < tall < Paragraph("a" * 20_000).heightForWidth(300) * 1.1
    assert words._lines(300) is words._lines(300)
    assert sum(map(len, words._lines(300))) == 20_000 and words.text() == "a" * 100_000
    words.setText("Anna")
    assert words.heightForWidth(300) < tall
    assert words.minimumSizeHint().width() <= 90


def test_writing_pastes_words_only_and_loading_is_silent(qtbot: QtBot, theme: Theme) -> None:
    edit = TextEdit("Notes")
    qtbot.addWidget(edit)
    edits: list[int] = []
    edit.edited.connect(lambda: edits.append(1))
    edit.set_text("one")
    assert edits == [] and not edit.document().isUndoAvailable()
    formatted = QMimeData()
    formatted.setHtml("<b>two</b><img src='file:///etc/hostname'>")
    formatted.setText("two")
    edit.insertFromMimeData(formatted)
    assert edit.text() == "twoone" and edits
    assert "<b>" not in edit.toHtml() and "<img" not in edit.toHtml()


@pytest.mark.parametrize("width", [500, 900, 1600])
def test_lines_keep_a_readable_measure(qtbot: QtBot, theme: Theme, width: int) -> None:
    edit = TextEdit("Journal", kind="page")
    qtbot.addWidget(edit)
    edit.resize(width, 400)
    edit.show()
    edit.set_text("the people we know best tend to know what we know and that is what makes them good company " * 8)
    layout = edit.document().firstBlock().layout()
    lengths = [layout.lineAt(n).textLength() for n in range(layout.lineCount() - 1)]
    assert max(lengths) <= 76
    assert width < 900 or min(lengths) >= 55


def test_a_search_waits_for_a_pause_and_enter_does_not(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.settled.connect(heard.append)
    qtbot.keyClicks(field, "ann")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["ann"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["ann", ""]


def test_one_of_a_few_by_arrow_keys(qtbot: QtBot, theme: Theme) -> None:
    energy = Segmented("Energy", [("quiet", "Quiet"), ("steady", "Steady"), ("open", "Open")], "steady")
    qtbot.addWidget(energy)
    energy.show()
    chosen: list[str] = []
    energy.chosen.connect(chosen.append)
    energy.set_current("quiet")
    assert chosen == [] and energy.current() == "quiet"
    first = energy._buttons["quiet"]
    energy.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert energy.current() == "steady" and chosen == ["steady"]


def test_a_choice_knows_its_options(qtbot: QtBot, theme: Theme) -> None:
    kind = Choice("Kind", [("coffee", "Coffee"), ("walk", "Walk")], "walk")
    qtbot.addWidget(kind)
    assert kind.current() == "walk"
    with pytest.raises(KeyError):
        kind.set_current("lunch")
