"""What a server says about time: until when to leave it alone, and until when its answer is fresh."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pln.model.fetching import LONGEST_PATIENCE, MOST_FRESHNESS

_SHORTEST_WAIT = timedelta(minutes=1)
_WAIT_UNSAID = timedelta(minutes=30)  # where a server asks for patience without a time
_AHEAD_AT_MOST = timedelta(days=366)


def patience_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """Until when a server that answered 429 or 503 is left alone (Retry-After in seconds or as a date), within reason.

    headers: names in lower case.
    """
    said = headers.get("retry-after", "").strip()
    wait = _seconds(said) if said.isdecimal() else _until(said, now)
    return now + min(max(_WAIT_UNSAID if wait is None else wait, _SHORTEST_WAIT), LONGEST_PATIENCE)


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when an answer is fresh (Cache-Control: max-age, else Expires), within reason. None: nothing is said."""
    control = headers.get("cache-control", "").lower()
    for part in control.split(","):
        name, _, value = part.strip().partition("=")
        if name in ("no-cache", "no-store"):
            return None
        seconds = value.strip('"')
        if name == "max-age" and seconds.isdecimal():
            return _later(now, _seconds(seconds))
    return _later(now, _until(headers.get("expires", ""), _dated(headers, now)))


def _later(now: datetime, wait: timedelta | None) -> datetime | None:
    return now + min(wait, MOST_FRESHNESS) if wait is not None and wait > timedelta() else None


def _seconds(said: str) -> timedelta:
    return timedelta(seconds=int(said[:9]))


def _until(said: str, now: datetime) -> timedelta | None:
    date = _date(said)
    return None if date is None else min(date - now, _AHEAD_AT_MOST)


def _dated(headers: Mapping[str, str], now: datetime) -> datetime:
    """The server's own time of its answer: its clock may be another than ours."""
    return _date(headers.get("date", "")) or now


def _date(said: str) -> datetime | None:
    if not said:
        return None
    try:
        date = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
