"""Twelve months as bars: in how many days of each there was contact."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from pln.ui import look

_GAP = 4
_HEIGHT = 44
_LOWEST = 4
_FULL = 3  # days of contact in a month that fill the height; more stays as high


class Bars(QWidget):
    """counts: oldest first. said: the same in words, for those who do not see the bars."""

    def __init__(self, counts: Sequence[int], said: str) -> None:
        super().__init__()
        self._counts = tuple(counts)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(180), look.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = (self.width() + _GAP) / len(self._counts)
        for number, count in enumerate(self._counts):
            height = self._height(count)
            spot = QRect(round(number * step), self.height() - height, round(step) - _GAP, height)
            painter.setBrush(look.colour("accent" if count else "line"))
            shown = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
            painter.drawRoundedRect(QRectF(shown), 2, 2)

    def _height(self, count: int) -> int:
        if not count:
            return _LOWEST
        highest = max(_FULL, min(max(self._counts), 12))
        return max(_LOWEST + 6, round(self.height() * min(count, highest) / highest))
