"""The fields of the log dialog: who, what, when, where, how long; each with room for a word beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLabel, QLayout, QLineEdit, QWidget

from pln.model.meetup import MeetupKind
from pln.services.contacts import find_people
from pln.services.context import Context
from pln.services.meetup_log import Named
from pln.ui import look
from pln.ui.meetups.day_field import DayField
from pln.ui.meetups.kind_choice import KindChoice
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.labels import label, restyle
from pln.ui.widgets.person_picker import PersonPicker, Picked

_LONGEST = 7 * 24 * 60


class LogFields(QWidget):
    """Everything of a meetup but its notes. changed: by the user, anything. people_changed: somebody came or went."""

    changed = Signal()
    people_changed = Signal()

    def __init__(self, ctx: Context, *, plan: bool, kind: MeetupKind, day: date, at: time | None) -> None:
        super().__init__()
        self.who = PersonPicker(self.tr("Who"), lambda typed: find_people(ctx, typed), self.tr("Type a name"))
        self.kind = KindChoice(self.tr("What"), kind)
        self.when = DayField(ctx.clock.today(), plan=plan, day=day, at=at)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("Where"))
        self.place.setPlaceholderText(self.tr("Where, if you like"))
        self.minutes = QLineEdit()
        self.minutes.setAccessibleName(self.tr("Minutes, if you know"))
        self.minutes.setPlaceholderText(self.tr("min"))
        self.minutes.setFixedWidth(72)
        self._faults: dict[QWidget, QLabel] = {}
        self._places = QStringListModel(self)
        self.place.setCompleter(self._completer())
        self.setLayout(self._arrange())
        self._wire()

    def named(self) -> tuple[Named, ...]:
        return tuple((one.id, one.name) for one in self.who.people())

    def set_named(self, who: Sequence[Named]) -> None:
        self.who.set_people([Picked(known, name) for known, name in who])

    def minutes_typed(self) -> int | None:
        """Minutes as a number; None where nothing, or nothing sensible, was typed."""
        text = self.minutes.text().strip().casefold().removesuffix("min").strip()
        number = int(text) if text.isdecimal() and len(text) < 6 else 0
        return number if 0 < number <= _LONGEST else None

    def offer_places(self, places: Sequence[str]) -> None:
        self._places.setStringList(list(places))

    def check(self) -> bool:
        """Say beside each field what it still needs. True where all is well; else the first of them has the focus."""
        faults = {self.who: self._who_fault(), self.when: self._when_fault(), self.minutes: self._minutes_fault()}
        for field, words in faults.items():
            self._say(field, words)
        restyle(self.minutes, "invalid", "true" if faults[self.minutes] else "false")
        wrong = next((field for field, words in faults.items() if words), None)
        if wrong is not None:
            (self.when.wrong_field() if wrong is self.when else wrong).setFocus()
        return wrong is None

    def faults(self) -> tuple[str, ...]:
        """What is said beside the fields, from top to bottom."""
        return tuple(words.text() for words in self._faults.values() if words.text())

    def _who_fault(self) -> str:
        if typed := self.who.edit.text().strip():
            self.who.offer(typed)
            return self.tr("Press Enter to take ‘%1’ or somebody from the list.").replace("%1", typed)
        return "" if self.who.people() else self.tr("Name at least one person. A first name will do.")

    def _when_fault(self) -> str:
        if not self.when.day_is_readable():
            return self.tr("This is no day. 3 Apr, 2026-04-03, yesterday or Friday are fine.")
        return "" if self.when.time_is_readable() else self.tr("This is no time of day. 9:30, 14 or 2 pm are fine.")

    def _minutes_fault(self) -> str:
        ok = not self.minutes.text().strip() or self.minutes_typed() is not None
        return "" if ok else self.tr("Minutes are a number, such as 45. They may stay empty.")

    def _day_typed(self) -> None:
        """What cannot be read is said at once, not only on saving."""
        self._say(self.when, self._when_fault() if not self.when.day_is_readable() else "")

    def _say(self, field: QWidget, words: str) -> None:
        self._faults[field].setText(words)
        self._faults[field].setVisible(bool(words))

    def _completer(self) -> QCompleter:
        made = QCompleter(self._places, self.place)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setMaxVisibleItems(6)
        return made

    def _arrange(self) -> QLayout:
        where = row(Grow(self.place), self.minutes)
        lines = (
            (self.tr("Who"), self.who, self.who),
            (self.tr("What"), row(self.kind, None), self.kind),
            (self.tr("When"), self.when, self.when),
            (self.tr("Where"), where, self.minutes),
        )
        return column(*(self._line(*line) for line in lines), spacing=10)

    def _line(self, words: str, field: Item, key: QWidget) -> QLayout:
        name = label(words, "label")
        name.setFixedSize(look.px(56), look.px(32))
        fault = label("", "danger", wrap=True)
        fault.hide()
        self._faults[key] = fault
        return row(name, Grow(column(field, fault, spacing=3)), spacing=10, top=True)

    def _wire(self) -> None:
        for before, after in pairwise((self.who.edit, self.kind, self.when, self.place, self.minutes)):
            QWidget.setTabOrder(before, after)
        self.who.changed.connect(self.people_changed)
        self.who.edit.textEdited.connect(lambda _text: self._touched(self.who))
        self.who.changed.connect(lambda: self._touched(self.who))
        self.kind.taken.connect(lambda _kind: self.changed.emit())
        self.when.changed.connect(lambda: self._touched(self.when))
        self.when.day_field.editingFinished.connect(self._day_typed)
        self.place.textChanged.connect(lambda _text: self.changed.emit())
        self.minutes.textEdited.connect(lambda _text: self._touched(self.minutes))

    def _touched(self, field: QWidget) -> None:
        self._say(field, "")
        self.changed.emit()
