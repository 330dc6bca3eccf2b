"""Dates, pauses and reasons in the words people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pln.model.meetup import spoken_list
from pln.model.suggestion import Fact

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SHORT_UNITS = {"day": "d", "week": "w", "month": "mo", "year": "y"}
_MONTH = 30.44
_QUOTE_LENGTH = 110


def sentence(facts: Sequence[Fact]) -> str:
    """The reason on a card: the first two facts, each as one sentence with its quote. Empty for no facts."""
    return " ".join(_said(fact) for fact in facts[:2])


def _said(fact: Fact) -> str:
    if not fact.quote:
        return _ended(fact.text)
    return f"{fact.text}: “{shortened(fact.quote, _QUOTE_LENGTH).removesuffix('.')}”."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def shortened(text: str, length: int) -> str:
    """The text on one line in at most `length` characters, cut between words where it can be."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head.rstrip(',;:.') if space and len(head) > length // 2 else cut}…"


def calendar_day(day: date, today: date) -> str:
    """ "12 November", with the year when it is not this year."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def short_day(day: date, today: date) -> str:
    """ "12 Nov", with the year when it is not this year."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:3]}{year}"


def on_day(day: date, today: date) -> str:
    """ "today", "yesterday", "tomorrow", "on Thursday" (of the last six days), "on 12 November"."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    past = (today - day).days
    if past in near:
        return near[past]
    return f"on {WEEKDAYS[day.weekday()]}" if 1 < past < 7 else f"on {calendar_day(day, today)}"


def ago(day: date, today: date) -> str:
    """The short form for lists: "9 d", "3 w", "14 mo", "1 y"; for days to come "Tue" within a week, else "24 Nov"."""
    days = (today - day).days
    if days == 0:
        return "today"
    if days < 0:
        return WEEKDAYS[day.weekday()][:3] if days >= -6 else short_day(day, today)
    number, unit = _in_units(days)
    return f"{number} {_SHORT_UNITS[unit]}"


def long_ago(day: date, today: date) -> str:
    """ "today", "yesterday", "9 days ago", "5 weeks ago", "14 months ago", "2 years ago". For days past."""
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days) or f"{duration(days)} ago"


def duration(days: int) -> str:
    """ "9 days", "1 week", "14 months"."""
    number, unit = _in_units(days)
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _in_units(days: int) -> tuple[int, str]:
    if days < 14:
        return days, "day"
    if days < 63:
        return round(days / 7), "week"
    months = round(days / _MONTH)
    if months == 12 or months >= 24:
        return round(months / 12), "year"
    return months, "month"


def every(gap: float) -> str:
    """How often, from a pause in days: "every few days", "every 5 weeks", "every 3 months", "once a year"."""
    if gap < 4.5:
        return "every few days"
    if gap < 10.5:
        return "every week"
    if gap < 60:
        return f"every {round(gap / 7)} weeks"
    months = round(gap / _MONTH)
    if months < 11:
        return f"every {months} months"
    years = round(gap / 365)
    return "once a year" if years <= 1 else f"every {years} years"


def spelt(text: str) -> str:
    """The numbers up to twelve as words, for running text: "every six weeks"."""
    return " ".join(_NUMBERS[int(word)] if word.isdecimal() and int(word) <= 12 else word for word in text.split(" "))


def once_upper(text: str) -> str:
    """The text with a capital at its beginning, the rest as it was written."""
    return text[:1].upper() + text[1:]


def spoken_words(words: Sequence[str], most: int = 3) -> str:
    """ "onboarding, allotments and jazz": the first few of the words as a list."""
    return spoken_list(tuple(words[:most]))
