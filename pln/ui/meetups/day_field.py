"""When: a day with the near ones at a key's press, and a time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pln.ui.widgets.boxes import row
from pln.ui.widgets.chips import chip_button
from pln.ui.widgets.date_field import DateField, TimeField
from pln.ui.widgets.labels import set_tip

PAST = (("t", "Alt+T", 0), ("y", "Alt+Y", -1))
AHEAD = (("t", "Alt+T", 1), ("w", "Alt+W", 7), ("f", "Alt+F", 14))


class DayField(QWidget):
    """Chips for near days: today and yesterday, or for plans tomorrow and in a week or two.

    In the day's field a letter does the same (T, Y; for plans T, W, F). A time nobody typed goes when the day changes:
    "now" is the time of today alone. changed: the user chose another day or time.
    """

    changed = Signal()

    def __init__(self, today: date, *, plan: bool, day: date, at: time | None) -> None:
        super().__init__()
        self._today, self._typed_time = today, False
        self.time_field = TimeField(self.tr("Time, if you know it"), at, self.tr("time"))
        self.time_field.setFixedWidth(92)
        self._near = AHEAD if plan else PAST
        letters = {key: by for key, _keys, by in self._near}
        self.day_field = DateField(self.tr("Day"), day, today, ahead=plan, letters=letters)
        self._chips = {by: chip_button(self._words(by), checkable=True, run=partial(self.choose, by))
                       for _key, _keys, by in self._near}  # fmt: skip
        for _key, keys, by in self._near:
            set_tip(self._chips[by], keys)
        self.day_field.chosen.connect(lambda _day: self._day_chosen())
        self.time_field.chosen.connect(lambda _at: self._time_typed())
        self.setLayout(row(*self._chips.values(), self.day_field, self.time_field, None))
        self.setFocusProxy(self.day_field)
        self._show_near()

    def shortcuts(self) -> Sequence[tuple[str, int]]:
        """(keys, days from today) for the dialog around it."""
        return tuple((keys, by) for _key, keys, by in self._near)

    def day(self) -> date:
        return self.day_field.day()

    def at(self) -> time | None:
        return self.time_field.at()

    def day_is_readable(self) -> bool:
        return self.day_field.is_readable()

    def time_is_readable(self) -> bool:
        return self.at() is not None or not self.time_field.text().strip()

    def wrong_field(self) -> QWidget:
        """The one of the two that cannot be read; the time where both can."""
        return self.time_field if self.day_is_readable() else self.day_field

    def set(self, day: date, at: time | None) -> None:
        """Show a day and a time as if they had been typed."""
        self.day_field.set_day(day)
        self.time_field.set_time(at)
        self._typed_time = True
        self._show_near()

    def choose(self, by: int) -> None:
        """Take the day so many days from today."""
        self.day_field.set_day(self._today + timedelta(days=by))
        self._day_chosen()

    def _day_chosen(self) -> None:
        if not self._typed_time and self.day() != self._today:
            self.time_field.set_time(None)
        self._show_near()
        self.changed.emit()

    def _time_typed(self) -> None:
        self._typed_time = True
        self.changed.emit()

    def _show_near(self) -> None:
        for by, chip in self._chips.items():
            chip.setChecked(self.day() == self._today + timedelta(days=by))

    def _words(self, by: int) -> str:
        return {
            -1: self.tr("Yesterday"), 0: self.tr("Today"), 1: self.tr("Tomorrow"),
            7: self.tr("In a week"), 14: self.tr("In two weeks"),
        }[by]  # fmt: skip
