"""Circles as chips on one line: those that fit, and the rest in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QWidget

from pln.model.contact import Circle
from pln.ui import look
from pln.ui.widgets.chips import chip_button

_GAP = 6
_WIDEST = 150


class CircleChips(QWidget):
    """chosen: brings the name of a circle, "" for everyone. The circle chosen is always in sight."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Circles"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._total, self._circles, self._current = -1, (), ""  # type: int, tuple[Circle, ...], str
        self._chips: list[tuple[str, QPushButton]] = []
        self._more = chip_button("…", run=self._open_menu)
        self._more.setParent(self)
        self._more.setAccessibleName(self.tr("More circles"))
        self._hidden: list[Circle] = []

    def current(self) -> str:
        return self._current

    def set_circles(self, total: int, circles: Sequence[Circle]) -> None:
        """Show these with their sizes. A current circle that is gone leaves everyone."""
        if (total, tuple(circles)) == (self._total, self._circles):
            return
        self._total, self._circles = total, tuple(circles)
        if self._current not in {circle.name for circle in circles}:
            self._current = ""
        self._build()

    def choose(self, name: str) -> None:
        """As if the chip of this circle had been pressed."""
        self._current = name
        self._build()
        self.chosen.emit(name)

    def shown(self) -> list[str]:
        """The texts in sight, in their order."""
        return [chip.text().replace("&&", "&") for _name, chip in self._chips if not chip.isHidden()]

    def hidden_circles(self) -> tuple[Circle, ...]:
        """Those that the menu holds."""
        return tuple(self._hidden)

    def sizeHint(self) -> QSize:
        return QSize(look.px(240), max(look.px(22), self._more.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        focused = next((name for name, chip in self._chips if chip.hasFocus()), None)
        for _name, chip in self._chips:
            chip.hide()
            chip.deleteLater()
        first = [circle for circle in self._circles if circle.name == self._current]
        rest = [circle for circle in self._circles if circle.name != self._current]
        everyone = self.tr("Everyone %1").replace("%1", f"{self._total:n}")
        self._chips = [("", self._chip("", everyone))]
        self._chips += [(each.name, self._chip(each.name, f"{each.name} {each.size:n}")) for each in (*first, *rest)]
        for name, chip in self._chips:
            if name == focused:
                chip.setFocus()
        self._arrange()

    def _chip(self, name: str, text: str) -> QPushButton:
        made = chip_button(text, checkable=True, run=lambda: self.choose(name))
        made.setParent(self)
        made.setChecked(name == self._current)
        return made

    def _arrange(self) -> None:
        """As many as fit, in whole words; a long name alone is cut."""
        room, reserved, x = self.width(), self._more.sizeHint().width() + _GAP, 0
        self._hidden = []
        sizes = {circle.name: circle for circle in self._circles}
        for number, (name, chip) in enumerate(self._chips):
            width = min(chip.sizeHint().width(), look.px(_WIDEST))
            last = number == len(self._chips) - 1 and not self._hidden
            fits = x + width <= room - (0 if last else reserved)
            chip.setVisible(fits)
            if fits:
                self._put(chip, x, width)
                x += width + _GAP
            elif name:
                self._hidden.append(sizes[name])
        self._more.setVisible(bool(self._hidden))
        self._put(self._more, x, self._more.sizeHint().width())

    def _put(self, chip: QWidget, x: int, width: int) -> None:
        height = chip.sizeHint().height()
        spot = QRect(x, (self.height() - height) // 2, width, height)
        chip.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), spot))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for circle in self._hidden:
            entry = menu.addAction(f"{circle.name} {circle.size:n}".replace("&", "&&"))
            entry.triggered.connect(lambda _checked=False, name=circle.name: self.choose(name))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
