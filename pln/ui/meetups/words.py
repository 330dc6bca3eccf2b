"""Kinds, days and titles of meetups in the words of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from pln.model.meetup import Meetup, MeetupKind, spoken_list


def kind_word(kind: MeetupKind) -> str:
    """ "Coffee", "Video call"."""
    return {
        MeetupKind.COFFEE: _tr("Coffee"),
        MeetupKind.TEA: _tr("Tea"),
        MeetupKind.LUNCH: _tr("Lunch"),
        MeetupKind.WALK: _tr("Walk"),
        MeetupKind.CALL: _tr("Call"),
        MeetupKind.VIDEO: _tr("Video call"),
        MeetupKind.LETTER: _tr("Letter"),
        MeetupKind.EVENT: _tr("Event"),
        MeetupKind.OTHER: _tr("Meetup"),
    }[kind]


def title(kind: MeetupKind, names: Sequence[str]) -> str:
    """ "Walk with Jonas Holm"; beyond three people the rest are counted."""
    word = kind_word(kind)
    if not names:
        return word
    shown = tuple(names) if len(names) <= 3 else (*names[:2], _tr("%1 others").replace("%1", str(len(names) - 2)))
    return _tr("%1 with %2").replace("%1", word).replace("%2", spoken_list(shown))


def clock(at: time) -> str:
    return QLocale().toString(QTime(at.hour, at.minute), "HH:mm")


def near_day(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Tomorrow", "Tue 24 Nov"; with the year where it is another one."""
    near = {0: _tr("Today"), -1: _tr("Yesterday"), 1: _tr("Tomorrow")}
    if (word := near.get((day - today).days)) is not None:
        return word
    pattern = "ddd d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def plain_day(day: date, today: date) -> str:
    """ "12 Nov", for days long past."""
    pattern = "d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def long_day(day: date, today: date) -> str:
    """ "2 January", with the year where it is neither this one nor near."""
    pattern = "d MMMM" if abs((day - today).days) < 300 else "d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def when(day: date, at: time | None, today: date) -> str:
    """ "Today, 09:00", "Thu 3 Dec"."""
    words = near_day(day, today)
    return f"{words}, {clock(at)}" if at is not None else words


def where_and_when(meetup: Meetup, today: date) -> str:
    """ "Today, 09:00 · Botanical garden · 50 min"."""
    minutes = _tr("%1 min").replace("%1", str(meetup.minutes)) if meetup.minutes else ""
    return " · ".join(part for part in (when(meetup.day, meetup.at, today), meetup.place, minutes) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
