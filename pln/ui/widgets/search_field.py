"""A field to search or to filter in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pln.ui.icons import set_icon
from pln.ui.widgets.settle import Settle


class SearchField(QLineEdit):
    """`settled` brings the text when typing pauses for 120 ms, at once on Enter and on clearing. Esc clears first."""

    settled = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        lens = QAction(self)
        set_icon(lens, "search", "faint", 16)
        self.addAction(lens, QLineEdit.ActionPosition.LeadingPosition)
        self._settle = Settle(120, lambda: self.settled.emit(self.text()), self)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._settle.flush)

    def event(self, event: QEvent) -> bool:
        """Esc clears a text; only an empty field leaves it to the window, which steps back."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() is QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._settle.nudge()
        if not text:
            self._settle.flush()
