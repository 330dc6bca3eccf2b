"""Days and times of the journal in the words of the locale."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def day_of(moment: datetime) -> date:
    """The day on this computer's calendar."""
    return moment.astimezone().date()


def short_day(moment: datetime, today: date) -> str:
    """ "Today", "18 Nov", or with its year where that is another."""
    day = day_of(moment)
    if day == today:
        return QCoreApplication.translate("days", "Today")
    form = "d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def clock_time(moment: datetime) -> str:
    """ "10:42", or as the locale has it."""
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
