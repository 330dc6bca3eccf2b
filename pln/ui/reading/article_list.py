"""The middle pane: the articles of a shelf."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent

from pln.model.feed import ArticleRow, FeedRow
from pln.services.context import Context
from pln.services.reading import article_rows
from pln.ui.reading.ages import age
from pln.ui.reading.shelves import spoken_name
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook


class ArticleList(ListView[ArticleRow]):
    """unread and feeds are what the place knows of the articles shown; rows are read from the store by the hundred.

    An article can be pointed at: it stands as the chosen one, and is opened only when somebody asks for it.
    menu: what can be done with an article is asked for, at a place of the screen. To ask does not open the article.
    """

    menu = Signal(int, QPoint)

    def __init__(self, name: str, ctx: Context) -> None:
        self._ctx = ctx
        self._articles: PagedModel[ArticleRow] = PagedModel(self._fetch, self._spoken)
        super().__init__(name, self._articles, self._row_look)
        self.unread: Collection[int] = frozenset()
        self.feeds: Mapping[int, FeedRow] = {}
        self._pointed: int | None = None
        self.clicked.connect(lambda index: self._open_pointed(self._articles.id_at(index.row())))
        self.opened.connect(self._open_pointed)

    def ids(self) -> Sequence[int]:
        return self._articles.ids()

    def row(self, record: int) -> ArticleRow | None:
        number = self._articles.number_of(record)
        return None if number is None else self._articles.row(number)

    def point_at(self, record: int) -> None:
        """Choose an article without opening it."""
        self._pointed = record
        with QSignalBlocker(self):
            if not super().choose(record):
                self._pointed = None
        self.viewport().update()

    def pointed_id(self) -> int | None:
        """The article that is pointed at and not open."""
        return self._pointed

    def read_from(self) -> int | None:
        """What one reads on from: the chosen article, or the one above that which is only pointed at."""
        chosen = self.chosen_id()
        if self._pointed is None or chosen != self._pointed:
            return chosen
        number = self._articles.number_of(chosen)
        return self._articles.id_at(number - 1) if number else None

    def choose(self, record: int) -> bool:
        return self._open_pointed(record) or super().choose(record)

    def step(self, by: int) -> None:
        """On from an article that is pointed at, that one comes first."""
        if by <= 0 or self._pointed is None or not self._open_pointed(self._pointed):
            super().step(by)

    def _open_pointed(self, record: int) -> bool:
        """Open an article that was only pointed at; False for any other."""
        if record != self._pointed or record != self.chosen_id():
            return False
        self._pointed = None
        self.chosen.emit(record)
        return True

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and self._articles.id_at(current.row()) != self._pointed:
            self._pointed = None
        super()._current_changed(current, before)

    def show_shelf(self, ids: Sequence[int]) -> None:
        """Another shelf: nothing is chosen, the list stands at its top."""
        self._pointed = None
        self.selectionModel().setCurrentIndex(self._articles.index(-1), QItemSelectionModel.SelectionFlag.Clear)
        self.set_ids(ids)
        self.verticalScrollBar().setValue(0)

    def bring(self, ids: Sequence[int]) -> None:
        """The same shelf with news: what is in sight stays where it is, unless one looks at the very top unengaged."""
        bar = self.verticalScrollBar()
        if bar.value() == 0 and self.chosen_id() is None:
            self.set_ids(ids)
            return
        number, part = divmod(bar.value(), max(1, bar.singleStep()))
        shown = self.ids()
        anchor = shown[number] if number < len(shown) else None
        self.set_ids(ids)
        found = None if anchor is None else self._articles.number_of(anchor)
        if found is not None:
            bar.setValue(found * bar.singleStep() + part)

    def redraw(self, record: int) -> None:
        """Draw one row anew."""
        number = self._articles.number_of(record)
        if number is not None:
            self.viewport().update(self.visualRect(self._articles.index(number)))

    def refresh_rows(self) -> None:
        """Read rows anew: a star or a name changed."""
        self._articles.refresh_rows()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would choose the first row by itself, and that article would be opened and count as read."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        with QSignalBlocker(self):
            super().focusInEvent(event)
            self.selectionModel().clear()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button would choose the row, and so open the article and count it as read."""
        if event.button() is not Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse of the row below it, by key of the chosen one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            spot = self.visualRect(index).center() if by_key else event.pos()
            self.menu.emit(self._articles.id_at(index.row()), self.viewport().mapToGlobal(spot))
        event.accept()

    def _fetch(self, ids: Sequence[int]) -> Sequence[ArticleRow | None]:
        found = {row.id: row for row in article_rows(self._ctx, tuple(ids))}
        return [found.get(record) for record in ids]

    def _row_look(self, row: ArticleRow) -> RowLook:
        new = row.id in self.unread
        return RowLook(
            title=row.title or self.tr("Without a title"), over=self._over(row),
            hint=self._hint(row), dot=new, strong=new, lines=2,
            icon="star" if row.starred else "bookmark" if row.later else "",
        )  # fmt: skip

    def _hint(self, row: ArticleRow) -> str:
        """ "6 min · 2 h": how long it takes to read, and how old it is."""
        old = age(row.published, self._ctx.clock.now())
        return f"{self.tr('%1 min').replace('%1', str(row.minutes))} · {old}" if row.minutes > 1 else old

    def _over(self, row: ArticleRow) -> str:
        """ "Field guide +2": who tells it, and how many other feeds do."""
        return f"{self._who(row)}  +{row.twins}" if row.twins else self._who(row)

    def _who(self, row: ArticleRow) -> str:
        feed = self.feeds.get(row.feed_id)
        return spoken_name(feed) if feed is not None else row.feed_title

    def _spoken(self, row: ArticleRow) -> str:
        state = self.tr("unread") if row.id in self.unread else self.tr("read")
        parts = [row.title, self._who(row), age(row.published, self._ctx.clock.now()), state]
        parts += [self.tr("%1 minutes").replace("%1", str(row.minutes))] if row.minutes > 1 else []
        parts += [self.tr("also in %1 more").replace("%1", str(row.twins))] if row.twins else []
        parts += [self.tr("kept for later")] if row.later else []
        return ", ".join([*parts, *([self.tr("saved")] if row.starred else [])])
