"""The page of an article: text in its measure, with a card below it that scrolls along."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from pln.ui import fonts, look
from pln.ui.reading.adornment import paint_adornment
from pln.ui.reading.ranges import Range, Ranges, Units
from pln.ui.reading.safe_browser import SafeBrowser, SafeDocument
from pln.ui.reading.typeset import SIZE, measure, reserve, set_page
from pln.ui.widgets.settle import Settle

_LEAST_SIDE = 24
_BELOW = 48


class PageView(SafeBrowser):
    """arranged: the margins beside the text changed; brings those pixels, for what stands above it.

    built: the page stands, also anew after the look changed. range_clicked: id of a marked stretch that was clicked.
    """

    arranged = Signal(int)
    built = Signal()
    range_clicked = Signal(int)

    def __init__(self, name: str) -> None:
        self._page: SafeDocument | None = None  # Qt asks for it while it makes the view
        super().__init__(name)
        self.setProperty("kind", "page")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._html = ""
        self._look: object = None  # that the page was built for
        self._rebuild = Settle(0, self._build_anew, self)
        self._card: QWidget | None = None
        self._side = self._room = 0
        self.ranges = Ranges(self)

    def show_page(self, html: str, at: float = 0.0) -> None:
        """Show a page from its beginning, or from where one was: 0 to 1."""
        self._html = html
        self.ranges.forget()
        self.set_card(None)
        self._build()
        self._resume(at)

    def position(self) -> float:
        """How far one has read: 0 to 1."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def at_end(self) -> bool:
        self.document().size()  # a page just shown is not laid out to its end
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def page_down(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(1, bar.pageStep() - look.px(40)))

    def page_text(self) -> str:
        """The page as plain text, title and byline first: what the places of stretches count in."""
        return self.document().toPlainText()

    def selected_text_range(self) -> tuple[int, int]:
        """(start, length) of what is selected, in characters of `page_text`; a length of 0 for nothing."""
        cursor, units = self.textCursor(), Units(self.document())
        start, end = units.characters(cursor.selectionStart()), units.characters(cursor.selectionEnd())
        return start, end - start

    def show_ranges(self, ranges: Iterable[tuple[int, int, int, str]]) -> None:
        """Tint stretches: (id, start, length, colour role such as "amber_soft"), until another page is shown."""
        self.ranges.show_marks(Range(*each) for each in ranges)

    def scroll_to_range(self, record: int) -> bool:
        """Bring a marked stretch into the upper half of the view; False for one that is not shown."""
        found = self.ranges.cursor(record)
        if found is None:
            return False
        self.bring_into_sight(found)
        return True

    def bring_into_sight(self, found: QTextCursor) -> None:
        """Scroll so that the beginning of a stretch stands a third below the top, unless it is well in sight."""
        self.document().size()
        start = QTextCursor(found)
        start.setPosition(found.selectionStart())
        top, height = self.cursorRect(start).top(), self.viewport().height()
        if not look.px(24) <= top <= height * 2 // 3:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - height // 3)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            found = None if self.anchorAt(place) else self.ranges.at(place)
            if found is not None:
                self.range_clicked.emit(found)

    def set_card(self, card: QWidget | None) -> None:
        """Put a card below the text, in place of the one before; None for none."""
        if self._card is not None:
            self._card.removeEventFilter(self)
            self._card.hide()
            self._card.deleteLater()
        self._card = card
        if card is not None:
            card.setParent(self.viewport())
            card.installEventFilter(self)
            card.show()
        self._make_room()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_measure()
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        painter.translate(-offset)
        paint_adornment(painter, self.document(), QRectF(event.rect().translated(offset)))
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Theme and text size change what the page is made of; and Qt puts the widget's own font into documents."""
        super().changeEvent(event)
        if self._page is None or event.type() not in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            return
        if self._look != _look_in_force():
            self._rebuild.nudge()  # one change of the look comes as several events
        elif self._page.defaultFont() != fonts.serif(SIZE):
            self._page.setDefaultFont(fonts.serif(SIZE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._card and event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the links, then into the card, which is brought into sight."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget() or self.window().focusWidget()
        if self._card is not None and focused is not None and self._card.isAncestorOf(focused):
            bottom = focused.mapTo(self.viewport(), QPoint(0, focused.height())).y() + 24 - self.viewport().height()
            if bottom > 0:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + bottom)
        return moved

    def _build_anew(self) -> None:
        at = self.position()
        self._build()
        self._resume(at)

    def _resume(self, at: float) -> None:
        if at > 0:
            self.document().size()  # lays it all out, so that the scroll bar knows its end
            bar = self.verticalScrollBar()
            bar.setValue(round(at * bar.maximum()))

    def _build(self) -> None:
        self._look = _look_in_force()
        old, self._page = self._page, set_page(self._html, self.refusals, self)
        self._side = self._room = -1
        self._keep_measure()
        self.setDocument(self._page)
        self._page.setDefaultFont(fonts.serif(SIZE))
        self._page.documentLayout().documentSizeChanged.connect(lambda _size: self._place_card())
        if old is not None:
            old.deleteLater()
        self._make_room()
        self.ranges.paint()
        self.built.emit()

    def _keep_measure(self) -> None:
        """Margins inside the document: the wheel then works beside the text too."""
        if self._page is None:
            return
        side = max(_LEAST_SIDE, (self.viewport().width() - measure()) // 2)
        if side == self._side:
            return
        self._side = side
        frame = self._page.rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(side)
        shape.setRightMargin(side)
        shape.setTopMargin(0)
        frame.setFrameFormat(shape)
        self.arranged.emit(side)

    def _make_room(self) -> None:
        if self._page is None:
            return
        room = self._card_height() + look.px(_BELOW)
        if room != self._room:
            self._room = room
            reserve(self._page, room)
        self._place_card()

    def _card_height(self) -> int:
        if self._card is None:
            return 0
        width = self._card_width()
        return self._card.heightForWidth(width) if self._card.hasHeightForWidth() else self._card.sizeHint().height()

    def _card_width(self) -> int:
        return max(1, self.viewport().width() - 2 * max(self._side, _LEAST_SIDE))

    def _place_card(self) -> None:
        if self._card is None or self._page is None:
            return
        height = self._card_height()
        below = self._page.documentLayout().blockBoundingRect(self._page.lastBlock())
        end = max(below.bottom(), below.top() + height + look.px(_BELOW))
        top = round(end) - height - look.px(_BELOW) + 12 - self.verticalScrollBar().value()
        self._card.setGeometry(QRect(max(self._side, _LEAST_SIDE), top, self._card_width(), height))


def _look_in_force() -> object:
    return look.palette(), look.px(1000)
