"""Days as people write them: 3 Apr 2026, 3.4., 2026-04-03, 4/3 by the order of the language, tomorrow, Friday."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_SHOWN = "d MMM yyyy"  # bare numbers would be read as day first here and month first there
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{4}|\d{2})?)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/ ](\d{1,2})(?:[-/ ](\d{4}|\d{2}))?")
_PARTS = re.compile(r"[\s.,/\-]+")
_SHORTEST = 3  # letters of a month or a weekday; no two of them begin alike
_YEARS = range(1900, 2200)
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}


def written_day(day: date) -> str:
    """ "3 Apr 2026", the month in the user's language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), _SHOWN)


def read_day(text: str, today: date, *, ahead: bool = False) -> date | None:
    """The day that a text means, or None.

    ahead: a weekday, or a day without its year, is the next one; otherwise the last one, today included.
    """
    plain = " ".join(text.split()).casefold().rstrip(".,")
    if not plain:
        return None
    by = _days_from_today(plain, today, ahead)
    if by is not None:
        return today + timedelta(days=by)
    for year, month, day in _readings(plain):
        found = _near(month, day, today, ahead) if year is None else _day(year, month, day)
        if found is not None:
            return found
    return None


def _days_from_today(plain: str, today: date, ahead: bool) -> int | None:
    relative = _RELATIVE | {_tr(word).casefold(): by for word, by in _RELATIVE.items()}
    if plain in relative:
        return relative[plain]
    number = _meant(plain, _weekdays())
    if number is None:
        return None
    forward = (number - today.isoweekday()) % 7
    return (forward or 7) if ahead else -(-forward % 7)


def _readings(plain: str) -> Iterator[tuple[int | None, int, int]]:
    """(year, month, day): what the text may say, the likeliest first. The numbers may still name no day."""
    if found := _ISO.fullmatch(plain):
        yield int(found[1]), int(found[2]), int(found[3])
    elif found := _DOTTED.fullmatch(plain):
        yield _year(found[3]), int(found[2]), int(found[1])
    elif found := _NUMBERS.fullmatch(plain):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        orders = ((second, first), (first, second))
        for month, day in orders if _day_first() else orders[::-1]:
            yield year, month, day
    else:
        yield from _with_a_word([part for part in _PARTS.split(plain) if part])


def _with_a_word(parts: list[str]) -> Iterator[tuple[int | None, int, int]]:
    """ "3 Apr 2026", "April 3rd", "3 de abril": the month is the word that is known, the numbers are day and year."""
    months = [month for part in parts if (month := _meant(part, _months())) is not None]
    numbers = [digits for part in parts if (digits := re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", part)).isdecimal()]
    small = [number for number in numbers if len(number) <= 2]
    others = len(parts) - len(months) - len(numbers)
    if (
        len(months) != 1
        or not small
        or len(numbers) > 2
        or others > 2
        or any(len(each) not in (1, 2, 4) for each in numbers)
    ):
        return
    rest = numbers.copy()
    rest.remove(small[0])
    yield _year(rest[0] if rest else None), months[0], int(small[0])


def _meant(part: str, names: dict[str, int]) -> int | None:
    """By a whole name, or by its first letters where they fit one alone."""
    if part in names:
        return names[part]
    fits = {number for name, number in names.items() if len(part) >= _SHORTEST and name.startswith(part)}
    return fits.pop() if len(fits) == 1 else None


def _months() -> dict[str, int]:
    return _named(12, lambda locale, number, form: locale.monthName(number, form))


def _weekdays() -> dict[str, int]:
    return _named(7, lambda locale, number, form: locale.dayName(number, form))


def _named(last: int, name: Callable[[QLocale, int, QLocale.FormatType], str]) -> dict[str, int]:
    """Names in English and in the user's language, which wins."""
    return {
        name(locale, number, form).casefold().strip("."): number
        for locale in (QLocale(QLocale.Language.English), QLocale())
        for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
        for number in range(1, last + 1)
    }


def _day_first() -> bool:
    order = QLocale().dateFormat(QLocale.FormatType.ShortFormat).lower()
    return order.find("d") < order.find("m")


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _near(month: int, day: int, today: date, ahead: bool) -> date | None:
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    days = [found for year in years if (found := _day(year, month, day)) is not None]
    return next((found for found in days if (found >= today if ahead else found <= today)), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("day_text", text)
