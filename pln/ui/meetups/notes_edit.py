"""The editor of a meetup's notes: serif, marks tinted while typing, boxes ticked by a click."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QLayout

from pln.ui.meetups.note_marks import MarkHighlighter, hints, mark_of
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label
from pln.ui.widgets.text_edit import TextEdit

_BOX = re.compile(r"\[[ xX✓]?\]")


class NotesEdit(TextEdit):
    """A click on the box of a promise ticks or empties it. `merge` takes over a text written elsewhere."""

    def __init__(self, name: str, placeholder: str = "", *, size: float = 17.5) -> None:
        self._marks: MarkHighlighter | None = None
        super().__init__(name, placeholder, size=size)
        self._marks = MarkHighlighter(self.document())
        self._pressed: QPoint | None = None

    def sizeHint(self) -> QSize:
        """As high as it must be; the layout around it gives it the rest of the room."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def merge(self, text: str) -> None:
        """Show this text by changing only what differs: caret, selection and the history of undo stay."""
        old = self.text()
        if old == text:
            return
        start = _same(old, text)
        end = _same(old[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(old[:start]))
        cursor.setPosition(_units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        before, self._loading = self._loading, True
        cursor.insertText(text[start : len(text) - end])
        self._loading = before

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._marks is not None:
            before, self._loading = self._loading, True
            self._marks.forget_colours()
            self._loading = before

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        clicked = self._pressed is not None and (spot - self._pressed).manhattanLength() < 4
        if clicked and event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._tick_at(spot)

    def _tick_at(self, spot: QPoint) -> None:
        cursor = self.cursorForPosition(spot)
        block = cursor.block()
        mark = mark_of(block.text())
        box = _BOX.search(block.text())
        if mark is None or not mark.kind.is_promise or box is None:
            return
        if self._spot(block, box.start()).x() <= spot.x() <= self._spot(block, box.end()).x():
            self._replace(block, box.start(), box.end(), "[ ]" if mark.done else "[x]")

    def _spot(self, block: QTextBlock, column: int) -> QPoint:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + column)
        return self.cursorRect(cursor).center()

    def _replace(self, block: QTextBlock, start: int, end: int, text: str) -> None:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)


def hint_row() -> QLayout:
    """The four marks in words, on as many lines as they need."""
    return FlowLayout(*(label(hint, "faint") for hint in hints()), spacing=16)


def _same(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    shorter = min(len(one), len(other))
    return next((number for number in range(shorter) if one[number] != other[number]), shorter)


def _units(text: str) -> int:
    """Qt counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
