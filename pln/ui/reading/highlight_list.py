"""The middle pane with all highlights: filtered, found by their words, opened where they stand, written to a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget
from shiboken6 import isValid

from pln.model.changes import ChangeSet, Noun
from pln.model.highlight import HighlightKind, HighlightRow
from pln.services.highlights import Which, highlight_ids, highlight_rows
from pln.suggest.reasons import short_day, shortened
from pln.ui.reading.highlight_deeds import ask_was, remove_with_undo
from pln.ui.reading.highlight_files import copy_highlights, save_highlights
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.buttons import icon_button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook
from pln.ui.widgets.search_field import SearchField

_QUOTE = 220
_ALL, _OPEN = "all", "open"
_ICONS = {HighlightKind.HIGHLIGHT: "", HighlightKind.LESSON: "lightbulb", HighlightKind.QUESTION: "message-circle"}


class HighlightList(ListView[HighlightRow]):
    """Newest first, with the words of the note below the passage. removing: Delete was pressed on one."""

    removing = Signal(int)

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._model: PagedModel[HighlightRow] = PagedModel(self._fetch, self._spoken)
        super().__init__(_tr("Highlights"), self._model, self._row_look)

    def ids(self) -> Sequence[int]:
        return self._model.ids()

    def row_of(self, record: int) -> HighlightRow | None:
        number = self._model.number_of(record)
        return None if number is None else self._model.row(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.chosen_id()
        if event.key() == Qt.Key.Key_Delete and record is not None:
            self.removing.emit(record)
        else:
            super().keyPressEvent(event)

    def _fetch(self, ids: Sequence[int]) -> Sequence[HighlightRow | None]:
        found = {each.highlight.id: each for each in highlight_rows(self._shell.ctx, tuple(ids))}
        return [found.get(record) for record in ids]

    def _row_look(self, each: HighlightRow) -> RowLook:
        return RowLook(
            title=shortened(" ".join(each.highlight.quote.split()), _QUOTE), over=_from(each),
            hint=short_day(each.day, self._shell.today()), second=_said(each), strong=False, lines=3,
            icon=_ICONS[each.highlight.kind],
        )  # fmt: skip

    def _spoken(self, each: HighlightRow) -> str:
        return ", ".join(part for part in (each.highlight.quote, _said(each), _from(each)) if part)


class HighlightPane(QWidget):
    """wanted: (highlight, article) was chosen and is to be shown. changed: something was written."""

    wanted = Signal(int, int)
    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, self._asked = shell, 0
        self.list = HighlightList(shell)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.edit)
        self.list.removing.connect(self.remove)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu_at)
        self.field = SearchField(_tr("Find in highlights"))
        self.field.settled.connect(lambda _text: self.refresh())
        kinds = [
            (_ALL, _tr("All")), (HighlightKind.LESSON.value, _tr("Learned")),
            (HighlightKind.QUESTION.value, _tr("Questions")), (_OPEN, _tr("Still to ask")),
        ]  # fmt: skip
        self.kind = Choice(_tr("Which highlights"), kinds, _ALL)
        self.kind.chosen.connect(lambda _kind: self.refresh())
        self._more = icon_button("ellipsis", _tr("More"))
        self._more.clicked.connect(lambda _checked=False: self._show_more())
        head = column(Grow(self.field), row(Grow(self.kind), self._more, spacing=4), spacing=6, margins=(12, 10, 8, 8))
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QWidget()
        empty.setLayout(column(None, self._nothing, None, None, margins=(24, 24, 24, 24)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        self.setLayout(column(pane(head, edge="bottom"), Grow(self._stack), spacing=0))
        stop = shell.subscribe(self._hear)
        self.destroyed.connect(lambda _gone=None: stop())

    def refresh(self) -> None:
        """Read the list anew."""
        self._asked += 1
        asked, ctx, which = self._asked, self._shell.ctx, self._which()
        self._shell.tasks.read(
            lambda: highlight_ids(ctx, which), lambda ids: self._arrived(asked, ids), self._shell.fail
        )

    def choose(self, record: int) -> None:
        """Choose one, whatever is typed; it is opened."""
        self.field.clear()
        self.kind.set_current(_ALL)
        self._asked += 1
        self._arrived(self._asked, highlight_ids(self._shell.ctx, Which()))
        if self.list.chosen_id() == record:
            self._chosen(record)
        else:
            self.list.choose(record)

    def edit(self, record: int) -> None:
        found = highlight_rows(self._shell.ctx, (record,))
        if found:
            from pln.ui.reading.highlight_dialog import HighlightDialog

            HighlightDialog(self._shell, self.window(), found[0], self._written).open()

    def remove(self, record: int) -> None:
        remove_with_undo(self._shell, record, self._written)

    def save(self) -> None:
        """Write those that are listed into a Markdown file."""
        save_highlights(self._shell, self, tuple(self.list.ids()))

    def copy(self) -> None:
        """Put those that are listed on the clipboard."""
        copy_highlights(self._shell, tuple(self.list.ids()))

    def _which(self) -> Which:
        key = self.kind.current()
        kind = HighlightKind(key) if key not in (_ALL, _OPEN) else None
        return Which(typed=self.field.text(), kind=kind, open=key == _OPEN)

    def _arrived(self, asked: int, ids: tuple[int, ...]) -> None:
        if asked != self._asked or not isValid(self):
            return
        self.list.set_ids(ids)
        anything = self.field.text().strip() or self.kind.current() != _ALL
        words = _tr("Nothing fits.") if anything else _tr("Select words in an article and press H to keep them here.")
        self._nothing.setText(words)
        self._stack.setCurrentIndex(0 if ids else 1)

    def _chosen(self, record: int) -> None:
        found = self.list.row_of(record)
        if found is not None:
            self.wanted.emit(record, found.highlight.article_id)

    def _written(self) -> None:
        if isValid(self):
            self.refresh()
            self.changed.emit()

    def _hear(self, changes: ChangeSet) -> None:
        if isValid(self) and self.isVisible() and changes.touches(Noun.HIGHLIGHT):
            self.refresh()

    def _menu_at(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        found = self.list.row_of(self.list.ids()[index.row()]) if index.isValid() else None
        if found is None:
            return
        record, menu = found.highlight.id, QMenu(self)
        menu.addAction(_tr("Note and kind…"), lambda: self.edit(record))
        if found.highlight.is_open_question:
            menu.addAction(_tr("I asked"), lambda: ask_was(self._shell, record, self._written))
        menu.addAction(_tr("Copy with its link"), lambda: copy_highlights(self._shell, (record,)))
        menu.addSeparator()
        menu.addAction(_tr("Remove"), lambda: self.remove(record))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(_tr("Write these to a file (Markdown)…"), self.save)
        menu.addAction(_tr("Copy these as Markdown"), self.copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


def _from(each: HighlightRow) -> str:
    return each.voice or each.author or each.feed_title


def _said(each: HighlightRow) -> str:
    """The note; before it of whom it is to be asked."""
    asked = ""
    if each.highlight.kind is HighlightKind.QUESTION:
        words = _tr("Asked %1") if each.highlight.closed_on else _tr("To ask %1")
        asked = words.replace("%1", each.person or _tr("somebody"))
    note = shortened(" ".join(each.highlight.note.split()), 160)
    return ": ".join(part for part in (asked, note) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
