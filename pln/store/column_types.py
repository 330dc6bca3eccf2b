"""How values of the domain lie in columns: instants as milliseconds, days as ISO text, words as JSON."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.types import TypeDecorator

from pln.model.contact import PartialDate
from pln.model.feed import Attachment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


# Halves of UTF-16 pairs stand for nothing alone and cannot be written; broken feeds and cards hold them.
_HALVES = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text with what is no character put as U+FFFD."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


class CleanText(TypeDecorator[str]):
    """A text, without what cannot be written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else whole(value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime <-> integer milliseconds since 1970 UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else _EPOCH + value * _MILLISECOND


class Day(TypeDecorator[date]):
    """A date <-> "2026-11-22"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class WallTime(TypeDecorator[time]):
    """A time of day without zone <-> "10:00" (seconds only where there are some)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Any) -> str | None:
        if value is None:
            return None
        return value.isoformat("minutes" if not value.second and not value.microsecond else "auto")

    def process_result_value(self, value: str | None, dialect: Any) -> time | None:
        return None if value is None else time.fromisoformat(value)


class PartialDay(TypeDecorator[PartialDate]):
    """A date whose year may be unknown <-> "--12-04"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts <-> a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str:
        return whole(json.dumps(list(value or ()), ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value else ()


class Attachments(TypeDecorator[tuple[Attachment, ...]]):
    """Attachments <-> a JSON array of [url, kind, size]."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Attachment, ...] | None, dialect: Any) -> str:
        return whole(json.dumps([[each.url, each.kind, each.size] for each in value or ()], ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[Attachment, ...]:
        return tuple(Attachment(url=url, kind=kind, size=size) for url, kind, size in json.loads(value or "[]"))
