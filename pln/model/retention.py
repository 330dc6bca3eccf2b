"""Which articles of a feed have been kept long enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

KEEP_DAYS, KEEP_COUNT = 730, 2000
"""Of each feed, where the owner set nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """days, count: of a feed's articles, those of so many days and the newest so many stay; 0 for no limit.

    unread: what was never read stays too. What the owner did something with always stays.
    """

    days: int = KEEP_DAYS
    count: int = KEEP_COUNT
    unread: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article of a feed. claimed: starred, for later, tagged, highlighted or kept for somebody."""

    id: int
    day: datetime
    read: bool
    claimed: bool


def outlived(held: Sequence[Held], wish: Retention, now: datetime) -> tuple[int, ...]:
    """Those of one feed's articles that may go, the oldest first."""
    newest_first = sorted(held, key=lambda each: (each.day, each.id), reverse=True)
    oldest = now - timedelta(days=wish.days) if wish.days else None
    gone = [
        each.id
        for place, each in enumerate(newest_first)
        if not each.claimed
        and (each.read or not wish.unread)
        and ((wish.count and place >= wish.count) or (oldest is not None and each.day < oldest))
    ]
    return tuple(reversed(gone))
