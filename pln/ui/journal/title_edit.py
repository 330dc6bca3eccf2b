"""The title of an entry: one line in serif on the page itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pln.ui import look
from pln.ui.sheet import SERIF

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class TitleEdit(QLineEdit):
    """done: Enter or Down, on to the body. left: the field lost the focus."""

    done = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTextMargins(-2, 0, 0, 0)  # in line with the text below
        self.dress()

    def dress(self) -> None:
        """Take the text size in force; call it again when the look changes."""
        size, height = look.px(27), look.px(40)
        self.setStyleSheet(
            f'QLineEdit {{ font-family: "{SERIF}"; font-size: {size}px; font-weight: 600; min-height: {height}px; }}'
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
