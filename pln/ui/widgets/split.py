"""A main column with a side column that moves below it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from pln.ui import look


class Split(QWidget):
    """side_width: of the side column. below: the width of the whole under which it moves down.

    Both are pixels at normal text size and grow with it.
    """

    def __init__(
        self, main: QLayout, side: QLayout, *, side_width: int = 344, below: int = 860, spacing: int = 28
    ) -> None:
        super().__init__()
        self._side_width, self._below, self._spacing = side_width, below, spacing
        self._main, self._side = _part(main, self), _part(side, self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def beside(self) -> bool:
        """Do the columns stand side by side?"""
        return self._fits(self.width())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._fits(width):
            rest = width - look.px(self._side_width) - self._spacing
            return max(_height(self._main, rest), _height(self._side, look.px(self._side_width)))
        return _height(self._main, width) + self._spacing + _height(self._side, width)

    def minimumSizeHint(self) -> QSize:
        width = max(self._main.minimumSizeHint().width(), self._side.minimumSizeHint().width())
        return QSize(width, 0)

    def sizeHint(self) -> QSize:
        width = look.px(self._below)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a column wants another height
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _fits(self, width: int) -> bool:
        return width >= look.px(self._below)

    def _arrange(self) -> None:
        width, side = self.width(), look.px(self._side_width)
        if self.beside():
            main = QRect(0, 0, width - side - self._spacing, self.height())
            self._put(self._main, main)
            self._put(self._side, QRect(width - side, 0, side, self.height()))
        else:
            height = _height(self._main, width)
            self._put(self._main, QRect(0, 0, width, height))
            top = height + self._spacing
            self._put(self._side, QRect(0, top, width, max(0, self.height() - top)))

    def _put(self, part: QWidget, spot: QRect) -> None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            spot.moveLeft(self.width() - spot.left() - spot.width())
        part.setGeometry(spot)


def _part(layout: QLayout, parent: QWidget) -> QWidget:
    part = QWidget(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    part.setLayout(layout)
    return part


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
