"""A day is typed as one likes, in the order of the language, or picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from pln.ui.theme import Theme
from pln.ui.widgets.date_field import DateField
from pln.ui.widgets.day_text import read_day

TODAY = date(2026, 11, 22)  # a Sunday
READ = [
    ("en_GB", "3 Apr 2026", date(2026, 4, 3)), ("en_GB", "3.4.2026", date(2026, 4, 3)),
    ("en_US", "3.4.2026", date(2026, 4, 3)), ("en_US", "2026-04-03", date(2026, 4, 3)),
    ("en_GB", "3/4", date(2026, 4, 3)), ("en_US", "3/4", date(2026, 3, 4)), ("en_US", "25/4", date(2026, 4, 25)),
    ("en_GB", "3/4/26", date(2026, 4, 3)), ("en_US", "4/3/2026", date(2026, 4, 3)), ("en_GB", "3.4.", date(2026, 4, 3)),
    ("en_GB", "April 3rd, 2026", date(2026, 4, 3)), ("en_GB", "3 april", date(2026, 4, 3)),
    ("de_DE", "3. M\u00e4rz 2026", date(2026, 3, 3)), ("de_DE", "3 march 2026", date(2026, 3, 3)),
    ("es_ES", "3 de abril de 2026", date(2026, 4, 3)), ("de_DE", "Freitag", date(2026, 11, 20)),
    ("en_GB", " Today ", TODAY), ("en_GB", "yesterday", date(2026, 11, 21)), ("en_GB", "tomorrow", date(2026, 11, 23)),
    ("en_GB", "friday", date(2026, 11, 20)), ("en_GB", "fri", date(2026, 11, 20)), ("en_GB", "Sunday", TODAY),
    ("en_GB", "24 Dec", date(2025, 12, 24)), ("en_GB", "29 Feb 2024", date(2024, 2, 29)),
    ("ar_EG", "\u0663/\u0664/\u0662\u0660\u0662\u0666", date(2026, 4, 3)),
]  # fmt: skip
NO_DAYS = [
    "", "soon", "31.2.2026", "29.2.2026", "2026-13-01", "99/99", "3", "apr", "3 ap", "ju 3", "3 apr 20266", "m", "0.0.",
    "3.4.0026", "3 apr apr", "1 2 3 4", "9" * 50,
]  # fmt: skip


@pytest.fixture
def language() -> Iterator[Callable[[str], None]]:
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


def test_a_day_set_by_the_program_is_not_a_choice(qtbot: QtBot, theme: Theme) -> None:
    field = DateField("Day", date(2026, 11, 21), TODAY)
    qtbot.addWidget(field)
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    field.set_day(date(2026, 2, 28))
    assert field.day() == date(2026, 2, 28) and chosen == []
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert chosen == [date(2026, 3, 1)]
    month = QLocale().monthName(3, QLocale.FormatType.ShortFormat)
    assert field.text() == f"1 {month} 2026"


@pytest.mark.parametrize(("locale", "text", "day"), READ)
def test_days_are_read_as_people_write_them(language: Callable[[str], None], locale: str, text: str, day: date) -> None:
    language(locale)
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("friday", date(2026, 11, 27)), ("sunday", date(2026, 11, 29)), ("3 Jan", date(2027, 1, 3)), ("22.11.", TODAY),
        ("24/12", date(2026, 12, 24)), ("yesterday", date(2026, 11, 21)),
    ],
)  # fmt: skip
def test_days_ahead_are_the_next_of_their_kind(language: Callable[[str], None], text: str, day: date) -> None:
    language("en_GB")
    assert read_day(text, TODAY, ahead=True) == day


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(language: Callable[[str], None], text: str) -> None:
    language("en_GB")
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "de_DE", "fr_FR", "ja_JP", "ar_EG", "fi_FI", "pl_PL", "zh_CN"])
def test_a_day_that_is_shown_is_kept(qtbot: QtBot, theme: Theme, language: Callable[[str], None], locale: str) -> None:
    language(locale)
    for month in range(1, 13):
        day = date(2026, month, 9)
        field = DateField("Day", day, TODAY)
        qtbot.addWidget(field)
        field.editingFinished.emit()
        assert field.day() == day and field.is_readable()


def test_a_day_is_typed_and_what_is_none_is_marked(qtbot: QtBot, theme: Theme, language: Callable[[str], None]) -> None:
    language("en_GB")
    field = DateField("Day", TODAY, TODAY, letters={"t": 0, "y": -1})
    qtbot.addWidget(field)
    field.show()
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    field.selectAll()
    qtbot.keyClicks(field, "3.4.2026")
    assert field.day() == date(2026, 4, 3) and chosen == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [date(2026, 4, 3)] and field.text() == "3 Apr 2026"
    field.selectAll()
    qtbot.keyClicks(field, "next week")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.property("invalid") == "true" and not field.is_readable()
    assert field.day() == date(2026, 4, 3) and field.text() == "next week"
    field.selectAll()
    qtbot.keyClicks(field, "t")
    assert chosen[-1] == TODAY and field.property("invalid") == "false"
    qtbot.keyClicks(field, "omorrow")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen[-1] == date(2026, 11, 23) and field.text() == "23 Nov 2026"


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, theme: Theme) -> None:
    field = DateField("Day", TODAY, TODAY)
    qtbot.addWidget(field)
    field.show()
    field.show_calendar()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None and calendar.selectedDate() == QDate(2026, 11, 22)
    with qtbot.waitSignal(field.chosen) as told:
        calendar.clicked.emit(QDate(2026, 11, 30))
    assert told.args == [date(2026, 11, 30)] and field.day() == date(2026, 11, 30)
    assert not calendar.isVisible()
