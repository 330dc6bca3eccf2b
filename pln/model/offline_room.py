"""Which pictures are worth their room: those of articles that will be read before those that were, new before old."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pln.model.offline import MB, Budgets, PictureUse

_MARGIN = 20  # a twentieth of a budget stays free, at most one picture's worth: what comes is of unknown size


def best_uses(uses: Iterable[PictureUse]) -> dict[str, PictureUse]:
    """By key, the use that counts: one that will be read before one that was, then the newest."""
    best: dict[str, PictureUse] = {}
    for use in uses:
        known = best.get(use.key)
        if known is None or _worth(use) > _worth(known):
            best[use.key] = use
    return best


def in_order_of_fetching(uses: Mapping[str, PictureUse], there: Iterable[str]) -> list[PictureUse]:
    """The pictures of what will be read that are not there yet, those of the newest article first."""
    have = set(there)
    wanted = (use for key, use in uses.items() if use.keep and key not in have)
    return sorted(wanted, key=lambda use: use.sort_at, reverse=True)


def to_let_go(sizes: Mapping[str, int], uses: Mapping[str, PictureUse], budgets: Budgets) -> tuple[str, ...]:
    """Keys of stored pictures that must go, so that the rest keeps within the budgets.

    sizes: bytes of each stored picture. Those that no article uses any more go whatever there is room for; then those
    of articles read, the oldest first; then the oldest of all. A feed beyond its own room gives way first.
    """
    orphans = [key for key in sizes if key not in uses]
    order = sorted((key for key in sizes if key in uses), key=lambda key: _worth(uses[key]))
    by_feed: dict[int, list[str]] = {}
    for key in order:
        by_feed.setdefault(uses[key].feed_id, []).append(key)
    beyond = {key for keys in by_feed.values() for key in _beyond(keys, sizes, budgets.of_a_feed)}
    rest = [key for key in order if key not in beyond]
    return (*orphans, *(key for key in order if key in beyond), *_beyond(rest, sizes, budgets.of_all))


class Room:
    """May one more picture come? What is stored of newer articles counts, what is stored of older ones can give way."""

    def __init__(self, sizes: Mapping[str, int], uses: Mapping[str, PictureUse], budgets: Budgets) -> None:
        kept = [(uses[key], size) for key, size in sizes.items() if key in uses and uses[key].keep]
        feeds = {use.feed_id for use, _ in kept}
        self._all = _Shelf(kept, budgets.of_all)
        self._of_feed = {
            feed: _Shelf([(use, size) for use, size in kept if use.feed_id == feed], budgets.of_a_feed)
            for feed in feeds
        }
        self._budget = budgets.of_a_feed

    def has_for(self, use: PictureUse) -> bool:
        return self._all.has_for(use) and self._feed(use).has_for(use)

    def take(self, use: PictureUse, size: int) -> None:
        """A picture of so many bytes came."""
        self._all.came += size
        self._feed(use).came += size

    def _feed(self, use: PictureUse) -> _Shelf:
        if use.feed_id not in self._of_feed:
            self._of_feed[use.feed_id] = _Shelf([], self._budget)
        return self._of_feed[use.feed_id]


class _Shelf:
    """Stored pictures by age, with the bytes of all that are newer; came: bytes that came since, newer all of them."""

    def __init__(self, kept: Iterable[tuple[PictureUse, int]], budget: int) -> None:
        self.came = 0
        self._limit = budget - min(MB, budget // _MARGIN)
        newest_first = sorted(kept, key=lambda each: each[0].sort_at, reverse=True)
        self._ages = [-use.sort_at.timestamp() for use, _ in newest_first]
        self._before = [0]
        for _, size in newest_first:
            self._before.append(self._before[-1] + size)

    def has_for(self, use: PictureUse) -> bool:
        newer = self._before[bisect_left(self._ages, -use.sort_at.timestamp())]
        return newer + self.came < self._limit


def _beyond(order: Iterable[str], sizes: Mapping[str, int], budget: int) -> Iterator[str]:
    """What must go of pictures in an order, from its beginning on, until the rest keeps within a budget."""
    keys = list(order)
    total = sum(sizes[key] for key in keys)
    for key in keys:
        if total <= budget:
            return
        total -= sizes[key]
        yield key


def _worth(use: PictureUse) -> tuple[bool, datetime]:
    return use.keep, use.sort_at
