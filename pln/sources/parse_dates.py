"""Dates of feeds as instants in UTC, or None where there is none to be read."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

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
