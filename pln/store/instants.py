"""Instants as the columns hold them, for statements that are written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def stamp(when: datetime) -> int:
    """Milliseconds since 1970 UTC."""
    return (when - _EPOCH) // _MILLISECOND


def instant(value: int) -> datetime:
    return _EPOCH + value * _MILLISECOND
