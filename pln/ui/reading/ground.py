"""What the Reading place does with keys and things dropped on it as a widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from pln.ui.place import PlaceWidget
from pln.ui.reading.bringing import Bringing


class ReadingGround(PlaceWidget):
    """Takes what is dropped, as lists of feeds and addresses, and leaves Space to buttons."""

    bringing: Bringing

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def event(self, event: QEvent) -> bool:
        """Space presses the button that has the focus; only elsewhere it reads on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.bringing.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.bringing.take(event.mimeData())
