"""Asks for whom an article is, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.model.feed import Article
from pln.services.contacts import find_people
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import PersonPicker

_WithPerson = Callable[[int], object]


class SendDialog(Dialog):
    """Asks for whom an article is, and what is to become of it.

    begun, copied, kept: called with the person's id: a letter, a note on the clipboard, or their next meetup.
    """

    def __init__(
        self, shell: Shell, parent: QWidget | None, article: Article, begun: _WithPerson, copied: _WithPerson,
        kept: _WithPerson,
    ) -> None:  # fmt: skip
        self._begun = begun
        self.picker = PersonPicker(
            _tr("For whom"), lambda typed: find_people(shell.ctx, typed), _tr("A name"), several=False, adding=False
        )
        self._fault = label("", "body", wrap=True)
        self._fault.hide()
        body = column(label(_tr("For whom"), "label"), self.picker, self._fault, None, spacing=8)
        super().__init__(
            parent, _tr("Send to somebody"), body, _tr("Begin a letter"),
            subtitle=article.title, note=_tr("Nothing is sent by PLN."),
        )  # fmt: skip
        self.keep = self.add_button(_tr("Keep for next coffee"), lambda: self._do(kept))
        self.copy = self.add_button(_tr("Copy a note"), lambda: self._do(copied))
        self.open_at(640, 340)
        self.picker.setFocus()

    def accept(self) -> None:
        self._do(self._begun)

    def _do(self, deed: _WithPerson) -> None:
        people = self.picker.people()
        if not people or people[0].id is None:
            self._fault.setText(_tr("Pick somebody from the list; typing a part of their name brings it."))
            self._fault.show()
            self.picker.setFocus()
            return
        super().accept()
        deed(people[0].id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("sending", text)
