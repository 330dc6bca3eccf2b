"""A quiet line above an article: which text of it is shown, where else it stands, that it was edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pln.model.offline import FullState, FullText
from pln.ui.widgets.boxes import Grow, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import ElidedLabel, set_tip


class TextLine(QWidget):
    """turned: the other text is wanted: True for the page's own, False for the feed's."""

    turned = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._full: FullText | None = None
        self.shows_full = False
        self._said = ElidedLabel("", "faint")
        self.turn = button("", "link", run=lambda: self.turned.emit(not self.shows_full))
        self._line = row(Grow(self._said), self.turn, spacing=10)
        self.setLayout(self._line)
        self.hide()

    def show_of(self, full: FullText | None, also_in: Sequence[str] = (), *, shows_full: bool = False) -> None:
        """full: the text of the page where it was asked for. also_in: other feeds that tell the same story."""
        self._full, self.shows_full = full, shows_full
        parts = [self._about(full), self._also(also_in)]
        said = " · ".join(part for part in parts if part)
        self._said.setText(said)
        set_tip(self._said, said)
        words = self.tr("Show the feed's text") if shows_full else self.tr("Show the full text")
        self.turn.setText(words)
        self.turn.setAccessibleName(words)
        self.turn.setVisible(full is not None and full.state is FullState.DONE)
        self.setVisible(bool(said))

    def align(self, side: int) -> None:
        """Stand in line with the text."""
        self._line.setContentsMargins(side, 0, side, 6)

    def _about(self, full: FullText | None) -> str:
        if full is None:
            return ""
        if full.state is FullState.DONE:
            return self.tr("The full text, from the article's page") if self.shows_full else self.tr("The feed's text")
        return full.error if full.state is FullState.FAILED else self.tr("The full text comes with the next refresh")

    def _also(self, names: Sequence[str]) -> str:
        return self.tr("also in %1").replace("%1", ", ".join(names)) if names else ""
