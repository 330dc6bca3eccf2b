"""Initials in a tinted disc. The tint follows from the name, so that a person keeps it everywhere."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pln.model.contact import initials
from pln.ui import fonts, look

PAIRS = (("soft", "accent"), ("blue_soft", "blue"), ("amber_soft", "amber"), ("plum_soft", "plum"), ("red_soft", "red"))


def pair_of(name: str) -> tuple[str, str]:
    """The roles of disc and letters for a name: the same in every run and on every machine."""
    return PAIRS[crc32(name.strip().casefold().encode()) % len(PAIRS)]


def paint_avatar(painter: QPainter, rect: QRect, name: str) -> None:
    """Draw the avatar of a name into a square."""
    disc, letters = pair_of(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(disc))
    painter.drawEllipse(rect)
    font = fonts.sans(14, QFont.Weight.DemiBold)
    font.setPixelSize(max(9, round(rect.height() * 0.37)))
    painter.setFont(font)
    painter.setPen(look.colour(letters))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """A person's disc; size in pixels at normal text size. Decoration: the name stands beside it."""

    def __init__(self, name: str, size: int = 40) -> None:
        super().__init__()
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._size), look.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), self.rect(), self._name)
