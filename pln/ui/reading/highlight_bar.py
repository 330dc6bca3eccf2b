"""A small bar beside selected words: highlight them, note something, learn from them, ask somebody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame

from pln.model.highlight import HighlightKind
from pln.ui.reading.page_view import PageView
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.settle import Settle

Mark = Callable[[HighlightKind, bool], object]
_GAP = 8
_WAIT = 180  # milliseconds: not while the selection still grows


class HighlightBar(QFrame):
    """mark: called with the kind, and whether a note is to be written at once."""

    def __init__(self, view: PageView, mark: Mark) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setProperty("role", "float")
        self.setAccessibleName(_tr("What to do with the selected words"))
        plain, lesson, question = HighlightKind
        deeds = (
            (_tr("Highlight"), "highlighter", plain, False, _tr("Highlight (H)")),
            (_tr("Note"), "pencil", plain, True, _tr("Highlight with a note (Shift+H)")),
            (_tr("Learned"), "lightbulb", lesson, False, _tr("Something I learned")),
            (_tr("Ask"), "message-circle", question, True, _tr("A question for somebody")),
        )
        buttons = [
            button(text, "quiet", icon, run=partial(mark, kind, note), tip=tip) for text, icon, kind, note, tip in deeds
        ]
        self.setLayout(row(*buttons, spacing=0, margins=(4, 4, 4, 4)))
        self._soon = Settle(_WAIT, self._show, self)
        self.hide()
        view.selectionChanged.connect(self._selected)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._move())
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._move()
        return super().eventFilter(watched, event)

    def _selected(self) -> None:
        if self._view.textCursor().hasSelection():
            self._soon.nudge()
        else:
            self._soon.stop()
            self.hide()

    def _show(self) -> None:
        if self._view.textCursor().selectedText().strip():
            self.adjustSize()
            self._move()
            self.show()
            self.raise_()

    def _move(self) -> None:
        """Below the selection where there is room, else above it; always in sight."""
        cursor = self._view.textCursor()
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        below, above = self._view.cursorRect(last), self._view.cursorRect(first)
        room = self._view.viewport()
        y = below.bottom() + _GAP
        if y + self.height() > room.height():
            y = max(_GAP, above.top() - self.height() - _GAP)
        x = below.right() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else below.right() - self.width()
        self.move(QPoint(max(_GAP, min(x, room.width() - self.width() - _GAP)), y))


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
