"""The rail at the leading edge: brand, places with their counts, Quiet mode, settings, and whether all is saved."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QPushButton, QVBoxLayout, QWidget

from pln.ui import fonts, icons, look
from pln.ui.place import PlaceEntry, PlaceId
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import icon_button
from pln.ui.widgets.labels import IconLabel, label

WIDTH = 208


class RailItem(QAbstractButton):
    """An icon, a word, and at the far end a count or a state."""

    def __init__(self, text: str, icon: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._icon, self._aside = icon, ""
        self.setText(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)

    def set_aside(self, text: str) -> None:
        self._aside = text
        self.setAccessibleName(f"{self.text()}, {text}" if text else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 24, look.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120), look.px(25))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "accent" if self.isChecked() else "ink"
        self._paint_ground(painter)
        size, start = look.px(18), 20 + look.px(18)
        icons.paint_icon(painter, self._flip(QRect(10, (self.height() - size) // 2, size, size)), self._icon, role)
        aside_font = fonts.sans(12.5)
        aside = QFontMetrics(aside_font).horizontalAdvance(self._aside)
        words = QRect(start, 0, self.width() - start - 12 - (aside + 8 if aside else 0), self.height())
        font = fonts.sans(14, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        self._write(painter, words, text, font, role)
        self._write(
            painter, QRect(self.width() - 10 - aside, 0, aside, self.height()), self._aside, aside_font, "faint"
        )

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(look.colour("soft" if self.isChecked() else "sel"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setPen(_ring_pen(painter))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 7, 7)

    def _write(self, painter: QPainter, spot: QRect, text: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(look.colour(role))
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._flip(spot), int(side | Qt.TextFlag.TextDontClip), text)

    def _flip(self, spot: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            spot.moveRight(self.width() - 1 - spot.left())
        return spot


class Rail(QWidget):
    """wanted: a place was pressed. The menu button opens all menus where the menu bar is hidden."""

    wanted = Signal(str)

    def __init__(self, entries: Iterable[PlaceEntry], menu: QMenu) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "rail")
        self.setProperty("edge", "right")
        self.setAccessibleName(self.tr("Places"))
        self._group = QButtonGroup(self)
        self.menu_button = icon_button("menu", self.tr("Menu"), run=lambda: self._open_menu(menu))
        self.items = {entry.id: self._item(entry) for entry in entries}
        self.quiet = RailItem(self.tr("Quiet mode"), "moon", checkable=False)
        self.settings = RailItem(self.tr("Settings"), "settings-2", checkable=False)
        self._saved = label("", "faint")
        self._lock = IconLabel("lock", "faint", 14)
        self._lock.hide()
        self.setLayout(self._arrange())
        self.set_quiet(False)

    def set_current(self, place: PlaceId) -> None:
        self.items[place].setChecked(True)

    def set_count(self, place: PlaceId, count: int | None) -> None:
        self.items[place].set_aside("" if not count else f"{count:n}")

    def set_visible_places(self, places: frozenset[PlaceId]) -> None:
        for place, item in self.items.items():
            item.setVisible(place in places)

    def set_quiet(self, on: bool) -> None:
        self.quiet.set_aside(self.tr("on") if on else self.tr("off"))

    def set_saved(self, text: str) -> None:
        """The line at the foot: "Encrypted · saved 10:42"."""
        self._saved.setText(text)
        self._lock.setVisible(bool(text))

    def bare(self, on: bool) -> None:
        """Brand and foot alone, for the welcome pages."""
        for item in (*self.items.values(), self.quiet, self.settings, self.menu_button):
            item.setVisible(not on)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH if look.px(10) == 10 else min(look.px(WIDTH), 300), super().sizeHint().height())

    def _arrange(self) -> QVBoxLayout:
        brand = column(label("PLN", "head"), label(self.tr("your learning network"), "faint"), spacing=4)
        top = row(brand, None, self.menu_button, margins=(10, 2, 0, 16), top=True)
        foot = row(self._lock, self._saved, None, spacing=5, margins=(10, 12, 0, 6))
        return column(
            top, *self.items.values(), None, self.quiet, self.settings, foot, spacing=2, margins=(12, 18, 12, 16)
        )

    def _item(self, entry: PlaceEntry) -> RailItem:
        item = RailItem(entry.title, entry.icon)
        self._group.addButton(item)
        item.clicked.connect(lambda _checked=False: self.wanted.emit(entry.id.value))
        return item

    def _open_menu(self, menu: QMenu) -> None:
        button: QPushButton = self.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _ring_pen(painter: QPainter) -> QPen:
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(look.colour("accent"))
    pen.setWidth(2)
    return pen
