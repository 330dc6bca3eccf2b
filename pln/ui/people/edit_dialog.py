"""Add or change somebody. A name is enough; what cannot be kept is said beside its field, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from shiboken6 import isValid

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.services.contacts import add_person, circles, find_people, get_person, save_person
from pln.services.context import Context
from pln.ui.people.form import PersonForm, Typed
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import Picked
from pln.ui.widgets.scroll import Page

_WIDTH = 620


class EditDialog(Dialog):
    """person: None, or one without an id, to add somebody. saved: brings the id."""

    saved = Signal(int)

    def __init__(self, shell: Shell, person: Person | None, typed: Typed | None = None) -> None:
        """typed: what was changed in the fields of an earlier dialog, and is to be gone on with."""
        person = person or Person(name="")
        self._shell, self._person, self._warned = shell, person, False
        ctx = shell.ctx
        self.form = PersonForm(
            person if typed is None else replace(person, **typed.values),
            _introducer(ctx, person),
            lambda typed: find_people(ctx, typed),
            [each.name for each in circles(ctx)],
        )
        if typed is not None:
            self.form.go_on(person, typed)
        self.more = button(_tr("More…"), "quiet", icon="chevron-down", run=lambda: self._show_more(True))
        self._notice = label("", "muted", wrap=True)
        self._notice.hide()
        page = Page(column(self.form, None), margins=(0, 0, 12, 4))
        body = column(Grow(page), row(self.more, None), self._notice, spacing=10)
        window = shell.window()
        super().__init__(window, _title(person), body, "")
        self.primary.setText(self.tr("Save") if person.id else self.tr("Add"))
        self.primary.setAccessibleName(self.primary.text())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._most_height = window.height() - 60
        self._show_more(bool(person.id))
        self.form.name.setFocus()

    def accept(self) -> None:
        """Check, write, and close once it is written."""
        if not self.form.check():
            self._show_more(self.form.more.isVisibleTo(self))
            return
        ctx, person = self._shell.ctx, self._person
        changes, introducer = self.form.changes(), self.form.new_introducer()
        if person.id and not changes and introducer is None:
            super().accept()
            return
        self.primary.setEnabled(False)
        self._shell.tasks.write(lambda: _save(ctx, person, changes, introducer), self._written, self._failed)

    def reject(self) -> None:
        """Leave; with changes in the fields only when asked twice."""
        if self.form.touched() and not self._warned:
            self._warned = True
            self._notice.setText(self.tr("There is something new in the fields. Cancel once more leaves it."))
            self._notice.show()
            return
        super().reject()

    def again(self) -> Callable[[Shell], object]:
        """Opens the dialog once more, with what stands in its fields."""
        person, typed = self._person, self.form.typed()

        def open_again(shell: Shell) -> None:
            dialog = EditDialog(shell, person, typed)
            dialog.saved.connect(lambda saved: shell.open(Ref(Noun.PERSON, saved)))
            dialog.open()

        return open_again

    def _written(self, person: Person) -> None:
        if isValid(self):
            self.saved.emit(person.id)
            super().accept()

    def _failed(self, error: BaseException) -> None:
        if isValid(self):
            self.primary.setEnabled(True)
        self._shell.fail(error)

    def _show_more(self, shown: bool) -> None:
        self.form.more.setVisible(shown)
        self.more.setVisible(not shown)
        self.resize(_WIDTH, min(760, self._most_height) if shown else 268)


def _save(ctx: Context, person: Person, changes: dict[str, Any], introducer: tuple[Picked, ...] | None) -> Person:
    """Only what was changed here is written: what came from elsewhere meanwhile stays."""
    if introducer is not None:
        by = introducer[0] if introducer else None
        known = None if by is None else by.id or add_person(ctx, by.name).id
        changes = changes | {"introduced_by": known}
    now = get_person(ctx, person.id) if person.id else person
    return save_person(ctx, replace(now, **changes))


def _introducer(ctx: Context, person: Person) -> Picked | None:
    if person.introduced_by is None:
        return None
    return Picked(person.introduced_by, get_person(ctx, person.introduced_by).name)


def _title(person: Person) -> str:
    return _tr("Edit %1").replace("%1", person.first_name) if person.id else _tr("Add somebody")


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
