"""The page of an article: text in its measure, with a card below it that scrolls along."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from pln.ui import look
from pln.ui.reading import page_style
from pln.ui.reading.adornment import paint_adornment
from pln.ui.reading.footnote_tip import Footnotes
from pln.ui.reading.page_card import PageCard
from pln.ui.reading.page_style import PageStyle
from pln.ui.reading.pictures import NoPictures, Pictures, answer, fitted, key_of, keys_in
from pln.ui.reading.ranges import Range, Ranges, Units
from pln.ui.reading.safe_browser import SafeBrowser, SafeDocument
from pln.ui.reading.typeset import PageBuild
from pln.ui.widgets.settle import Settle

LEAST_SIDE = 24


class PageView(SafeBrowser):
    """Sets a long page piece by piece: its beginning stands at once, the rest follows between other events.

    arranged: the margins beside the text changed; brings those pixels, for what stands above it. built: the page
    stands to its end, also anew after the look changed. range_clicked: id of a marked stretch that was clicked.
    picture_clicked: key of a picture that was clicked.
    """

    arranged = Signal(int)
    built = Signal()
    range_clicked = Signal(int)
    picture_clicked = Signal(str)

    def __init__(self, name: str) -> None:
        self._build: PageBuild | None = None  # Qt asks for it while it makes the view
        super().__init__(name)
        self.setProperty("kind", "page")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._html, self._at = "", 0.0
        self.pictures: Pictures = NoPictures()
        self._rebuild = Settle(0, self._build_anew, self)
        self._pieces = QTimer(self, interval=0)
        self._pieces.timeout.connect(self._step)
        self._side = self._pictured = 0
        self.ranges = Ranges(self)
        self.footnotes = Footnotes(self)
        self.note.connect(self._to_note)
        self.card = PageCard(self)

    def show_page(self, html: str, at: float = 0.0) -> None:
        """Show a page from its beginning, or from where one was: 0 to 1."""
        self._html = html
        self.footnotes.put(html)
        self.ranges.forget()
        self.card.put(None)
        self._set(at)

    @property
    def page(self) -> SafeDocument | None:
        return None if self._build is None else self._build.document

    @property
    def is_whole(self) -> bool:
        """Does the page stand to its end?"""
        return self._build is not None and self._build.whole

    def finish(self) -> None:
        """Set what is still missing now, for whoever needs the page to its end."""
        while self._build is not None and not self._build.whole:
            self._step()

    def position(self) -> float:
        """How far one has read: 0 to 1."""
        if not self.is_whole and self._at:
            return self._at  # where it will be brought as soon as it stands
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def at_end(self) -> bool:
        self.finish()
        self.document().size()  # a page just shown is not laid out to its end
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def page_down(self, by: int = 1) -> None:
        """Read on by what is in sight, or back (by=-1)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * max(1, bar.pageStep() - look.px(40)))

    def page_text(self) -> str:
        """The page as plain text, title and byline first: what the places of stretches count in."""
        self.finish()
        return self.document().toPlainText()

    def selected_text_range(self) -> tuple[int, int]:
        """(start, length) of what is selected, in characters of `page_text`; a length of 0 for nothing."""
        self.finish()
        cursor, units = self.textCursor(), Units(self.document())
        start, end = units.characters(cursor.selectionStart()), units.characters(cursor.selectionEnd())
        return start, end - start

    def show_ranges(self, ranges: Iterable[tuple[int, int, int, str]]) -> None:
        """Tint stretches: (id, start, length, colour role such as "amber_soft"), until another page is shown."""
        self.ranges.show_marks(Range(*each) for each in ranges)

    def scroll_to_range(self, record: int) -> bool:
        """Bring a marked stretch into the upper half of the view; False for one that is not shown."""
        self.finish()
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

    def set_card(self, card: QWidget | None) -> None:
        """Put a card below the text, in place of the one before; None for none."""
        self.card.put(card)

    def side(self) -> int:
        """Pixels beside the text."""
        return max(self._side, LEAST_SIDE)

    def dress(self) -> None:
        """Set the page anew where the look that it was set in is not the one in force."""
        if self._build is not None and self._build.style != page_style.style():
            self._rebuild.nudge()  # one change of the look comes as several events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.card.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_measure()
        self.card.make_room()
        if self._build is not None and self._pictured not in (0, self._text_width(self._build.style)):
            self._rebuild.nudge()  # its pictures are as wide as the text was

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._press(place)

    def _press(self, place: QPoint) -> None:
        if self.anchorAt(place):
            return
        picture = key_of(self.cursorForPosition(place).charFormat().toImageFormat().name()) or self._after(place)
        found = self.ranges.at(place)
        if picture:
            self.picture_clicked.emit(picture)
        elif found is not None:
            self.range_clicked.emit(found)

    def _after(self, place: QPoint) -> str:
        """The picture right behind the cursor: on its left half, Qt places the cursor before it."""
        cursor = self.cursorForPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        key = key_of(cursor.charFormat().toImageFormat().name())
        return key if key and self.cursorRect(cursor).left() >= place.x() else ""

    def picture_keys(self) -> tuple[str, ...]:
        """The pictures of the page that are there, in their order."""
        keys = keys_in(self._html)
        there = self.pictures.sizes(keys) if keys else {}
        return tuple(key for key in keys if key in there)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._build is not None:
            painter = QPainter(self.viewport())
            offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            painter.translate(-offset)
            seen = QRectF(event.rect().translated(offset))
            paint_adornment(painter, self.document(), seen, self._build.style.palette)
            painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Theme and text size change what the page is made of; and Qt puts the widget's own font into documents."""
        super().changeEvent(event)
        if self._build is None or event.type() not in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            return
        self.dress()
        if self._build.document.defaultFont() != self._build.style.font():
            self._build.document.setDefaultFont(self._build.style.font())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the links, then into the card, which is brought into sight; in it, from button to button.

        A link that has the focus is told as one that is pointed at.
        """
        inside = self.card.has_focus()
        moved = QTextEdit.focusNextPrevChild(self, forward) if inside else super().focusNextPrevChild(forward)
        cursor = self.textCursor()
        self.highlighted.emit(QUrl(cursor.charFormat().anchorHref() if moved and cursor.hasSelection() else ""))
        self.card.bring_into_sight(self.focusWidget() or self.window().focusWidget())
        return moved

    def _to_note(self, name: str) -> None:
        """A footnote, or the way back from it."""
        self.finish()
        self.footnotes.jump(name)

    def _build_anew(self) -> None:
        self._set(self.position())
        self.finish()

    def _set(self, at: float) -> None:
        style = page_style.style()
        keys, width = keys_in(self._html), self._text_width(style)
        self._pictured = width if keys else 0
        html = fitted(self._html, self.pictures.sizes(keys) if keys else {}, width)
        given = partial(answer, self.pictures, lambda: width, self.devicePixelRatioF)
        old, self._build = self._build, PageBuild(html, style, self.refusals, self, given)
        self._at, self._side = at, -1
        self.card.reset()
        self._put_paper(style)
        self._keep_measure()
        self.setDocument(self._build.document)
        self._build.document.setDefaultFont(style.font())
        self._build.document.documentLayout().documentSizeChanged.connect(lambda _size: self.card.place())
        if old is not None:
            old.document.deleteLater()
        if self._build.whole:
            self._stands()
        else:
            self._pieces.start()

    def _text_width(self, style: PageStyle) -> int:
        return max(1, min(style.width(), self.viewport().width() - 2 * LEAST_SIDE))

    def _step(self) -> None:
        assert self._build is not None
        self._build.step()
        if self._build.whole:
            self._stands()

    def _stands(self) -> None:
        self._pieces.stop()
        self.card.make_room()
        self.ranges.paint()
        self._resume()
        self.built.emit()

    def _resume(self) -> None:
        at, self._at = self._at, 0.0
        bar = self.verticalScrollBar()
        if at > 0 and not bar.value():  # else one has read on meanwhile
            self.document().size()  # lays it all out, so that the scroll bar knows its end
            bar.setValue(round(at * bar.maximum()))

    def _put_paper(self, style: PageStyle) -> None:
        """The colours of the paper, where they are not the window's."""
        own = style.palette is not look.palette()
        paper = f"background: {style.palette.bg}; color: {style.palette.ink}" if own else ""
        if paper != self.styleSheet():
            self.setStyleSheet(paper)

    def _keep_measure(self) -> None:
        """Margins inside the document: the wheel then works beside the text too."""
        if self._build is None:
            return
        side = max(LEAST_SIDE, (self.viewport().width() - self._build.style.width()) // 2)
        if side == self._side:
            return
        self._side = side
        frame = self._build.document.rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(side)
        shape.setRightMargin(side)
        shape.setTopMargin(look.px(16) if self._build.style.palette is not look.palette() else 0)
        frame.setFrameFormat(shape)
        self.arranged.emit(side)
