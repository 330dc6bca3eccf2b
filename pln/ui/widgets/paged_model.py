"""A list of any length: it holds ids and reads rows by the hundred when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

PAGE = 100
PAGES_KEPT = 40

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractListModel, Generic[R]):
    """fetch: rows for up to 100 ids, in their order and one for each. text: what a screen reader says of a row.

    A record deleted since the ids were read may be missing: `fetch` returns None in its stead and the row stays blank.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[R | None]],
        text: Callable[[R], str] = str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._text = fetch, text
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Sequence[R | None]] = OrderedDict()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these records in this order."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def ids(self) -> Sequence[int]:
        return self._ids

    def refresh_rows(self) -> None:
        """Read rows anew when they are next looked at; ids and order stay."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def id_at(self, number: int) -> int:
        return self._ids[number]

    def number_of(self, record: int) -> int | None:
        """The row number of a record, None where it is not in the list."""
        try:
            return self._ids.index(record)
        except ValueError:
            return None

    def row(self, number: int) -> R | None:
        """The record at a row number, read if need be together with its page."""
        page, offset = divmod(number, PAGE)
        return self._page(page)[offset]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        row = self.row(index.row())
        return "" if row is None else self._text(row)

    def _page(self, page: int) -> Sequence[R | None]:
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        rows = self._fetch(ids)
        assert len(rows) == len(ids), "fetch must return one row per id"
        self._pages[page] = rows
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return rows
