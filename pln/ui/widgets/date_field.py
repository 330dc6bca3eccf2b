"""Fields for a day and for a time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from pln.ui import look
from pln.ui.icons import set_icon
from pln.ui.widgets.day_text import read_day, written_day
from pln.ui.widgets.labels import restyle

_WIDTH = 156
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?\.?", re.IGNORECASE)


class DateField(QLineEdit):
    """A day, typed as one likes (see `read_day`) or picked from a calendar; up and down go a day on and back.

    today: what "yesterday" and "friday" are told from. ahead: they lie before us. letters: single letters that choose
    a day at once, so many days from today. What cannot be read is marked; the day stays what it was.
    """

    chosen = Signal(object)  # datetime.date

    def __init__(
        self, name: str, day: date, today: date, *, ahead: bool = False, letters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__()
        self._today, self._ahead, self._letters = today, ahead, letters or {}
        self._pressed = False
        self._calendar: QCalendarWidget | None = None
        self.setAccessibleName(name)
        self.setMaxLength(60)
        self.setFixedWidth(look.px(_WIDTH))
        arrow = QAction(self.tr("Choose from a calendar"), self)
        set_icon(arrow, "calendar-days", "muted", 16)
        arrow.triggered.connect(self.show_calendar)
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.set_day(day)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._tidy)

    def day(self) -> date:
        """As typed so far, where that can be read; otherwise the day before it was typed."""
        return self._read() or self._day

    def is_readable(self) -> bool:
        return self._read() is not None

    def set_day(self, day: date) -> None:
        self._day = day
        self.setText(written_day(day))
        restyle(self, "invalid", "false")

    def show_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = self._made_calendar()
        day = self.day()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar.show()
        self._calendar.setFocus()

    def _made_calendar(self) -> QCalendarWidget:
        """Made once, and only hidden afterwards: one that deletes itself in its own signal can crash."""
        made = QCalendarWidget(self)
        made.setWindowFlag(Qt.WindowType.Popup)
        made.setAccessibleName(self.accessibleName())
        made.clicked.connect(self._picked)
        made.activated.connect(self._picked)
        return made

    def _picked(self, shown: QDate) -> None:
        assert self._calendar is not None
        self._calendar.hide()
        self._choose(date(shown.year(), shown.month(), shown.day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.show_calendar()
        elif event.key() in steps:
            self._choose(self.day() + timedelta(days=steps[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All is selected, so that what is typed takes the place of the day shown."""
        super().focusInEvent(event)
        self._pressed = event.reason() is Qt.FocusReason.MouseFocusReason
        if not self._pressed:
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._pressed and not self.hasSelectedText():
            self.selectAll()
        self._pressed = False

    def _read(self) -> date | None:
        text = self.text().strip()
        if text == written_day(self._day):
            return self._day
        by = self._letters.get(text.casefold())
        return read_day(text, self._today, ahead=self._ahead) if by is None else self._today + timedelta(days=by)

    def _edited(self, text: str) -> None:
        restyle(self, "invalid", "false")
        if text.strip().casefold() in self._letters:
            self._take(self.day())

    def _tidy(self) -> None:
        if self.is_readable():
            self._choose(self.day())
        else:
            restyle(self, "invalid", "true")

    def _choose(self, day: date) -> None:
        before = self._day
        self.set_day(day)
        if day != before:
            self.chosen.emit(day)

    def _take(self, day: date) -> None:
        """Choose a day, but leave what is being typed: "t" may become "today"."""
        if day != self._day:
            self._day = day
            self.chosen.emit(day)


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
