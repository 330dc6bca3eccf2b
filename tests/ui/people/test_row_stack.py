from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pln.ui.people.row_stack import RowStack
from pln.ui.people.wrapped_button import TitleButton
from pln.ui.theme import Theme
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label

LONG = "She opens each week with one honest question, and everybody has a reason to come back. " * 3


class Counted(QWidget):
    """A row that says how often it was measured."""

    measured = 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        Counted.measured += 1
        return 20


def _stack(qtbot: QtBot, rows: int) -> RowStack:
    made = RowStack(10)
    qtbot.addWidget(made)
    for _ in range(rows):
        made.add(column(TitleButton(LONG), label(LONG, wrap=True)))
    made.resize(300, 10)
    made.show()
    QCoreApplication.processEvents()
    return made


def test_rows_follow_one_another_with_room_for_their_words(qtbot: QtBot, theme: Theme) -> None:
    stack = _stack(qtbot, 5)
    spots = [row.geometry() for row in stack._rows]
    assert all(upper.bottom() + 11 == lower.top() for upper, lower in pairwise(spots))
    assert all(spot.width() == 300 and spot.height() >= 2 * 4 * 17 for spot in spots)
    assert stack.heightForWidth(300) == spots[-1].bottom() + 1
    assert stack.heightForWidth(600) < stack.heightForWidth(300)


def test_a_row_that_grows_moves_the_others(qtbot: QtBot, theme: Theme) -> None:
    stack = _stack(qtbot, 3)
    before, top = stack.heightForWidth(300), stack._rows[2].y()
    words = stack._rows[0].findChildren(QWidget)[1]
    words.setText(LONG + LONG)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: stack.heightForWidth(300) > before and stack._rows[2].y() > top)


def test_each_row_is_measured_once_for_a_width(qtbot: QtBot, theme: Theme) -> None:
    stack = RowStack(10)
    qtbot.addWidget(stack)
    for _ in range(50):
        stack.add(column(Counted()))
    stack.laid()
    Counted.measured = 0
    for _ in range(20):
        stack.heightForWidth(400)
    assert Counted.measured <= 100  # a box layout of its own asks twice


def test_long_words_break_and_titles_stay_plain(qtbot: QtBot, theme: Theme) -> None:
    title = TitleButton("W" * 200 + "<img src='file:///etc/hostname'>")
    qtbot.addWidget(title)
    assert title.heightForWidth(200) > 5 * title.heightForWidth(100_000)
    assert title.minimumSizeHint().width() <= 100
