"""Rows and columns without boilerplate, and the panes they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget


@dataclass(frozen=True, slots=True)
class Grow:
    """An item that takes the room left over, in proportion to its factor."""

    item: QWidget | QLayout
    factor: int = 1


Item = QWidget | QLayout | Grow | int | None
Margins = tuple[int, int, int, int]  # left, top, right, bottom, in pixels
NO_MARGINS: Margins = (0, 0, 0, 0)


def row(*items: Item, spacing: int = 8, margins: Margins = NO_MARGINS, top: bool = False) -> QHBoxLayout:
    """Items from left to right (mirrored for right-to-left). None stretches, a number leaves so many pixels.

    Widgets are centred vertically, or aligned at the top with `top`.
    """
    box = QHBoxLayout()
    _dress(box, spacing, margins)
    for item in items:
        _add(box, item, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
    return box


def column(*items: Item, spacing: int = 6, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Items from top to bottom, each as wide as the column. None stretches, a number leaves so many pixels."""
    box = QVBoxLayout()
    _dress(box, spacing, margins)
    for item in items:
        _add(box, item, Qt.AlignmentFlag(0))
    return box


def pane(layout: QLayout, tone: str = "bg", edge: str = "", width: int | None = None) -> QWidget:
    """A widget that paints its own background (bg, rail or surface), with a hairline at one edge if wanted."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setProperty("tone", tone)
    made.setProperty("edge", edge)
    made.setLayout(layout)
    if width is not None:
        made.setFixedWidth(width)
    return made


def hairline(vertical: bool = False) -> QFrame:
    """A faint line of one pixel."""
    made = QFrame()
    made.setProperty("role", "hairline")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are deleted, nested layouts too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (nested := item.layout()) is not None:
            clear(nested)
            nested.deleteLater()


def _dress(box: QBoxLayout, spacing: int, margins: Margins) -> None:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)


def _add(box: QBoxLayout, item: Item, align: Qt.AlignmentFlag) -> None:
    match item:
        case None:
            box.addStretch(1)
        case int():
            box.addSpacing(item)
        case Grow(QWidget() as widget, factor):
            box.addWidget(widget, factor)
        case Grow(QLayout() as layout, factor):
            box.addLayout(layout, factor)
        case QWidget():
            box.addWidget(item, 0, align)
        case QLayout():
            box.addLayout(item)
