"""How a line of the feed list is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pln.model.feed import FeedState
from pln.ui import fonts, icons, look
from pln.ui.reading.feed_model import LINE
from pln.ui.reading.shelves import Kind, Line

_PAD, _INDENT = 10, 12
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_HEADS = (Kind.LABEL, Kind.FOLDER)
_SIGNS = {FeedState.PAUSED: "pause", FeedState.GONE: "archive"}


class FeedDelegate(QStyledItemDelegate):
    """Headings small and faint, feeds in the text of the interface; what is chosen lies on a soft tint."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = index.data(LINE)
        return QSize(80, look.px(38 if line.kind in _HEADS and not line.depth else 30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line, state = index.data(LINE), option.state
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = _spot(option.rect, line)
        if chosen or (state & QStyle.StateFlag.State_MouseOver and line.shelf is not None):
            _ground(painter, spot, chosen, focused=chosen and bool(state & QStyle.StateFlag.State_HasFocus))
        _Drawn(painter, spot, mirrored, chosen).draw(line)
        painter.restore()


class _Drawn:
    def __init__(self, painter: QPainter, spot: QRect, mirrored: bool, chosen: bool) -> None:
        self._painter, self._spot, self._mirrored, self._chosen = painter, spot, mirrored, chosen

    def draw(self, line: Line) -> None:
        inner = self._spot.adjusted(_PAD + line.depth * _INDENT, 0, -_PAD, 0)
        if line.count:
            width = self._count(inner, str(line.count))
            inner.setRight(inner.right() - width - 8)
        sign = _sign(line)
        if sign:
            size = look.px(14)
            place = QRect(inner.right() - size + 1, inner.center().y() - size // 2 + 1, size, size)
            icons.paint_icon(self._painter, self._flip(place), sign, "faint" if sign == "pause" else "amber")
            inner.setRight(inner.right() - size - 6)
        head = line.kind in _HEADS
        font = fonts.sans(12.5 if head else 14, QFont.Weight.DemiBold if self._chosen else QFont.Weight.Normal)
        self._text(inner, line.text.upper() if head else line.text, font, head)

    def _count(self, inner: QRect, count: str) -> int:
        font = fonts.sans(12.5)
        width = QFontMetrics(font).horizontalAdvance(count)
        self._painter.setFont(font)
        self._painter.setPen(look.colour("accent" if self._chosen else "faint"))
        place = self._flip(QRect(inner.right() - width, inner.top(), width + 1, inner.height()))
        self._painter.drawText(place, int(_FLAGS), count)
        return width

    def _text(self, inner: QRect, text: str, font: QFont, head: bool) -> None:
        self._painter.setFont(font)
        self._painter.setPen(look.colour("accent" if self._chosen else "faint" if head else "ink"))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width())
        self._painter.drawText(self._flip(inner), int(_FLAGS | side | Qt.AlignmentFlag.AlignAbsolute), shown)

    def _flip(self, place: QRect) -> QRect:
        if self._mirrored:
            place = QRect(place)
            place.moveRight(self._spot.right() - (place.left() - self._spot.left()))
        return place


def _spot(rect: QRect, line: Line) -> QRect:
    """The line without the air that parts a heading from what stands above it."""
    top = look.px(8) if line.kind in _HEADS and not line.depth else 0
    return rect.adjusted(0, top, -1, -1)


def _ground(painter: QPainter, spot: QRect, chosen: bool, focused: bool) -> None:
    painter.setPen(look.colour("accent") if focused else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("soft" if chosen else "sel"))
    painter.drawRoundedRect(spot.adjusted(1, 0, -1, 0), 7, 7)


def _sign(line: Line) -> str:
    if line.kind is Kind.FOLDER:
        return "chevron-right" if line.folded else ""
    if line.feed is None or not line.sentence:
        return ""
    return _SIGNS.get(line.feed.state, "circle-alert")
