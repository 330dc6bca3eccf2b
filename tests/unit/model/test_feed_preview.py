"""How often a feed posts, and whether it brings whole articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pln.model.feed import ParsedEntry, ParsedFeed
from pln.model.feed_preview import Length, Pace, Unit, length_of, pace_of, preview_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _entry(number: int, days: float | None = None, text: str = "", title: str = "") -> ParsedEntry:
    when = None if days is None else NOW - timedelta(days=days)
    return ParsedEntry(guid=str(number), title=title, url="", author="", published=when, html="", text=text)


@pytest.mark.parametrize(
    ("ages", "pace"),
    [
        ([0.1 * n for n in range(1, 31)], Pace(number=10, unit=Unit.DAY)),
        ([7 * n / 3 for n in range(1, 31)], Pace(number=3, unit=Unit.WEEK)),
        ([30.4 * n for n in range(1, 13)], Pace(number=1, unit=Unit.MONTH)),
        ([200, 400, 700], Pace(number=1, unit=Unit.YEAR)),
        ([3], None), ([], None), ([2, 2], None),
    ],
)  # fmt: skip
def test_pace(ages: list[float], pace: Pace | None) -> None:
    assert pace_of([NOW - timedelta(days=age) for age in ages], NOW) == pace


def test_a_feed_that_fell_silent_is_slow() -> None:
    assert pace_of([NOW - timedelta(days=days) for days in (360, 361, 362)], NOW) == Pace(number=2, unit=Unit.YEAR)


@pytest.mark.parametrize(
    ("texts", "length"),
    [(["word " * 300] * 3, Length.WHOLE), (["word " * 40] * 3, Length.TEASERS),
     (["word " * 120 + "[…]"] * 3, Length.TEASERS), (["word " * 120 + "Continue reading →"] * 2, Length.TEASERS),
     (["", ""], Length.TEASERS), ([], Length.UNKNOWN)],
)  # fmt: skip
def test_length(texts: list[str], length: Length) -> None:
    assert length_of([_entry(number, text=text) for number, text in enumerate(texts)]) is length


def test_the_newest_stand_first_and_the_future_does_not_count() -> None:
    entries = (
        _entry(1, 5, title="old"),
        _entry(2, text="Without a title " * 20),
        _entry(3, 1, title="new"),
        _entry(4, -9),
    )
    seen = preview_of(ParsedFeed(title="Kiln", site_url="", entries=entries), NOW)
    assert [title for title, _ in seen.entries][1:3] == ["new", "old"]
    assert seen.entries[3][0].startswith("Without a title") and len(seen.entries[3][0]) <= 91
    assert (seen.number, seen.newest) == (4, NOW - timedelta(days=1))
