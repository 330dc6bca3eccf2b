"""Fields for a day and for a time of day."""

from __future__ import annotations

import re
from datetime import date, time

from PySide6.QtCore import QDate, QLocale, QTime, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QLineEdit

from pln.ui.widgets.choice import paint_arrow
from pln.ui.widgets.labels import restyle

_FORMAT = "d MMM yyyy"  # bare numbers are read as day first here and month first there
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?\.?", re.IGNORECASE)


class DateField(QDateEdit):
    """A day, typed or picked from a calendar; the month is a word of the user's language."""

    chosen = Signal(object)  # datetime.date

    def __init__(self, name: str, day: date) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setLocale(QLocale())
        self.setDisplayFormat(_FORMAT)
        self.set_day(day)
        self.dateChanged.connect(lambda _day: self.chosen.emit(self.day()))

    def day(self) -> date:
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        before = self.blockSignals(True)
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self)


class TimeField(QLineEdit):
    """A time of day, or none. Understands 9, 930, 9:30, 14.05 and 2 pm; what it cannot read is marked, and is none."""

    chosen = Signal(object)  # datetime.time or None

    def __init__(self, name: str, at: time | None = None, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.set_time(at)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._tidy)

    def at(self) -> time | None:
        return read_time(self.text())

    def set_time(self, at: time | None) -> None:
        self.setText("" if at is None else _written(at))
        restyle(self, "invalid", "false")

    def _edited(self) -> None:
        at = self.at()
        restyle(self, "invalid", "true" if self.text().strip() and at is None else "false")
        self.chosen.emit(at)

    def _tidy(self) -> None:
        if (at := self.at()) is not None:
            self.setText(_written(at))


def read_time(text: str) -> time | None:
    """The time of day that a text means, None for an empty text or one that means none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if half := (found[3] or "").lower()[:1]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _written(at: time) -> str:
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
