"""The menu of what has the focus, for keyboards without a menu key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget


def open_context_menu() -> None:
    """Ask the widget that has the focus for its menu, as the menu key does. Qt does this by itself on Windows alone."""
    focused = QApplication.focusWidget()
    if focused is not None:
        spot = _at(focused)
        QApplication.sendEvent(
            focused, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, focused.mapToGlobal(spot))
        )


def _at(widget: QWidget) -> QPoint:
    """Where the chosen line or the cursor is; the middle of a widget that has neither."""
    found = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return found.center() if isinstance(found, QRect) and widget.rect().intersects(found) else widget.rect().center()
