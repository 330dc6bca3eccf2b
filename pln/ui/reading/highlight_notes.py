"""Notes beside the text they are about: in the margin where it is wide enough, as a tooltip where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QLabel

from pln.model.anchoring import Span
from pln.model.highlight import Highlight
from pln.suggest.reasons import shortened
from pln.ui import look
from pln.ui.reading.page_view import PageView
from pln.ui.widgets.labels import label, show_tip

_LEAST, _MOST = 130, 240  # pixels of a note
_GAP = 18
_LONGEST = 260


class MarginNotes(QObject):
    """pressed: called with the id of the highlight whose note was pressed."""

    def __init__(self, view: PageView, pressed: Callable[[int], object]) -> None:
        super().__init__(view)
        self._view, self._pressed = view, pressed
        self._side = 0
        self._notes: list[tuple[Highlight, Span, _Note]] = []
        view.arranged.connect(self._arranged)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        view.viewport().installEventFilter(self)

    def show_notes(self, found: Sequence[tuple[Highlight, Span]]) -> None:
        """Show these notes in place of those before."""
        for _, _, old in self._notes:
            old.hide()
            old.deleteLater()
        self._notes = [(each, span, self._note(each)) for each, span in found if each.note]
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks for the tooltip of the text itself; links keep theirs."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = None if self._view.anchorAt(event.pos()) else self._view.ranges.at(event.pos())
            note = next((each.note for each, _, _ in self._notes if each.id == found), "")
            if note:
                show_tip(event.globalPos(), shortened(note, 600), self._view)
                return True
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _arranged(self, side: int) -> None:
        self._side = side
        self._place()

    def _note(self, each: Highlight) -> _Note:
        made = _Note(each, self._pressed)
        made.setParent(self._view.viewport())
        return made

    def _place(self) -> None:
        """Beside the beginning of its passage, below the note before it."""
        width = min(look.px(_MOST), self._side - 2 * _GAP)
        free = -1_000_000
        for _, _span, note in self._notes:
            note.setVisible(width >= look.px(_LEAST))
            if width < look.px(_LEAST):
                continue
            found = self._view.ranges.cursor(note.record)
            if found is None:
                note.hide()
                continue
            found.setPosition(found.selectionStart())
            note.setFixedWidth(width)
            height = note.heightForWidth(width)
            top = max(self._view.cursorRect(found).top(), free)
            note.setGeometry(QRect(self._left(width), top, width, height))
            free = top + height + look.px(8)

    def _left(self, width: int) -> int:
        if self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return self._side - _GAP - width
        return self._view.viewport().width() - self._side + _GAP


class _Note(QLabel):
    """A note as plain words; pressing it opens it."""

    def __init__(self, each: Highlight, pressed: Callable[[int], object]) -> None:
        super().__init__()
        self.record, self._pressed = each.id, pressed
        plain = label(shortened(each.note, _LONGEST), "muted", wrap=True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(plain.text())
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed(self.record)
        event.accept()
