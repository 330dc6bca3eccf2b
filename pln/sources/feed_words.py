"""Small things that feeds of every kind say in words of their own. Runs in the worker."""

from __future__ import annotations

import re

from pln.sources.plain_text import one_line

_MAIL_THEN_NAME = re.compile(r"\S+@\S+ \((.+)\)")
_NAME_THEN_MAIL = re.compile(r"([^<(]+) [<(]\S+@\S+[>)]")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_LONGEST = 44_640  # minutes of 31 days


def author_name(said: str) -> str:
    """The author's name, without the mail address that RSS wants beside it."""
    line = one_line(said, is_html=True, limit=300)
    if "@" not in line:
        return line
    match = _MAIL_THEN_NAME.fullmatch(line) or _NAME_THEN_MAIL.fullmatch(line)
    return match[1] if match else line


def minutes_between_looks(ttl: str, period: str, frequency: str) -> int | None:
    """How long a feed asks not to be looked at again: its ttl in minutes, else its period divided by its frequency."""
    minutes = _number(ttl)
    if not minutes and period.strip().lower() in _PERIODS:
        minutes = _PERIODS[period.strip().lower()] // (_number(frequency) or 1)
    return max(1, min(minutes, _LONGEST)) if minutes is not None else None


def _number(said: str) -> int | None:
    plain = said.strip()
    return int(plain) or None if plain.isascii() and plain.isdecimal() and len(plain) < 9 else None
