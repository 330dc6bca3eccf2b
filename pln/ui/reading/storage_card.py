"""How much is kept on this computer for reading offline, and how the last refresh went."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pln.model.offline import MB, Kept
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.progress import Progress


class StorageCard(QWidget):
    """The number of articles, a bar of the room that pictures take, and a line on the last refresh.

    pressed: the room that it tells of is wanted feed by feed.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept = label("", "small", wrap=True)
        self.room = button("", "whisper", run=self.pressed.emit, tip=self.tr("Which feeds take the most…"))
        self._bar = Progress(self.tr("Room taken by pictures"))
        self._when = label("", "faint", wrap=True)
        for each in (self.room, self._bar, self._when):
            each.hide()
        head = row(IconLabel("download", "ink", 15), self._kept, spacing=8, top=True)
        head.setStretch(1, 1)
        inside: QVBoxLayout = column(head, self._bar, row(self.room, None, spacing=0), self._when, spacing=5)
        shown = card(inside, padded=False)
        shown.layout().setContentsMargins(12, 10, 12, 10)  # type: ignore[union-attr]
        self.setLayout(column(shown, spacing=0))
        self._articles, self._pictures = 0, False

    def show_articles(self, number: int) -> None:
        self._articles = number
        self._tell()

    def show_room(self, kept: Kept) -> None:
        """The bar is there once pictures are."""
        self._pictures = kept.pictures > 0
        for each in (self.room, self._bar):
            each.setVisible(self._pictures)
        self._bar.set(kept.used // 1024, max(kept.room, kept.used) // 1024)
        used = self.tr("less than 1") if 0 < kept.used < MB else f"{round(kept.used / MB):n}"
        words = self.tr("%1 of %2 MB").replace("%1", used).replace("%2", f"{round(kept.room / MB):n}")
        self.room.setText(words)
        self.room.setAccessibleName(self.tr("%1: which feeds take the most").replace("%1", words))
        self._tell()

    def show_when(self, words: str) -> None:
        """How the last refresh went, in a few words."""
        self._when.setText(words)
        self._when.setVisible(bool(words))

    def _tell(self) -> None:
        words = self.tr("One article kept for offline")
        if self._articles != 1:
            words = self.tr("%1 articles kept for offline").replace("%1", f"{self._articles:,}")
        if self._pictures:
            words = self.tr("%1, pictures included").replace("%1", words)
        self._kept.setText(words)
        self.setAccessibleName(words)
