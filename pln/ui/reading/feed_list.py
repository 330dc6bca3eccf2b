"""The left pane: what can be listed, and how much is kept for reading offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from pln.model.offline import Kept
from pln.services.reading import Shelf
from pln.ui.icons import set_icon
from pln.ui.reading.feed_delegate import FeedDelegate
from pln.ui.reading.feed_model import LINE, FeedModel
from pln.ui.reading.shelves import Kind, Line
from pln.ui.reading.storage_card import StorageCard
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.labels import label, set_tip


class FeedList(QListView):
    """wanted: a shelf was chosen. menu: a menu is asked for on a line, at a place of the screen. fold: a folder."""

    wanted = Signal(object)
    menu = Signal(object, QPoint)
    fold = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lines = FeedModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(FeedDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self._fold(index.data(LINE)))

    def lines(self) -> Sequence[Line]:
        return self._lines.lines()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; what was chosen stays chosen and the list where it stood."""
        chosen, value = self.chosen(), self.verticalScrollBar().value()
        if self._lines.set_lines(lines):
            if chosen is not None and chosen.shelf is not None:
                self.choose(chosen.shelf)
            self.verticalScrollBar().setValue(value)

    def chosen(self) -> Line | None:
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def choose(self, shelf: Shelf) -> bool:
        """Show a shelf as chosen, without telling; False where it is not in the list."""
        number = self._lines.number_of(shelf)
        with QSignalBlocker(self):
            if number is None:
                self.selectionModel().clear()
                return False
            index = self._lines.index(number)
            if self.selectionModel().isSelected(index) and index == self.currentIndex():
                return True  # and the list stays where it was scrolled to
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.viewport().update()
        return True

    def dataChanged(
        self, first: QModelIndex | QPersistentModelIndex, last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Lines drawn anew where they stand: QListView would measure all of them, while news come in."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold a folder and open it."""
        line = self.chosen()
        folds = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
        if line is not None and line.kind is Kind.FOLDER and folds.get(Qt.Key(event.key())) not in (None, line.folded):
            self.fold.emit(line)
        elif event.key() == Qt.Key.Key_Menu and line is not None:
            self.menu.emit(line, self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))
        else:
            super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self.signalsBlocked():
            self.wanted.emit(current.data(LINE).shelf)

    def _menu_at(self, place: QPoint) -> None:
        line = self.indexAt(place).data(LINE) if self.indexAt(place).isValid() else None
        if line is not None:
            self.menu.emit(line, self.viewport().mapToGlobal(place))

    def _fold(self, line: Line) -> None:
        if line.kind is Kind.FOLDER:
            self.fold.emit(line)


class FeedPane(QWidget):
    """The heading with its buttons, the list, what could not be read, and the card of what is kept.

    broken: the feeds that could not be read are to be shown.
    """

    broken = Signal()

    def __init__(self, add: Callable[[], object], more: Callable[[QPoint], object]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "bg")
        self.setProperty("edge", "right")
        self.list = FeedList(self.tr("Feeds"))
        self.add = icon_button("plus", self.tr("Add a feed (A)"), run=add, role="ink")
        self.more = icon_button("ellipsis", self.tr("More"))
        self.more.clicked.connect(lambda _checked=False: more(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        head = row(label(self.tr("Feeds"), "label"), None, self.more, self.add, spacing=0, margins=(10, 0, 0, 0))
        self.broken_line = button("", "whisper", run=self.broken.emit)
        set_icon(self.broken_line, "circle-alert", "amber", 16, gap=6)
        self.broken_line.hide()
        self.kept_card = StorageCard()
        self.setLayout(
            column(
                head,
                Grow(self.list),
                6,
                row(self.broken_line, None, margins=(6, 0, 0, 4)),
                self.kept_card,
                spacing=2,
                margins=(10, 8, 10, 12),
            )
        )

    def show_numbers(self, *, kept: int, broken: int) -> None:
        """How many articles are kept; and a line that leads to the broken feeds, out of sight while all is well."""
        self.kept_card.show_articles(kept)
        self.broken_line.setText(self.tr("%1 could not be read").replace("%1", str(broken)))
        words = self.tr("Feeds that could not be read (%1)").replace("%1", str(broken))
        self.broken_line.setAccessibleName(words)
        set_tip(self.broken_line, words)
        self.broken_line.setVisible(broken > 0)

    def show_room(self, kept: Kept) -> None:
        self.kept_card.show_room(kept)

    def show_when(self, words: str) -> None:
        """How the last refresh went, in a few words."""
        self.kept_card.show_when(words)
