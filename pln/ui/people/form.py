"""The fields of a person. Only the name is needed; everything else stands below "More" and may stay empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pln.model.contact import NamingConsent, Person, RhythmWish
from pln.ui.people.birthday_field import BirthdayField
from pln.ui.people.handle_rows import HandleRows
from pln.ui.people.words import naming_words, wish_words
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label, restyle
from pln.ui.widgets.person_picker import Found, PersonPicker, Picked
from pln.ui.widgets.tag_field import TagField
from pln.ui.widgets.text_edit import TextEdit

Find = Callable[[str], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields: values by their name in Person, and who is to be the introducer."""

    values: dict[str, Any]
    introducer: tuple[Picked, ...]


class PersonForm(QWidget):
    """introducer: who introduced them, as stored. circles: known ones, offered while typing."""

    def __init__(self, person: Person, introducer: Picked | None, find: Find, circles: Sequence[str]) -> None:
        super().__init__()
        self._own_id = person.id
        self.name = self._line(self.tr("Name"), person.name)
        self._name_fault = _fault()
        self.more = QWidget()
        self._lines = {
            "nickname": self._line(self.tr("Nickname"), person.nickname),
            "pronouns": self._line(self.tr("Pronouns"), person.pronouns),
            "given": self._line(self.tr("Given name"), person.given),
            "family": self._line(self.tr("Family name"), person.family),
            "role": self._line(self.tr("Role"), person.role),
            "org": self._line(self.tr("Works at"), person.org),
            "place": self._line(self.tr("Place"), person.place),
            "how_met": self._line(self.tr("How you met"), person.how_met, self.tr("at LearnFest, through the choir…")),
            "met_on": self._line(self.tr("When you met"), person.met_on, self.tr("March 2025")),
        }
        self.tags = {
            "circles": self._tags(self.tr("Circles"), person.circles, _known(circles)),
            "interests": self._tags(self.tr("Interests"), person.interests),
            "asks": self._tags(self.tr("Looks for"), person.asks),
            "offers": self._tags(self.tr("Can give"), person.offers),
        }
        self.handles = HandleRows(person.handles)
        self.birthday = BirthdayField(person.birthday)
        self._birthday_fault = _fault()
        self.introducer = PersonPicker(self.tr("Introduced by"), find, several=False)
        self.introducer.set_people([introducer] if introducer else [])
        self._introducer_fault = _fault()
        self.naming = Choice(
            self.tr("May I name you?"),
            [(each.value, naming_words(each)) for each in NamingConsent],
            person.naming.value,
        )
        wishes = [(each.value, wish_words(each) or self.tr("Nothing said")) for each in RhythmWish]
        self.wish = Choice(self.tr("Rhythm wished"), wishes, person.rhythm_wish.value)
        self.note = TextEdit(self.tr("Note"), size=15)
        self.note.set_text(person.note)
        self.note.setMinimumHeight(110)
        self._arrange()
        self._before = self.values()
        self._introducer_before = self.introducer.people()

    def values(self) -> dict[str, Any]:
        """Every field by its name in Person, but who introduced them. Call after `check` said that all is well."""
        return self._values_but_birthday() | {"birthday": self.birthday.birthday()}

    def _values_but_birthday(self) -> dict[str, Any]:
        values: dict[str, Any] = {name: edit.text().strip() for name, edit in self._lines.items()}
        values |= {name: field.tags() for name, field in self.tags.items()}
        return values | {
            "name": " ".join(self.name.text().split()),
            "handles": self.handles.handles(),
            "naming": NamingConsent(self.naming.current()),
            "rhythm_wish": RhythmWish(self.wish.current()),
            "note": self.note.text(),
        }

    def typed(self) -> Typed:
        """Everything as it stands, for going on later; a birthday that names no day is left out."""
        try:
            values = self.values()
        except ValueError:
            values = self._values_but_birthday()
        return Typed(values, self.introducer.people())

    def go_on(self, person: Person, typed: Typed) -> None:
        """The form was made with values typed before: what differs from this person is a change."""
        self.introducer.set_people(typed.introducer)
        self._before = {name: getattr(person, name) for name in self._before}

    def changes(self) -> dict[str, Any]:
        """The fields that differ from those given; call after `check` said that all is well."""
        return {name: value for name, value in self.values().items() if self._before.get(name) != value}

    def new_introducer(self) -> tuple[Picked, ...] | None:
        """Who is to be the introducer (nobody: empty); None where that did not change."""
        now = self.introducer.people()
        return None if now == self._introducer_before else now

    def touched(self) -> bool:
        """Was anything changed, whether it can be kept or not?"""
        try:
            return bool(self.changes()) or self.new_introducer() is not None
        except ValueError:
            return True

    def check(self) -> bool:
        """Say beside each field what is wrong with it, and go to the first one; True where all is well."""
        faults = self._faults()
        for shown in (self._name_fault, self._birthday_fault, self._introducer_fault):
            words = faults.get(shown, ("", self))[0]
            shown.setText(words)
            shown.setVisible(bool(words))
        restyle(self.name, "invalid", "true" if self._name_fault in faults else "false")
        handle = self.handles.first_fault()
        first = next((field for _words, field in faults.values()), handle.value if handle else None)
        if first is not None:
            if first is not self.name:
                self.more.show()
            first.setFocus()
        return first is None

    def _faults(self) -> dict[QLabel, tuple[str, QWidget]]:
        found: dict[QLabel, tuple[str, QWidget]] = {}
        if not self.name.text().strip():
            found[self._name_fault] = self.tr("A name is needed, and nothing else."), self.name
        try:
            self.birthday.birthday()
        except ValueError as error:
            found[self._birthday_fault] = str(error), self.birthday.day
        if self._own_id and any(who.id == self._own_id for who in self.introducer.people()):
            found[self._introducer_fault] = self.tr("Nobody introduces themselves."), self.introducer
        return found

    def _arrange(self) -> None:
        lines = self._lines
        optional: list[Item] = [
            _pair(_titled(lines["role"]), _titled(lines["org"])),
            _pair(_titled(lines["place"]), _titled(lines["pronouns"])),
            _titled(self.tags["circles"]), _titled(self.tags["interests"]),
            _titled(self.handles, self.tr("How to reach them")),
            _titled(self.birthday, self.tr("Birthday"), self._birthday_fault),
            _pair(_titled(lines["how_met"]), _titled(lines["met_on"])),
            _titled(self.introducer, "", self._introducer_fault),
            _titled(self.tags["asks"]), _titled(self.tags["offers"]),
            _pair(_titled(self.naming), _titled(self.wish)),
            _pair(_titled(lines["nickname"]), _titled(lines["given"]), _titled(lines["family"])),
            _titled(self.note),
        ]  # fmt: skip
        self.more.setLayout(column(*optional, spacing=14))
        self.setLayout(column(_titled(self.name, "", self._name_fault), self.more, None, spacing=14))

    def _line(self, name: str, value: str, placeholder: str = "") -> QLineEdit:
        made = QLineEdit(value)
        made.setCursorPosition(0)
        made.setAccessibleName(name)
        made.setPlaceholderText(placeholder)
        return made

    def _tags(
        self, name: str, values: Sequence[str], suggest: Callable[[str], Sequence[str]] | None = None
    ) -> TagField:
        made = TagField(name, self.tr("Enter after each"), suggest)
        made.set_tags(values)
        return made


def _known(words: Sequence[str]) -> Callable[[str], Sequence[str]]:
    return lambda typed: [word for word in words if typed.casefold() in word.casefold()]


def _titled(field: QWidget, title: str = "", *below: QWidget) -> QVBoxLayout:
    return column(label(title or field.accessibleName(), "muted"), field, *below, spacing=4)


def _pair(*fields: QVBoxLayout) -> QHBoxLayout:
    return row(*(Grow(field) for field in fields), spacing=12)


def _fault() -> QLabel:
    made = label("", "danger", wrap=True)
    made.hide()
    return made
