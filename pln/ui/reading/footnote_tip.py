"""Footnotes where they are mentioned: their words beside the mark, and a way back for who went down to them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QTextBrowser

from pln.ui import look
from pln.ui.reading.footnotes import note_text
from pln.ui.reading.safe_browser import shown_address
from pln.ui.widgets.boxes import column
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label
from pln.ui.widgets.settle import Settle

_A_MOMENT = 150  # milliseconds: who only passes over a mark need not see its note
_WIDEST, _GAP = 440, 6


class Footnotes(QObject):
    """Of one view. `put` tells it the page that is shown."""

    def __init__(self, view: QTextBrowser) -> None:
        super().__init__(view)
        self._view = view
        self._html = ""
        self._name = ""
        self._at: QPoint | None = None  # where the pointer is, None after a key
        self._left: int | None = None  # where one was before going down to a note
        self.words = label("", wrap=True)
        self.tip = QFrame(view.viewport())
        self.tip.setProperty("role", "card")
        self.tip.setLayout(column(self.words, margins=(12, 9, 12, 10)))
        self.tip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tip.hide()
        self.back = button(self.tr("Back to the text"), icon="corner-up-left", run=self.go_back, tip=self.tr("Esc"))
        self.back.setParent(view)
        self.back.hide()
        self._soon = Settle(_A_MOMENT, self._show, self)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)
        view.highlighted.connect(self._pointed)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.hide_tip())

    def put(self, html: str) -> None:
        """Another page is shown."""
        self._html = html
        self.hide_tip()
        self._forget_way()

    def jump(self, name: str) -> None:
        """Go to a note, or from it to its mark; from a note there is a way back."""
        bar = self._view.verticalScrollBar()
        before = bar.value()
        self.hide_tip()
        self._view.document().size()
        self._view.scrollToAnchor(name)
        if bar.value() > before:
            self._left = before if self._left is None else self._left
            self.back.show()
            self._place_back()
        else:
            self._forget_way()

    def go_back(self) -> bool:
        """Go back to where one was before going down to a note; False for who did not."""
        if self._left is None:
            return False
        self._view.verticalScrollBar().setValue(self._left)
        self._forget_way()
        self._view.setFocus()
        return True

    def hide_tip(self) -> None:
        self._soon.stop()
        self.tip.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and watched is self._view.viewport():
            self._at = event.position().toPoint()
        elif kind is QEvent.Type.KeyPress:
            self._at = None
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.hide_tip()
        elif kind is QEvent.Type.Resize:
            self.hide_tip()
            self._place_back()
        return super().eventFilter(watched, event)

    def _pointed(self, url: QUrl) -> None:
        """A link is pointed at, or has the focus; an empty address for none."""
        self.hide_tip()
        self._name = "" if shown_address(url) else url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        if self._name:
            self._soon.nudge()

    def _show(self) -> None:
        words = note_text(self._html, self._name)
        if not words:
            return
        self.words.setText(words)
        view = self._view
        mark = view.cursorRect(view.textCursor() if self._at is None else view.cursorForPosition(self._at))
        room = view.viewport().rect().adjusted(12, 12, -12, -12)
        width = min(look.px(_WIDEST), room.width(), self.words.sizeHint().width() + 28)
        height = self.words.heightForWidth(width - 26) + 22
        self.tip.setGeometry(_beside(mark, width, height, room))
        self.tip.show()
        self.tip.raise_()

    def _forget_way(self) -> None:
        self._left = None
        self.back.hide()

    def _place_back(self) -> None:
        size, around = self.back.sizeHint(), self._view.viewport().geometry()
        self.back.setGeometry(QRect(
            around.right() - size.width() - 16, around.bottom() - size.height() - 16, size.width(), size.height()
        ))  # fmt: skip
        self.back.raise_()


def _beside(mark: QRect, width: int, height: int, room: QRect) -> QRect:
    """Below the mark, or above it where there is more room, and inside the view."""
    left = max(room.left(), min(mark.left() - 24, room.right() - width))
    below = mark.bottom() + _GAP
    fits = below + height <= room.bottom() or mark.top() - room.top() < room.bottom() - below
    top = below if fits else mark.top() - _GAP - height
    return QRect(left, max(room.top(), top), width, height)
