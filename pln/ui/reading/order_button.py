"""The button beside the field of a list's search: in which order what was found is listed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from pln.ui.reading.shelf_order import Order
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import icon_button


class OrderButton(QWidget):
    """chosen: the order that was pressed in the menu. offers: what it offers, and which of these holds now."""

    chosen = Signal(Order)

    def __init__(self) -> None:
        super().__init__()
        self.offers: Callable[[], tuple[tuple[tuple[Order, str], ...], Order]] = lambda: ((), Order.NEWEST)
        self.button = icon_button("arrow-up-down", self.tr("Order of this list"), run=self.open_menu)
        line: QHBoxLayout = row(self.button, spacing=0)
        self.setLayout(line)

    def open_menu(self) -> QMenu:
        """Open the menu below the button; returned for tests."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        group = QActionGroup(menu)
        offered, now = self.offers()
        for order, words in offered:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(order is now)
            action.triggered.connect(lambda _checked=False, order=order: self.chosen.emit(order))
            group.addAction(action)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))
        return menu
