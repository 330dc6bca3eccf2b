"""Birthdays as address books write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto

from pln.model.contact import PartialDate

_VCARD = re.compile(r"(?:(\d{4})-?|--)(\d{2})-?(\d{2})(?:[T ]00:?00(?::?00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])\s*(\d{1,2})\2\s*(\d{4})?")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_NO_YEAR = frozenset({0, 1604})  # 1604 is how some address books say "no year"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3})[a-z]*\.?[ -](\d{4})")


class Order(Enum):
    """Whether the day or the month stands first in numbers such as 03/04/1980; UNKNOWN where nothing tells."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    UNKNOWN = auto()


def vcard_birthday(text: str) -> PartialDate | None:
    """A day in one of vCard's forms (1980-03-22, 19800322, --0203; a time only where it is midnight), or None."""
    found = _VCARD.fullmatch(text.strip())
    return _partial(found[1] or "0", found[2], found[3]) if found else None


def written_birthday(text: str, order: Order) -> PartialDate | None:
    """A day as tables write it, or None where it cannot be told for certain."""
    text = text.strip()
    if found := _NUMBERS.fullmatch(text):
        first, dot, second, year = found.groups()
        if dot == "." or order is Order.DAY_FIRST:
            return _partial(year or "0", second, first)
        return _partial(year or "0", first, second) if order is Order.MONTH_FIRST else None
    if found := _YEAR_FIRST.fullmatch(text):
        return _partial(found[1], found[2], found[3])
    return vcard_birthday(text)


def order_of(texts: Iterable[str]) -> Order:
    """Which number is the day, told by those dates of a column where one number is above twelve."""
    pairs = [(int(found[1]), int(found[3])) for text in texts if (found := _NUMBERS.fullmatch(text.strip()))]
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    if day_first == month_first:
        return Order.UNKNOWN
    return Order.DAY_FIRST if day_first else Order.MONTH_FIRST


def spoken_day(text: str) -> str:
    """ "15 June 2019" from "15 Jun 2019"; any other text as it stands."""
    found = _WORDS.fullmatch(text.strip())
    if found is None or found[2].lower() not in _MONTHS:
        return text.strip()
    try:
        day = date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return text.strip()
    return f"{day.day} {_NAMES[day.month - 1]} {day.year}"


_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _partial(year: str, month: str, day: str) -> PartialDate | None:
    known = int(year) not in _NO_YEAR
    try:
        return PartialDate(int(month), int(day), int(year) if known else None)
    except ValueError:
        return None
