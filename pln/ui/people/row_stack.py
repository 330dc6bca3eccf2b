"""Rows one below the other that are measured once for each width, however many there are.

Nested box layouts ask every row for its height again at each change; with fifty rows of wrapped words that is seconds.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget


class RowStack(QWidget):
    """spacing: pixels between rows. Each row is as wide as the stack."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._spacing = spacing
        self._rows: list[QWidget] = []
        self._heights: dict[tuple[int, int], int] = {}  # (row, width) -> height
        self._narrowest = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, layout: QLayout) -> None:
        """One more row at the end. Call `laid` after the last one."""
        made = QWidget(self)
        layout.setContentsMargins(0, 0, 0, 0)
        made.setLayout(layout)
        made.show()
        self._rows.append(made)
        self._narrowest = max(self._narrowest, made.minimumSizeHint().width())

    def laid(self) -> None:
        """Rows were added."""
        self.updateGeometry()
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [self._height(number, width) for number in range(len(self._rows))]
        return sum(heights) + self._spacing * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        return QSize(max(self._narrowest, self.width()), self.heightForWidth(max(self._narrowest, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):  # a row wants another height
            self._heights.clear()
            self.laid()
        return super().event(event)

    def _height(self, number: int, width: int) -> int:
        known = self._heights.get((number, width))
        if known is None:
            row = self._rows[number]
            known = row.heightForWidth(width) if row.hasHeightForWidth() else row.sizeHint().height()
            self._heights[number, width] = known
        return known

    def _arrange(self) -> None:
        y, width = 0, self.width()
        for number, row in enumerate(self._rows):
            height = self._height(number, width)
            row.setGeometry(QRect(0, y, width, height))
            y += height + self._spacing
