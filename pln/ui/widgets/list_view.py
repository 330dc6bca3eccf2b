"""A list of rows of varying height that stays smooth at a million rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView

from pln.ui.widgets.paged_model import Index, PagedModel
from pln.ui.widgets.row_look import RowLook, paint_row, row_height

R = TypeVar("R")
_STEP = 60  # scroll-bar units per row; a row scrolls by its real height within them
_KEYS = {"MoveUp": -1, "MoveDown": 1, "MovePrevious": -1, "MoveNext": 1}


class ListView(QListView, Generic[R]):
    """Shows a PagedModel; `look` says what a record looks like.

    Nothing is ever measured but the rows in sight: the scroll bar counts rows, and the row at the top is drawn as far
    in as the bar stands between two rows. So neither a million rows nor rows of different heights cost anything.
    chosen: the record selected by the user or by `choose`. opened: Enter or a double click on it.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, name: str, model: PagedModel[R], look: Callable[[R], RowLook]) -> None:
        super().__init__()
        self._rows, self._look = model, look
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.setParent(self)
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._rows.id_at(index.row())))

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these records. The one chosen before stays chosen, and the list where it stood, if they can."""
        kept, value = self.chosen_id(), self.verticalScrollBar().value()
        if ids == self._rows.ids():
            self._rows.refresh_rows()
            return
        with QSignalBlocker(self):  # the choice was not made by the user
            self._rows.set_ids(ids)
            self.updateGeometries()
            self.verticalScrollBar().setValue(value)
            number = None if kept is None else self._rows.number_of(kept)
            if number is not None:
                self._select(number)
        self.viewport().update()

    def chosen_id(self) -> int | None:
        index = self.currentIndex()
        return self._rows.id_at(index.row()) if index.isValid() else None

    def choose(self, record: int) -> bool:
        """Choose a record and bring it into sight; False where it is not in the list."""
        number = self._rows.number_of(record)
        if number is None:
            return False
        self._select(number)
        return True

    def step(self, by: int) -> None:
        """Choose the record so many rows further; the first one where none was chosen."""
        current = self.currentIndex()
        number = current.row() + by if current.isValid() else 0
        if 0 <= number < self._count():
            self._select(number)

    def _select(self, number: int) -> None:
        index = self._rows.index(number)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._rows.id_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._rows.id_at(self.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    # Geometry: where rows are

    def _count(self) -> int:
        return self._rows.rowCount()

    def _height(self, number: int) -> int:
        row = self._rows.row(number)
        return 40 if row is None else row_height(self._look(row), self.viewport().width())

    def _anchor(self) -> tuple[int, int]:
        """The row at the top, and where its upper edge lies (0 or less)."""
        number, part = divmod(self.verticalScrollBar().value(), _STEP)
        if number >= self._count():
            return 0, 0
        return number, -round(part / _STEP * self._height(number))

    def _spots(self) -> list[tuple[int, QRect]]:
        """Row numbers in sight with their rectangles."""
        if not self._count():
            return []
        number, y = self._anchor()
        width, bottom, found = self.viewport().width(), self.viewport().height(), []
        while number < self._count() and y < bottom:
            height = self._height(number)
            found.append((number, QRect(0, y, width, height)))
            number, y = number + 1, y + height
        return found

    def _last_top(self) -> int:
        """The scroll-bar value at which the last row stands at the bottom."""
        room, number = self.viewport().height(), self._count()
        while number and room > 0:
            number -= 1
            height = self._height(number)
            if height >= room:
                return number * _STEP + round((height - room) / height * _STEP)
            room -= height
        return 0

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        bar.setSingleStep(_STEP)
        bar.setPageStep(max(1, len(self._spots()) - 1) * _STEP)
        bar.setRange(0, self._last_top())

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        return next((spot for number, spot in self._spots() if number == index.row()), QRect())

    def indexAt(self, point: QPoint) -> QModelIndex:
        found = (number for number, spot in self._spots() if spot.contains(point))
        return next((self._rows.index(number) for number in found), QModelIndex())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        seen, bar = dict(self._spots()), self.verticalScrollBar()
        spot = seen.get(index.row())
        if spot is None or spot.top() < 0 or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            if spot is None and index.row() > max(seen, default=0):
                bar.setValue(self._top_for_bottom(index.row()))
            else:
                bar.setValue(index.row() * _STEP)
        elif spot.bottom() >= self.viewport().height():
            bar.setValue(self._top_for_bottom(index.row()))

    def _top_for_bottom(self, number: int) -> int:
        """The scroll-bar value at which a row stands at the bottom."""
        room = self.viewport().height()
        for above in range(number, -1, -1):
            height = self._height(above)
            if height >= room:
                return above * _STEP + round((height - room) / height * _STEP)
            room -= height
        return 0

    # What Qt asks of a view

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        current = self.currentIndex().row()
        for number, spot in self._spots():
            row = self._rows.row(number)
            if row is not None and spot.intersects(event.rect()):
                chosen = number == current
                ring = chosen and self.hasFocus()
                paint_row(painter, spot, self._look(row), selected=chosen, focused=ring, mirrored=mirrored)

    def moveCursor(self, action: Any, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last, now = self._count() - 1, self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        page = max(1, len(self._spots()) - 1)
        steps = _KEYS | {"MovePageUp": -page, "MovePageDown": page, "MoveHome": -last - 1, "MoveEnd": last + 1}
        step = steps.get(action.name, 0)
        return self._rows.index(0 if now < 0 else min(last, max(0, now + step)))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index) if index.isValid() else QItemSelection(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def horizontalOffset(self) -> int:
        return 0
