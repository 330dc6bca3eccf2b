"""A feed as it would be: its name, how often it posts, its newest titles."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pln.model.feed_preview import Preview
from pln.ui.reading.ages import short_day
from pln.ui.reading.preview_words import facts
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.cards import card
from pln.ui.widgets.labels import ElidedLabel, label, set_tip


class PreviewCard(QWidget):
    """Shows one preview, or a sentence in its place; out of sight where there is neither."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: QVBoxLayout = column(spacing=4)
        frame: QFrame = card(self._inside, "plain")
        self.setLayout(column(frame))
        self.say("")

    def say(self, words: str) -> None:
        """A sentence instead of a preview."""
        clear(self._inside)
        if words:
            self._inside.addWidget(label(words, "muted", wrap=True))
        self.setVisible(bool(words))

    def show_preview(self, title: str, url: str, preview: Preview, now: datetime) -> None:
        clear(self._inside)
        name = ElidedLabel(title or url, "strong")
        set_tip(name, url)
        self._inside.addWidget(name)
        words = facts(preview, now)
        self._inside.addWidget(label(words[:1].upper() + words[1:], "muted", wrap=True))
        if preview.entries:
            self._inside.addSpacing(4)
        for entry, when in preview.entries:
            day = label("" if when is None else short_day(when, now), "faint")
            line = QWidget()
            line.setLayout(row(Grow(ElidedLabel(entry or _tr("Without a title"), "small")), day, spacing=12))
            self._inside.addWidget(line)
        self.setAccessibleName(f"{title}. {words}")
        self.show()


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_preview", text)
