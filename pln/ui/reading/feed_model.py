"""The feed list as Qt sees it: lines that are kept, told and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pln.services.reading import Shelf
from pln.ui.reading.shelves import Kind, Line
from pln.ui.widgets.labels import escape

LINE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_FEW = 30  # told one by one are drawn alone; of a range the view draws all it shows, but measures no line


class FeedModel(QAbstractListModel):
    """Holds the lines; a few hundred at most."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    def lines(self) -> Sequence[Line]:
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> bool:
        """Show these lines. True where they stand in other rows than before, so that choice and position are lost."""
        moved = [(line.kind, line.shelf) for line in lines] != [(line.kind, line.shelf) for line in self._lines]
        before = self._lines
        if moved:
            self.beginResetModel()
        self._lines = lines
        if moved:
            self.endResetModel()
            return True
        changed = [number for number, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        if len(changed) > _FEW:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        else:
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
        return False

    def number_of(self, shelf: Shelf) -> int | None:
        return next((number for number, line in enumerate(self._lines) if line.shelf == shelf), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self._lines[index.row()].kind is Kind.LABEL:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _spoken(self, line: Line) -> str:
        count = self.tr("%n unread", "", line.count).replace("%n", str(line.count)) if line.count else ""
        return ", ".join(part for part in (line.text, count, line.sentence) if part)


def _tip(line: Line) -> str:
    words = f"{line.text}\n{line.sentence}" if line.sentence else line.text
    return f"<qt>{escape(words)}</qt>".replace("\n", "<br>")
