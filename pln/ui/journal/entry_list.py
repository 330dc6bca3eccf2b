"""The list of entries: when, what, and whether a copy was shared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from pln.model.journal import EntryRow
from pln.services.journal import entry_rows
from pln.ui.journal.days import short_day
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, hairline, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook

_MARKS = re.compile(r"[*_`>#@]+|<!--.*?(?:-->|$)")
_TITLE_LENGTH = 60


class EntryList(QWidget):
    """chosen: an entry picked by the user. new: the wish for a blank page. lock: the wish to lock the journal."""

    chosen = Signal(int)
    new = Signal()
    lock = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        model = PagedModel(self._fetch, lambda entry: f"{title_of(entry)} {short_day(entry.created, self._today)}")
        self.list = ListView(self.tr("Entries"), model, self._look)
        self.list.chosen.connect(self.chosen)
        self.new_button = button(self.tr("New"), icon="plus", run=self.new.emit)
        self.lock_button = icon_button("lock", self.tr("Lock the journal"), run=self.lock.emit)
        self.lock_button.hide()
        words = label(self.tr("What you write will be listed here."), "muted", wrap=True)
        self._nothing = QWidget()
        self._nothing.setLayout(column(words, margins=(16, 14, 16, 14)))
        head = row(
            label(self.tr("Journal"), "subtitle"), None, self.lock_button, self.new_button, margins=(16, 14, 16, 14)
        )
        self.setLayout(column(head, hairline(), self._nothing, Grow(self.list), spacing=0))

    @property
    def _today(self) -> date:
        return self._shell.today()

    def ids(self) -> tuple[int, ...]:
        return tuple(self._model.ids())

    def set_ids(self, ids: Sequence[int]) -> None:
        """Entries, newest first."""
        self.list.set_ids(ids)
        self._nothing.setVisible(not ids)

    def put_first(self, entry_id: int) -> None:
        """An entry was just begun."""
        self.set_ids((entry_id, *self.ids()))
        self.show_chosen(entry_id)

    def drop(self, entry_id: int) -> None:
        self.set_ids(tuple(each for each in self.ids() if each != entry_id))

    def refresh_rows(self) -> None:
        self._model.refresh_rows()
        self.list.viewport().update()

    def show_chosen(self, entry_id: int) -> None:
        """Mark the entry that is on the page; 0 marks none. `chosen` stays silent."""
        with QSignalBlocker(self.list):
            if not (entry_id and self.list.choose(entry_id)):
                self.list.selectionModel().setCurrentIndex(
                    QModelIndex(), self.list.selectionModel().SelectionFlag.Clear
                )
        self.list.viewport().update()

    @property
    def _model(self) -> PagedModel[EntryRow]:
        model = self.list.model()
        assert isinstance(model, PagedModel)
        return model

    def _fetch(self, ids: Sequence[int]) -> list[EntryRow | None]:
        found = {entry.id: entry for entry in entry_rows(self._shell.ctx, tuple(ids))}
        return [found.get(record) for record in ids]

    def _look(self, entry: EntryRow) -> RowLook:
        title, opening = title_of(entry), plain(entry.opening)
        return RowLook(
            over=short_day(entry.created, self._today), title=title or self.tr("Untitled"),
            second="" if opening.startswith(title) and not entry.title else opening,
            icon="globe" if entry.shared else "lock",
        )  # fmt: skip


def title_of(entry: EntryRow) -> str:
    """The title, or the first words where there is none."""
    return entry.title or plain(entry.opening)[:_TITLE_LENGTH]


def plain(opening: str) -> str:
    """The beginning of a text without the marks of Markdown."""
    return " ".join(_MARKS.sub("", opening).split())
