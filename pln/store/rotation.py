"""Which backups are no longer needed. Pure: what is asked are values, what is answered are some of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

_DAYS, _WEEKS, _BEFORE = 7, 1 + 4, 3  # the week that runs, and four before it


class Why(StrEnum):
    """What a backup was made for; part of its name."""

    DAILY = "daily"
    BEFORE_UPDATE = "before-update"
    BEFORE_IMPORT = "before-import"
    BEFORE_MERGE = "before-merge"
    BEFORE_REMOVAL = "before-removal"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A backup of one profile. made: in UTC; day: on the owner's calendar. verified: read to its end when it was made.

    why: None for what this PLN does not know, and so leaves alone.
    """

    path: Path
    made: datetime
    day: date
    why: Why | None
    verified: bool = True


def superfluous(backups: Sequence[Kept], today: date) -> tuple[Kept, ...]:
    """Those that may go: all but the newest of seven days and of five weeks, and three before something.

    The newest verified one always stays, and so does what was made by hand, what bears no known reason, and what was
    made after today: a clock that was wrong must cost nothing.
    """
    past = sorted((each for each in backups if each.day <= today), key=_age, reverse=True)
    daily = [each for each in past if each.why is Why.DAILY]
    before = [each for each in past if each.why is not None and each.why.startswith("before-")]
    stay = {
        *_newest_of_each(daily, _DAYS, lambda each: each.day),
        *_newest_of_each(daily, _WEEKS, lambda each: each.day.isocalendar()[:2]),
        *before[:_BEFORE],
        *islice((each for each in past if each.verified), 1),
    }
    return tuple(each for each in (*daily, *before) if each not in stay)


def _newest_of_each(newest_first: Iterable[Kept], most: int, group: Callable[[Kept], Hashable]) -> list[Kept]:
    """The newest verified one of each group, or its newest where none is, for as many groups."""
    groups: dict[Hashable, Kept] = {}
    for each in newest_first:
        found = groups.setdefault(group(each), each)
        if each.verified and not found.verified:
            groups[group(each)] = each
    return list(groups.values())[:most]


def _age(each: Kept) -> tuple[date, datetime, str]:
    return each.day, each.made, each.path.name
