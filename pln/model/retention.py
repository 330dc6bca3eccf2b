"""Which articles of a feed have been kept long enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

KEEP_DAYS, KEEP_COUNT = 730, 2000
"""Of each feed, where the owner set nothing else."""
_LEAP = timedelta(days=30)  # a longer absence looks like a clock gone wrong, and is waited out alike
_SLACK = timedelta(days=1)
_TRUST_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """days, count: of a feed's articles, those of so many days and the newest so many stay; 0 for no limit.

    unread: what was never read stays too. What the owner did something with always stays.
    """

    days: int = KEEP_DAYS
    count: int = KEEP_COUNT
    unread: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What retention last saw of the clock. since: it runs on steadily from there; None: it never jumped."""

    last: datetime
    since: datetime | None = None

    def at(self, now: datetime) -> Seen:
        """The same a while later. A clock that leapt or was put back has to run on anew."""
        steady = self.last - _SLACK <= now <= self.last + _LEAP
        return Seen(now, self.since if steady else now)

    @property
    def trusted(self) -> bool:
        """Whether to delete by the clock: one that is wrong by a year would cost a year of articles."""
        return self.since is None or self.last - self.since >= _TRUST_AFTER


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
