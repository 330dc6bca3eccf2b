"""A birthday: day and month, and the year if it is known."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pln.model.contact import PartialDate
from pln.suggest.reasons import MONTHS
from pln.ui.widgets.boxes import Grow, row
from pln.ui.widgets.choice import Choice


class BirthdayField(QWidget):
    """Three small fields, so that no order of day and month can be mistaken."""

    def __init__(self, birthday: PartialDate | None) -> None:
        super().__init__()
        self.day = _number(self.tr("Day of the birthday"), self.tr("Day"), 2)
        months = [("", self.tr("Month")), *((str(number), name) for number, name in enumerate(MONTHS, start=1))]
        self.month = Choice(self.tr("Month of the birthday"), months)
        self.year = _number(self.tr("Year of the birthday, if known"), self.tr("Year, if known"), 4)
        self.day.setFixedWidth(64)
        self.setLayout(row(self.day, Grow(self.month), Grow(self.year), spacing=8))
        if birthday is not None:
            self.day.setText(str(birthday.day))
            self.month.set_current(str(birthday.month))
            self.year.setText(str(birthday.year or ""))

    def birthday(self) -> PartialDate | None:
        """None for empty fields. Raises ValueError, with a sentence for the user, where they name no day."""
        day, month, year = self.day.text().strip(), self.month.current(), self.year.text().strip()
        if not (day or month or year):
            return None
        if not (day.isdecimal() and month) or (year and not year.isdecimal()):
            raise ValueError(self.tr("A day and a month are needed; the year may stay empty."))
        if year and not 1 <= int(year) <= 9999:
            raise ValueError(self.tr("This is not a year."))
        try:
            return PartialDate(int(month), int(day), int(year) if year else None)
        except ValueError as error:
            words = self.tr("%1 has no day %2.") if not year else self.tr("%1 %3 has no day %2.")
            named = words.replace("%1", MONTHS[int(month) - 1]).replace("%2", day).replace("%3", year)
            raise ValueError(named) from error


def _number(name: str, placeholder: str, most: int) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(most)
    return made
