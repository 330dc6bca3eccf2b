"""Find words in the page: a bar above the text with how many there are, and the way from one to the next."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pln.ui.reading.page_view import PageView
from pln.ui.reading.ranges import CURRENT, FOUND, Range
from pln.ui.widgets.boxes import Grow, pane, row
from pln.ui.widgets.buttons import icon_button
from pln.ui.widgets.labels import label
from pln.ui.widgets.search_field import SearchField

_MOST = 2000


def places(text: str, typed: str, most: int = _MOST) -> list[tuple[int, int]]:
    """(start, length) of what was typed in a text, small and capital letters alike; at most so many."""
    words = typed.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [(hit.start(), hit.end() - hit.start()) for hit, _ in zip(pattern.finditer(text), range(most), strict=False)]


class FindBar(QWidget):
    """closed: the bar was put away."""

    closed = Signal()

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self._places: list[tuple[int, int]] = []
        self._current = 0
        self.field = SearchField(self.tr("Find in this article"))
        self.field.settled.connect(self._look)
        self.field.returnPressed.connect(lambda: self.step(1))
        self.count = label("", "faint")
        back = icon_button("chevron-up", self.tr("The one before (Shift+F3)"), run=lambda: self.step(-1))
        on = icon_button("chevron-down", self.tr("The next one (F3)"), run=lambda: self.step(1))
        close = icon_button("x", self.tr("Close (Esc)"), run=self.close_bar)
        inside = row(Grow(self.field), self.count, back, on, close, spacing=6, margins=(12, 8, 12, 8))
        self.setLayout(row(Grow(pane(inside, edge="bottom"))))
        view.built.connect(self._anew)
        self.hide()

    def open_bar(self, words: str = "") -> None:
        """Show the bar and begin to type; words: what to look for first, as what is selected."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus()
        self.field.selectAll()
        self._look(self.field.text())

    def close_bar(self) -> bool:
        """Put the bar away; False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self._places = []
        self._view.ranges.show_found(())
        self.closed.emit()
        return True

    def step(self, by: int) -> None:
        """Go to the next one found, or the one before; round at the ends."""
        if self.isHidden():
            self.open_bar()
        if self._places:
            self._current = (self._current + by) % len(self._places)
            self._show()

    def _look(self, typed: str) -> None:
        if self.isHidden():
            return
        known = self._places[self._current][0] if self._places else 0
        self._places = places(self._view.page_text(), typed) if typed.strip() else []
        after = (number for number, (start, _) in enumerate(self._places) if start >= known)
        self._current = next(after, 0)
        self._show()

    def _anew(self) -> None:
        """Another page stands."""
        if self.isVisible():
            self._places, self._current = [], 0
            self._look(self.field.text())

    def _show(self) -> None:
        current = self._current
        self._view.ranges.show_found(
            Range(number, start, length, CURRENT if number == current else FOUND)
            for number, (start, length) in enumerate(self._places)
        )
        if self._places:
            self._view.bring_into_sight(self._view.ranges.stretch(*self._places[current]))
        self.count.setText(self._told())

    def _told(self) -> str:
        if not self.field.text().strip():
            return ""
        if not self._places:
            return self.tr("Not in this article")
        words = self.tr("%1 of %2").replace("%1", str(self._current + 1))
        return words.replace("%2", f"{len(self._places)}{'+' if len(self._places) == _MOST else ''}")
