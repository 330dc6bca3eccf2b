"""A card below the text of a page, which scrolls along with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pln.ui import look
from pln.ui.reading.typeset import reserve

if TYPE_CHECKING:
    from pln.ui.reading.page_view import PageView

_BELOW = 48


class PageCard(QObject):
    """Keeps room for the card at the foot of the page, and the card in it. Out of sight until the page is whole."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._card: QWidget | None = None
        self._room = 0

    def put(self, card: QWidget | None) -> None:
        """Show a card in place of the one before; None for none."""
        if self._card is not None:
            self._card.removeEventFilter(self)
            self._card.hide()
            self._card.deleteLater()
        self._card = card
        if card is not None:
            card.setParent(self._view.viewport())
            card.installEventFilter(self)
            card.setVisible(self._view.is_whole)
        self.make_room()

    def reset(self) -> None:
        """The page is set anew: there is no room yet."""
        self._room = -1

    def make_room(self) -> None:
        page = self._view.page
        if page is None or not self._view.is_whole:
            return
        room = self._height() + look.px(_BELOW)
        if room != self._room:
            self._room = room
            reserve(page, room)
        self.place()

    def place(self) -> None:
        """Move the card to where the text ends, as far as that is known."""
        page = self._view.page
        if self._card is None or page is None or not self._view.is_whole:
            return
        self._card.setVisible(True)
        height, bar = self._height(), self._view.verticalScrollBar()
        if bar.maximum():  # asking for the place of the last block would lay out all of a long page
            end = bar.maximum() + self._view.viewport().height()
        else:
            below = page.documentLayout().blockBoundingRect(page.lastBlock())
            end = round(max(below.bottom(), below.top() + height + look.px(_BELOW)))
        top = end - height - look.px(_BELOW) + 12 - bar.value()
        self._card.setGeometry(QRect(self._view.side(), top, self._width(), height))

    def bring_into_sight(self, focused: QWidget | None) -> None:
        """Scroll down to what has the focus, if it lies in the card."""
        if self._card is None or focused is None or not self._card.isAncestorOf(focused):
            return
        port, bar = self._view.viewport(), self._view.verticalScrollBar()
        bottom = focused.mapTo(port, QPoint(0, focused.height())).y() + 24 - port.height()
        if bottom > 0:
            bar.setValue(bar.value() + bottom)

    def enter(self) -> bool:
        """Give the focus to the first button of the card, in sight; False where there is none."""
        self._view.finish()
        buttons = self._card.findChildren(QAbstractButton) if self._card is not None else []
        first = next((each for each in buttons if each.isEnabled() and not each.isHidden()), None)
        if first is None:
            return False
        self._view.document().size()  # a page just shown is not laid out to its end
        self.place()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bring_into_sight(first)
        return True

    def has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return self._card is not None and focused is not None and self._card.isAncestorOf(focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._card and event.type() is QEvent.Type.LayoutRequest:
            self.make_room()
        return False

    def _height(self) -> int:
        if self._card is None:
            return 0
        width = self._width()
        return self._card.heightForWidth(width) if self._card.hasHeightForWidth() else self._card.sizeHint().height()

    def _width(self) -> int:
        return max(1, self._view.viewport().width() - 2 * self._view.side())
