"""Adding somebody by name alone: one line, and Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class AddLine(QWidget):
    """named: brings the name on Enter. more: the name so far, for the dialog with everything else. closed: Esc.

    typed: what is typed, so that the list can show who is there already.
    """

    named = Signal(str)
    more = Signal(str)
    typed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Name, then Enter"))
        self.edit.setAccessibleName(self.tr("Name of the new person"))
        self.edit.textEdited.connect(self.typed)
        self.edit.returnPressed.connect(self._enter)
        more = button(self.tr("More…"), "link", run=lambda: self.more.emit(self.name()))
        leave = button(self.tr("Cancel"), "link", run=self.closed.emit)
        hint = label(self.tr("A name is enough."), "faint")
        self.setLayout(column(self.edit, row(Grow(hint), more, leave), spacing=4))
        self.setFocusProxy(self.edit)

    def name(self) -> str:
        return " ".join(self.edit.text().split())

    def begin(self, name: str = "") -> None:
        self.edit.setText(name)
        self.show()
        self.edit.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc closes the line before it steps back in the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.closed.emit()
                return True
        return super().event(event)

    def _enter(self) -> None:
        if self.name():
            self.named.emit(self.name())
