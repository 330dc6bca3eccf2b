"""What a feed is like, told before one subscribes: what came last, how often, whole articles or their beginnings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from pln.model.feed import ParsedEntry, ParsedFeed

SHOWN = 5
_TEASER_WORDS = 90
_CUT_AT_END = re.compile(
    r"(?:…|\.\.\.|\[…\]|read more|continue reading|read on|weiterlesen|lire la suite)[\s»>→.\]]*\Z", re.IGNORECASE
)


class Length(StrEnum):
    """WHOLE articles, TEASERS only, or UNKNOWN: there is nothing to judge by."""

    WHOLE = "whole"
    TEASERS = "teasers"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """About so many articles a day, week, month or year."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """entries: the newest (title, when or None). pace: None where dates do not tell. newest: of all dates."""

    title: str
    site_url: str
    entries: tuple[tuple[str, datetime | None], ...]
    number: int
    pace: Pace | None
    newest: datetime | None
    length: Length
    problem: str = ""


def preview_of(parsed: ParsedFeed, now: datetime) -> Preview:
    """A preview of a feed as it is at an instant."""
    dates = sorted(
        (each.published for each in parsed.entries if each.published and each.published <= now), reverse=True
    )
    undated = datetime.min.replace(tzinfo=now.tzinfo)
    by_date = sorted(parsed.entries, key=lambda each: each.published or undated, reverse=True)
    return Preview(
        title=parsed.title, site_url=parsed.site_url,
        entries=tuple((each.title or _beginning(each.text), each.published) for each in by_date[:SHOWN]),
        number=len(parsed.entries), pace=pace_of(dates, now), newest=dates[0] if dates else None,
        length=length_of(parsed.entries), problem=parsed.problem,
    )  # fmt: skip


def pace_of(dates: Sequence[datetime], now: datetime) -> Pace | None:
    """How often it posts, by the dates of its entries; None for fewer than two different ones."""
    if len(dates) < 2 or min(dates) == max(dates):
        return None
    per_day = (len(dates) - 1) / max((now - min(dates)) / timedelta(days=1), 1 / 24)
    for unit, days in ((Unit.DAY, 1), (Unit.WEEK, 7), (Unit.MONTH, 30.4)):
        if per_day * days >= 0.85:
            return Pace(number=round(per_day * days), unit=unit)
    return Pace(number=max(1, round(per_day * 365)), unit=Unit.YEAR)


def length_of(entries: Sequence[ParsedEntry]) -> Length:
    """Whether the feed brings its articles whole. Teasers are short, or end in the middle."""
    texts = [each.text.strip() for each in entries if each.text.strip()]
    if not texts:
        return Length.TEASERS if entries else Length.UNKNOWN
    cut = sum(1 for text in texts if _CUT_AT_END.search(text[-60:]))
    short = median(len(text.split()) for text in texts) < _TEASER_WORDS
    return Length.TEASERS if short or cut * 2 > len(texts) else Length.WHOLE


def _beginning(text: str) -> str:
    words = " ".join(text[:300].split())
    return words if len(words) <= 90 else f"{words[:90].rpartition(' ')[0] or words[:90]}…"
