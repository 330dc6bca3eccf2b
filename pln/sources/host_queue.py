"""Which feed may be asked next: never more than a few at one host, never in quick succession."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable

from pln.model.feed import Feed
from pln.sources.patience import host_of_url


class HostQueue:
    """Feeds waiting for their turn, by host. clock: seconds that only go up. Used from one thread."""

    def __init__(self, feeds: Iterable[Feed], at_one_host: int, gap: float, clock: Callable[[], float]) -> None:
        self._at_one_host, self._gap, self._clock = at_one_host, gap, clock
        self._waiting: dict[str, deque[Feed]] = {}
        self._open_at: dict[str, float] = {}
        self._active: Counter[str] = Counter()
        for feed in feeds:
            self._waiting.setdefault(host_of(feed), deque()).append(feed)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def take(self) -> Feed | None:
        """A feed whose host may be asked now, counted as under way until `release`; None where all have to wait."""
        now = self._clock()
        for host in self._waiting:
            if self._active[host] < self._at_one_host and self._open_at.get(host, now) <= now:
                return self._start(host, now)
        return None

    def release(self, feed: Feed) -> None:
        """The feed's request has ended."""
        self._active[host_of(feed)] -= 1

    def drop_host(self, feed: Feed) -> list[Feed]:
        """Take out, and return, all feeds still waiting for this feed's host."""
        return list(self._waiting.pop(host_of(feed), ()))

    def _start(self, host: str, now: float) -> Feed:
        feeds = self._waiting.pop(host)
        feed = feeds.popleft()
        if feeds:
            self._waiting[host] = feeds  # to the end: hosts take turns
        self._active[host] += 1
        self._open_at[host] = now + self._gap
        return feed


def host_of(feed: Feed) -> str:
    """The host and port that a feed's requests go to."""
    return host_of_url(feed.url)
