"""The list of people: title, Add, search, circles, and everyone by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pln.model.contact import Circle, PersonRow
from pln.services.contacts import people_counts, person_ids, person_rows
from pln.services.context import Context
from pln.suggest.reasons import ago
from pln.ui.looking import close_where_looked_at
from pln.ui.people.add_line import AddLine
from pln.ui.people.circle_chips import CircleChips
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook
from pln.ui.widgets.search_field import SearchField

WIDTH = 318


@dataclass(frozen=True, slots=True)
class _Read:
    ids: tuple[int, ...]
    total: int
    circles: tuple[Circle, ...]


class ListPane(QWidget):
    """chosen: a person's page is wanted. opened: and the focus with it. named: add somebody of this name.

    more: open the dialog with everything else for this name. filled: after each reading, with the number in the list.
    """

    chosen = Signal(int)
    opened = Signal(int)
    named = Signal(str)
    more = Signal(str)
    filled = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, self._asked, self._wanted, self._into = shell, 0, 0, False
        self.total: int | None = None
        self.add = button(self.tr("Add"), icon="plus", run=self.begin_add)
        self.search = SearchField(self.tr("Find somebody"))
        self.add_line = AddLine()
        self.chips = CircleChips()
        self.view: ListView[PersonRow] = ListView(self.tr("People"), PagedModel(self._fetch, self._said), self._look)
        self._nobody = label("", "lead", wrap=True)
        self._nobody_add = button("", run=self._add_searched)
        close_where_looked_at(shell, self.add, self._nobody_add)
        self._stack = QStackedWidget()
        self._arrange()
        self._wire()

    def refresh(self, choose: int = 0) -> None:
        """Read the list anew. choose: the person to choose then, 0 for the one chosen before."""
        self._asked += 1
        self._wanted = choose or self._wanted
        number, ctx, typed, circle = self._asked, self._shell.ctx, self._typed(), self.chips.current()
        self._shell.tasks.read(
            lambda: _read(ctx, typed, circle), lambda found: self._arrived(number, found), self._shell.fail
        )

    def begin_search(self) -> None:
        """Put the cursor into the search field."""
        self._close_add()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def begin_add(self, name: str = "") -> None:
        """Open the line for a name."""
        self.search.hide()
        self.add_line.begin(name)
        self.refresh()

    def show_everyone(self) -> None:
        """Leave search and circle, so that anybody can be chosen."""
        self._close_add()
        if self.search.text() or self.chips.current():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.chips.choose("")

    def leave_filter(self) -> bool:
        """Esc: close the add line, else empty the search, else leave the circle. False where there was nothing."""
        if self.add_line.isVisible():
            self._close_add()
        elif self.search.text():
            self.search.clear()
        elif self.chips.current():
            self.chips.choose("")
        else:
            return False
        return True

    def neighbour(self, person_id: int) -> int:
        """Who stands below somebody, or above for the last one; 0 for nobody."""
        ids = self._model().ids()
        if person_id not in ids or len(ids) < 2:
            return 0
        at = ids.index(person_id)
        return ids[at + 1] if at + 1 < len(ids) else ids[at - 1]

    def _arrange(self) -> None:
        self.add_line.hide()
        head = row(label(self.tr("People"), "subtitle"), None, self.add)
        top = column(head, self.search, self.add_line, self.chips, spacing=10, margins=(14, 14, 14, 11))
        empty = column(24, self._nobody, row(self._nobody_add, None), None, spacing=12, margins=(14, 0, 14, 0))
        for page in (self.view, pane(empty)):
            self._stack.addWidget(page)
        self.setLayout(column(pane(top, edge="bottom"), Grow(self._stack), spacing=0))

    def _wire(self) -> None:
        self.search.settled.connect(lambda _text: self.refresh())
        self.search.returnPressed.connect(self._enter_found)
        self.search.installEventFilter(self)
        self.chips.chosen.connect(lambda _name: self.refresh())
        self.add_line.typed.connect(lambda _text: self.refresh())
        self.add_line.named.connect(self._named)
        self.add_line.more.connect(self._more)
        self.add_line.closed.connect(self._close_add)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)

    def _typed(self) -> str:
        return self.add_line.name() if self.add_line.isVisibleTo(self) else self.search.text()

    def _arrived(self, number: int, found: _Read) -> None:
        if number != self._asked:
            return
        self.total = found.total
        self.chips.set_circles(found.total, found.circles)
        self.view.set_ids(found.ids)
        self._stack.setCurrentIndex(0 if found.ids or not self._typed() else 1)
        self._say_nobody()
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.view.choose(wanted)
        into, self._into = self._into, False
        if into and found.ids:
            self._into_list(first=True)
        self.filled.emit(len(found.ids))

    def _say_nobody(self) -> None:
        typed = " ".join(self._typed().split())
        adding = self.add_line.isVisibleTo(self)
        words = self.tr("Nobody of this name is here yet. Enter adds them.") if adding else self.tr("Nobody found.")
        self._nobody.setText(words)
        self._nobody_add.setVisible(not adding and bool(typed))
        self._nobody_add.setText(self.tr("Add ‘%1’").replace("%1", typed[:40]).replace("&", "&&"))
        self._nobody_add.setAccessibleName(self.tr("Add ‘%1’").replace("%1", typed))

    def _add_searched(self) -> None:
        name = " ".join(self.search.text().split())
        self.show_everyone()
        self.named.emit(name)

    def _named(self, name: str) -> None:
        self._close_add()
        self.named.emit(name)

    def _more(self, name: str) -> None:
        self._close_add()
        self.more.emit(name)

    def _close_add(self) -> None:
        if self.add_line.isVisibleTo(self):
            self.add_line.hide()
            self.search.show()
            self.view.setFocus()
            self.refresh()

    def _model(self) -> PagedModel[PersonRow]:
        model = self.view.model()
        assert isinstance(model, PagedModel)
        return model

    def _fetch(self, ids: Sequence[int]) -> list[PersonRow | None]:
        rows = {each.id: each for each in person_rows(self._shell.ctx, tuple(ids))}
        return [rows.get(record) for record in ids]

    def _look(self, person: PersonRow) -> RowLook:
        return RowLook(title=person.name, second=person.subtitle, hint=self._hint(person), avatar=person.name)

    def _hint(self, person: PersonRow) -> str:
        today = self._shell.today()
        day = person.next_meetup if person.next_meetup and person.next_meetup >= today else person.last_contact
        return "" if day is None else ago(day, today)

    def _said(self, person: PersonRow) -> str:
        return ", ".join(part for part in (person.name, person.subtitle, self._hint(person)) if part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._into_list()
            return True
        return super().eventFilter(watched, event)

    def _enter_found(self) -> None:
        """Enter in the search: to the first one found, once what was typed last has been looked for."""
        self._into = True
        self.refresh()

    def _into_list(self, first: bool = False) -> None:
        ids = self._model().ids()
        if ids and (first or self.view.chosen_id() is None):
            self.view.choose(ids[0])
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _read(ctx: Context, typed: str, circle: str) -> _Read:
    total, circles = people_counts(ctx)
    return _Read(person_ids(ctx, typed, circle), total, circles)
