"""A quiet line above an article: its tags, each a way to all that has it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from pln.ui.widgets.boxes import column
from pln.ui.widgets.buttons import button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label

_LONGEST = 32


class TagLine(QWidget):
    """wanted: the tag that was pressed. edit: its tags are to be changed."""

    wanted = Signal(str)
    edit = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.links: tuple[QPushButton, ...] = ()
        self._inside: QWidget | None = None
        self._line = column(spacing=0)
        self.setLayout(self._line)
        self.hide()

    def show_of(self, own: Sequence[str], given: Sequence[str]) -> None:
        """own: the article's tags. given: those of its feed. Out of sight where there is neither."""
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        tags = tuple({each.casefold(): each for each in (*given, *own)}.values())
        self.links = tuple(self._link(each) for each in tags)
        change = button(self.tr("Change…"), "whisper", run=self.edit.emit)
        change.setAccessibleName(self.tr("Change the tags of the article"))
        self._inside = QWidget()
        self._inside.setLayout(FlowLayout(label(self.tr("Tags"), "faint"), *self.links, change, spacing=10))
        self._line.addWidget(self._inside)
        self.setVisible(bool(tags))

    def align(self, side: int) -> None:
        """Stand in line with the text."""
        self._line.setContentsMargins(side, 0, side, 6)

    def _link(self, tag: str) -> QPushButton:
        shown = tag if len(tag) <= _LONGEST else f"{tag[: _LONGEST - 1]}…"
        made = button(shown.replace("&", "&&"), "link", run=lambda: self.wanted.emit(tag))
        made.setAccessibleName(self.tr("All articles tagged %1").replace("%1", tag))
        return made
