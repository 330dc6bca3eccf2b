"""Stretches of the text that are tinted: what the owner marked, and what was found in the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from pln.ui.colours import Palette
from pln.ui.reading.page_style import style

FOUND, CURRENT = "found", "current"
_PAPER = {FOUND: ("blue_soft", "ink"), CURRENT: ("blue", "bg")}


@dataclass(frozen=True, slots=True)
class Range:
    """start, length: in characters of the page's text. role: a colour of the palette ("amber_soft")."""

    id: int
    start: int
    length: int
    role: str


class Ranges:
    """Tints a text view. Qt counts in UTF-16, where a rare character is two; outside of here nobody has to know."""

    def __init__(self, view: QTextEdit) -> None:
        self._view = view
        self._marks: tuple[Range, ...] = ()
        self._found: tuple[Range, ...] = ()

    def show_marks(self, marks: Iterable[Range]) -> None:
        """Tint these in place of those before."""
        self._marks = tuple(marks)
        self.paint()

    def show_found(self, found: Iterable[Range]) -> None:
        """Tint what was found, above the marks."""
        self._found = tuple(found)
        self.paint()

    def forget(self) -> None:
        """Tint nothing from the next page on."""
        self._marks = self._found = ()

    def paint(self) -> None:
        """Tint anew, as after the page was built anew or the look changed."""
        if not (self._marks or self._found or self._view.extraSelections()):
            return
        units, palette = Units(self._view.document()), style().palette
        self._view.setExtraSelections([_selection(units, each, palette) for each in (*self._marks, *self._found)])

    def at(self, place: QPoint) -> int | None:
        """Id of the mark at a place of the viewport, the shortest where several lie over one another."""
        if not self._marks:
            return None
        here = Units(self._view.document()).characters(self._view.cursorForPosition(place).position())
        hit = [each for each in self._marks if each.start <= here < each.start + each.length]
        return min(hit, key=lambda each: each.length).id if hit else None

    def stretch(self, start: int, length: int) -> QTextCursor:
        """A stretch of the page as it stands."""
        return Units(self._view.document()).cursor(start, length)

    def cursor(self, record: int) -> QTextCursor | None:
        """The stretch of a mark; None for one that is not shown."""
        units = Units(self._view.document())
        return next((units.cursor(each.start, each.length) for each in self._marks if each.id == record), None)


class Units:
    """Positions of a document in characters, as Python counts them, and in Qt's units."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        text = document.toPlainText()
        wide = [number for number, char in enumerate(text) if char > "\uffff"] if not text.isascii() else []
        self._wide: Sequence[int] = wide
        self._wide_units: Sequence[int] = [at + before for before, at in enumerate(wide)]

    def units(self, characters: int) -> int:
        return characters + bisect_right(self._wide, characters - 1)

    def characters(self, units: int) -> int:
        return units - bisect_right(self._wide_units, units - 1)

    def cursor(self, start: int, length: int) -> QTextCursor:
        """A stretch of the document, cut to its end."""
        last = max(0, self._document.characterCount() - 1)
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(self.units(start), last))
        cursor.setPosition(min(self.units(start + length), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _selection(units: Units, each: Range, palette: Palette) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    paper, ink = _PAPER.get(each.role, (each.role, ""))
    shape = made.format
    shape.setBackground(QColor(palette.colour(paper)))
    if ink:
        shape.setForeground(QColor(palette.colour(ink)))
    made.cursor = units.cursor(each.start, each.length)
    made.format = shape
    return made
