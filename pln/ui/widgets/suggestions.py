"""A short list under a field that one types in; the focus stays in the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QWidget

from pln.ui.widgets.boxes import column
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook, row_height

_MOST_HEIGHT = 320


class Suggestions(QFrame):
    """Floats inside the field's window, below it or, where there is more room, above. `taken` brings the row number."""

    taken = Signal(int)

    def __init__(self, name: str, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._options: Sequence[RowLook] = ()
        self.setProperty("role", "float")
        self.list = ListView(name, PagedModel(self._fetch, lambda row: f"{row.title} {row.second}"), lambda row: row)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self.taken.emit(index.row()))
        self.setLayout(column(self.list, margins=(4, 4, 4, 4)))
        field.destroyed.connect(self.deleteLater)  # by then it may be a child of the window
        self.hide()

    def offer(self, options: Sequence[RowLook]) -> None:
        """Show these rows with the first one chosen; hide where there are none."""
        self._options = options
        self.list.set_ids(tuple(range(len(options))))
        if not options:
            self.hide()
            return
        self._place()
        self.list.choose(0)
        self.show()
        self.raise_()

    def current(self) -> int | None:
        return self.list.chosen_id() if self.isVisible() else None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.set_ids(())

    def _fetch(self, ids: Sequence[int]) -> list[RowLook]:
        return [self._options[number] for number in ids]

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        spot = QRect(self._field.mapTo(window, QPoint(0, 0)), self._field.size())
        wanted = min(_MOST_HEIGHT, 10 + sum(row_height(row, spot.width()) for row in self._options))
        below, above = window.height() - spot.bottom() - 8, spot.top() - 8
        height = min(wanted, max(below, above))
        top = spot.bottom() + 4 if below >= min(wanted, above) else spot.top() - 4 - height
        self.setGeometry(spot.left(), top, spot.width(), height)
