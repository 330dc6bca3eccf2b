"""A quiet line above an article: which text of it is shown, that it was edited, and what can be done about both."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pln.model.offline import FullState, FullText
from pln.ui.reading.ages import short_day
from pln.ui.reading.around import Around
from pln.ui.widgets.boxes import Grow, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import ElidedLabel, set_tip


class TextLine(QWidget):
    """turned: the other text is wanted: True for the page's own, False for the feed's.

    fetch: the page's own text is asked for. compare: what changed is asked for.
    """

    turned = Signal(bool)
    fetch = Signal()
    compare = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shows_full = False
        self._said = ElidedLabel("", "faint")
        self.turn = button("", "link", run=lambda: self.turned.emit(not self.shows_full))
        self.ask = button(self.tr("Get the full text"), "link", run=self.fetch.emit)
        self.changes = button(self.tr("Show what changed"), "link", run=self.compare.emit)
        self._line = row(Grow(self._said), self.changes, self.ask, self.turn, spacing=12)
        self.setLayout(self._line)
        self.hide()

    def text(self) -> str:
        """What the line says."""
        return self._said.text()

    def show_of(self, around: Around, now: datetime, *, shows_full: bool = False, said: str = "") -> None:
        """said: how getting the text goes or went, in place of what is stored of it."""
        self.shows_full = shows_full
        full, waits = around.full, bool(said)
        parts = [said or self._about(full), self._edited(around.edited, now)]
        self._say(" · ".join(part for part in parts if part))
        words = self.tr("Show the feed's text") if shows_full else self.tr("Show the full text")
        self.turn.setText(words)
        self.turn.setAccessibleName(words)
        done = full is not None and full.state is FullState.DONE
        self.turn.setVisible(done)
        self.ask.setText(self.tr("Try again") if full is not None or waits else self.tr("Get the full text"))
        self.ask.setVisible(around.askable and not done and (around.scant or full is not None or waits))
        self.ask.setEnabled(True)
        self.changes.setVisible(around.edited is not None)
        self.setVisible(bool(self.text()) or not self.ask.isHidden())

    def show_busy(self, around: Around, now: datetime) -> None:
        """The page is being fetched."""
        self.show_of(around, now, said=self.tr("Fetching the article's page…"))
        self.ask.setEnabled(False)

    def align(self, side: int) -> None:
        """Stand in line with the text."""
        self._line.setContentsMargins(side, 0, side, 6)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        set_tip(self._said, words)

    def _about(self, full: FullText | None) -> str:
        if full is None:
            return ""
        if full.state is FullState.DONE:
            return self.tr("The full text, from the article's page") if self.shows_full else self.tr("The feed's text")
        return full.error if full.state is FullState.FAILED else self.tr("The full text comes with the next refresh")

    def _edited(self, at: datetime | None, now: datetime) -> str:
        return "" if at is None else self.tr("Edited on %1").replace("%1", short_day(at, now))
