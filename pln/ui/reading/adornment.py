"""What is drawn below the text: the bar beside a quotation, the ground of code."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextDocument

from pln.ui.colours import Palette
from pln.ui.reading.typeset import CODE, QUOTE, STEP

_BAR, _BESIDE = 3.0, 18.0


def paint_adornment(painter: QPainter, document: QTextDocument, seen: QRectF, palette: Palette) -> None:
    """Draw what belongs to the blocks in sight. seen: the part of the document in view; the painter stands there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for first, last in _runs(document, seen):
        if first.blockFormat().hasProperty(CODE):
            _ground(painter, first, last, QColor(palette.rail))
        else:
            _bars(painter, first, last, QColor(palette.line))
    painter.restore()


def _runs(document: QTextDocument, seen: QRectF) -> Iterator[tuple[QTextBlock, QTextBlock]]:
    """First and last block of each stretch of code or quotation in sight."""
    block = _first_in(document, seen.top())
    while block.isValid() and _bounds(block).top() <= seen.bottom():
        if not _kind(block):
            block = block.next()
            continue
        first, last = block, block
        while last.next().isValid() and _kind(last.next()) == _kind(first):
            last = last.next()
        yield first, last
        block = last.next()


def _first_in(document: QTextDocument, y: float) -> QTextBlock:
    """The block at a height, or the first one of the stretch that it belongs to."""
    layout = document.documentLayout()
    position = layout.hitTest(QRectF(0, y, 1, 1).topLeft(), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    while block.previous().isValid() and _kind(block) and _kind(block.previous()) == _kind(block):
        block = block.previous()
    return block


def _kind(block: QTextBlock) -> int:
    shape = block.blockFormat()
    return -1 if shape.hasProperty(CODE) else shape.intProperty(QUOTE)


def _bounds(block: QTextBlock) -> QRectF:
    """Where the text of a block stands: lines higher than their type have air above it that Qt does not count."""
    air = block.layout().boundingRect().top()
    return block.document().documentLayout().blockBoundingRect(block).adjusted(0, 0, 0, air)


def _bars(painter: QPainter, first: QTextBlock, last: QTextBlock, colour: QColor) -> None:
    """One bar for each level, down to the next paragraph where that is quoted too."""
    painter.setBrush(colour)
    top, below = _bounds(first), last.next()
    bottom = _bounds(below).top() if below.isValid() and _kind(below) > 0 else _bounds(last).bottom() + 4
    for level in range(_kind(first)):
        left = top.left() + (level + 1) * STEP - _BESIDE
        painter.drawRoundedRect(QRectF(left, top.top() + 4, _BAR, bottom - top.top() - 4), 1.5, 1.5)


def _ground(painter: QPainter, first: QTextBlock, last: QTextBlock, colour: QColor) -> None:
    painter.setBrush(colour)
    top, bottom = _bounds(first), _bounds(last)
    shape = first.blockFormat()
    width = top.width() + shape.leftMargin() + shape.rightMargin()
    painter.drawRoundedRect(QRectF(top.left(), top.top() - 8, width, bottom.bottom() - top.top() + 20), 8, 8)
