"""Details: everything noted about somebody, addresses to press and to copy, and lines kept from files."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from pln.model.contact import Handle, HandleKind, Person
from pln.ui.people.sections import link, reading
from pln.ui.people.words import birthday_words, handle_words, naming_words, wish_words
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.labels import label

_LONGEST_LINE = 160


class DetailsView(QWidget):
    def __init__(self, shell: Shell, person: Person, edit: object) -> None:
        super().__init__()
        assert callable(edit)
        self._shell, self._person = shell, person
        change = button(self.tr("Edit…"), icon="pencil", run=edit)
        change.setObjectName("edit")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, 110)
        self._fill()
        self.setLayout(column(self._grid, *self._kept_lines(), row(change, None), None, spacing=18))

    def _fill(self) -> None:
        for number, handle in enumerate(self._person.handles):
            name = handle_words(handle.kind)
            self._line(f"{name} · {handle.label}" if handle.label else name, self._handle(handle, number))
        for name, value in self._fields():
            if value:
                self._line(name, reading(value))
        if not self._grid.count():
            words = self.tr("Only the name is here. It is enough; add what you like when it comes up.")
            self._grid.addWidget(label(words, "lead", wrap=True), 0, 0, 1, 2)

    def _fields(self) -> Iterator[tuple[str, str]]:
        person, listed = self._person, ", ".join
        yield self.tr("Nickname"), person.nickname
        yield self.tr("Given name"), person.given
        yield self.tr("Family name"), person.family
        yield self.tr("Pronouns"), person.pronouns
        yield self.tr("Role"), person.role
        yield self.tr("Works at"), person.org
        yield self.tr("Place"), person.place
        yield self.tr("Birthday"), birthday_words(person.birthday) if person.birthday else ""
        yield self.tr("Circles"), listed(person.circles)
        yield self.tr("Interests"), listed(person.interests)
        yield self.tr("Looks for"), listed(person.asks)
        yield self.tr("Can give"), listed(person.offers)
        yield self.tr("How you met"), person.how_met
        yield self.tr("When you met"), person.met_on
        yield self.tr("May I name you?"), naming_words(person.naming)
        yield self.tr("Rhythm wished"), wish_words(person.rhythm_wish)
        yield self.tr("Note"), person.note

    def _line(self, name: str, value: QWidget | QHBoxLayout) -> None:
        line = self._grid.rowCount()
        title = label(name, "muted", wrap=True)
        if isinstance(value, QWidget):
            self._grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)
        else:
            self._grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addLayout(value, line, 1)

    def _handle(self, handle: Handle, number: int) -> QHBoxLayout:
        copy = icon_button("copy", self.tr("Copy %1").replace("%1", handle.value), run=lambda: self._copy(handle))
        copy.setObjectName(f"copy-{number}")
        return row(Grow(column(None, self._shown(handle, number), None)), copy, spacing=8)

    def _shown(self, handle: Handle, number: int) -> QWidget:
        """Addresses that PLN can open are pressed; the others are read and copied."""
        if handle.kind is HandleKind.EMAIL:
            return link(handle.value, f"handle-{number}", lambda: self._write(handle.value))
        if handle.value.startswith(("https://", "http://")):
            return link(handle.value, f"handle-{number}", lambda: self._shell.open_link(handle.value))
        return reading(handle.value)

    def _write(self, address: str) -> None:
        self._shell.compose(to=(address,), subject="", body="")

    def _copy(self, handle: Handle) -> None:
        QGuiApplication.clipboard().setText(handle.value)
        self._shell.toast(self.tr("Copied: %1").replace("%1", handle.value))

    def _kept_lines(self) -> Iterator[QLayout]:
        if self._person.extra:
            note = self.tr("Kept word for word from your address book; it goes along when you export.")
            lines = "\n".join(_cut(line) for line in self._person.extra)
            shown = reading(lines, "muted")
            yield column(label(self.tr("Also kept"), "label"), label(note, "muted", wrap=True), shown, spacing=6)


def _cut(line: str) -> str:
    """Pictures are long; their beginning says what they are."""
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
