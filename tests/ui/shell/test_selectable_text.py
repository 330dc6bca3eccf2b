"""A text that can be copied is as plain as any other, and as airy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pln.ui.widgets.labels import label

HOSTILE = 'A <img src="x.png"> & <b>more</b>\nand a second line'


def test_markup_from_outside_stays_text(qtbot: QtBot) -> None:
    shown = label(HOSTILE, wrap=True, selectable=True)
    qtbot.addWidget(shown)
    assert shown.text() == HOSTILE
    shown.resize(600, 100)
    shown.show()
    shown.setFocus()
    shown.setSelection(0, 4)
    assert shown.selectedText() == "A <i"
    assert shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_its_lines_lie_as_far_apart_as_those_of_other_paragraphs(qtbot: QtBot) -> None:
    words = "word " * 100
    copied, other = label(words, wrap=True, selectable=True), label(words, wrap=True)
    for each in (copied, other):
        qtbot.addWidget(each)
    assert abs(copied.heightForWidth(300) - other.heightForWidth(300)) <= other.fontMetrics().height()
