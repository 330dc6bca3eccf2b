"""People: the list and, beside it, a person's page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.services.contacts import add_person, find_people, remove_person
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.ui import look
from pln.ui.people.list_pane import WIDTH, ListPane
from pln.ui.people.person_view import ORIGIN, PersonView
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.empty import EmptyState

_NARROWEST = 240
_SHARE = 0.39  # of the place's width at most


class PeoplePlace(PlaceWidget):
    """Files dropped on it are offered for import."""

    id = PlaceId.PEOPLE

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.list = ListPane(shell)
        self.view = PersonView(shell)
        self._right = QStackedWidget()
        self._right.addWidget(self.view)
        self._right.addWidget(self._empty())
        self._wire()
        self.setAcceptDrops(True)
        self._left = pane(column(self.list, margins=(0, 0, 1, 0)), edge="right", width=WIDTH)
        whole = row(spacing=0)
        whole.addWidget(self._left)
        whole.addWidget(self._right, 1)
        self.setLayout(whole)

    @property
    def person(self) -> Person | None:
        """The person whose page is shown."""
        return None if self.view.page is None else self.view.page.person

    def refresh(self) -> None:
        self.list.refresh()
        self.view.reload()

    def open_record(self, ref: Ref) -> None:
        if ref.noun is Noun.PERSON:
            self.list.show_everyone()
            self.list.refresh(choose=ref.id)
            self.view.show_person(ref.id)

    def step_back(self) -> bool:
        if self.list.leave_filter():
            return True
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus() and self.view.isAncestorOf(focused):
            self.focus_first()
            return True
        return False

    def focus_first(self) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_add(self) -> None:
        self.list.begin_add()

    def add(self, name: str) -> None:
        """Add somebody by name alone and show their page."""
        ctx = self._shell.ctx
        self._shell.write(lambda: _add(ctx, name), self._added)

    def edit(self) -> None:
        if self.person is not None:
            self._open_dialog(self.person)

    def remove(self) -> None:
        """Remove the person shown; a toast brings them back."""
        if self.person is None:
            return
        ctx, person = self._shell.ctx, self.person.id
        after = self.list.neighbour(person)
        self._shell.write(lambda: remove_person(ctx, person, origin=ORIGIN), lambda step: self._removed(step, after))

    def import_files(self, paths: tuple[Path, ...] = ()) -> None:
        from pln.ui.people.import_dialog import ImportDialog

        ImportDialog(self._shell, paths).open()

    def _wire(self) -> None:
        self.list.chosen.connect(self.view.show_person)
        self.list.opened.connect(self._enter)
        self.list.named.connect(self.add)
        self.list.more.connect(lambda name: self._open_dialog(Person(name=name)))
        self.list.filled.connect(self._filled)
        self.view.edit.connect(self.edit)
        self.view.remove.connect(self.remove)
        self.view.gone.connect(self.list.refresh)

    def _filled(self, number: int) -> None:
        """Show somebody from the start; with nobody there at all, say how to begin."""
        self._right.setCurrentIndex(1 if self.list.total == 0 else 0)
        if self.list.total == 0:
            self.view.clear()
        elif number and not self.view.person_id:
            self.list.view.step(0)

    def _enter(self, person_id: int) -> None:
        self.view.show_person(person_id)
        self.view.focus_page()

    def _added(self, added: tuple[Person, bool]) -> None:
        person, twin = added
        self.list.show_everyone()
        self.list.refresh(choose=person.id)
        self.view.show_person(person.id)
        if twin:
            self._shell.toast(self.tr("Added. There is another %1 here, too.").replace("%1", person.name))

    def _removed(self, step: UndoStep, after: int) -> None:
        self.view.clear()
        self.list.refresh(choose=after)
        if after:
            self.view.show_person(after)
        self._shell.toast(step.label, step)

    def _open_dialog(self, person: Person) -> None:
        from pln.ui.people.edit_dialog import EditDialog

        dialog = EditDialog(self._shell, person)
        dialog.saved.connect(lambda saved: self.open_record(Ref(Noun.PERSON, saved)))
        dialog.open()

    def _empty(self) -> QWidget:
        words = self.tr(
            "Here will be the people you learn with. A name is enough to begin; an address book can be brought along."
        )
        state = EmptyState(words, self.tr("Add somebody"), self.begin_add, icon="users")
        bring = button(self.tr("Import an address book…"), "quiet", icon="upload", run=self.import_files)
        return pane(column(None, state, row(None, bring, None), None, None, spacing=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list gives way to the page."""
        super().resizeEvent(event)
        self._left.setFixedWidth(min(look.px(WIDTH), max(_NARROWEST, round(self.width() * _SHARE))))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_files(_dropped(event))


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    """Files on this computer."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def _add(ctx: Context, name: str) -> tuple[Person, bool]:
    """The person added, and whether somebody of this name was there before."""
    twin = any(known.casefold() == name.casefold() for _id, known, _detail in find_people(ctx, name))
    return add_person(ctx, name, origin=ORIGIN), twin
