"""Dates of feeds as instants in UTC, or None where there is none to be read."""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MONTHS = {"JanFebMarAprMayJunJulAugSepOctNovDec"[each * 3 : each * 3 + 3]: each + 1 for each in range(12)}
_USUAL_RFC = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) "
    r"(?:GMT|UT|Z|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_USUAL_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)

_EARLIEST, _LATEST = 1900, 2200


def from_struct(parts: time.struct_time | None) -> datetime | None:
    """A date that a parser has split up, in UTC."""
    if parts is None:
        return None
    try:
        return _plausible(datetime.fromtimestamp(calendar.timegm(parts), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def from_text(text: str) -> datetime | None:
    """A date as JSON Feed (RFC 3339) or HTTP (RFC 5322) writes it; without a zone it counts as UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text.strip())
            return _plausible(found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC))
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _plausible(instant: datetime) -> datetime | None:
    return instant if _EARLIEST <= instant.year <= _LATEST else None


def from_feed(text: str) -> datetime | None:
    """A date of RSS or Atom: the two usual forms at once, any other as feedparser reads it."""
    try:
        if match := _USUAL_RFC.fullmatch(text):
            day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
            instant = datetime(
                int(year), _MONTHS.get(month, 0), int(day), int(hour), int(minute), int(second), tzinfo=UTC
            )
        elif match := _USUAL_ISO.fullmatch(text):
            *parts, sign, hours, minutes = match.groups()
            instant = datetime(*map(int, parts), tzinfo=UTC)  # type: ignore[misc,arg-type]
        else:
            return _otherwise(text)
        if sign:
            ahead = timedelta(hours=int(hours), minutes=int(minutes))
            instant = instant - ahead if sign == "+" else instant + ahead
        return _plausible(instant)
    except (ValueError, OverflowError):
        return _otherwise(text)


def _otherwise(text: str) -> datetime | None:
    if not text:
        return None
    from feedparser.datetimes import _parse_date  # few feeds write such dates

    return from_struct(_parse_date(text))
