"""A drop-down list of a few options."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from pln.ui.icons import paint_icon


class Choice(QComboBox):
    """options: (key, text). `chosen` brings the key when the user chooses; the wheel does not change it."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        for key, text in options:
            self.addItem(text, key)
        if current:
            self.set_current(current)
        self.activated.connect(lambda _number: self.chosen.emit(self.current()))

    def current(self) -> str:
        return str(self.currentData())

    def set_current(self, key: str) -> None:
        """Show an option as chosen. Raises KeyError for an unknown one."""
        number = self.findData(key)
        if number < 0:
            raise KeyError(key)
        self.setCurrentIndex(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self)


def paint_arrow(widget: QWidget) -> None:
    """The small arrow at the trailing edge that says: there is more to choose from."""
    left = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    x = 10 if left else widget.width() - 26
    paint_icon(QPainter(widget), QRect(x, (widget.height() - 16) // 2, 16, 16), "chevron-down", "muted")
