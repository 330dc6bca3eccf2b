"""Storing what a refresh brings: a few feeds in one unit of work, each as it is after its answer."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from pln.model.errors import StoreFault
from pln.model.feed import Feed, FetchResult
from pln.model.feed_health import FeedAnswer
from pln.model.fetching import POSTS_WINDOW, Moment, after, chance_of
from pln.services.context import Context
from pln.services.reading_rules import rules_on_new
from pln.sources.patience import Patience
from pln.store.unit_of_work import Work

MOST_FEEDS, MOST_ENTRIES, MOST_SECONDS = 25, 300, 0.5
"""What one unit of work holds at most: whoever else wants to write waits for its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    """How a refresh went. failed: (feed title or address, sentence).

    offline: several servers were asked and none could be reached, so nothing was noted against any feed.
    tell: new articles that the owner wants to be told of, by a rule or by their feed.
    """

    asked: int
    new: int
    changed: int
    failed: tuple[tuple[str, str], ...]
    offline: bool = False
    tell: tuple[int, ...] = ()


class Intake:
    """Stores answers as they come. Those that say "nobody answered" wait until some server did answer.

    Without a connection every feed would be marked as failing, though nothing is wrong with any of them.
    A feed that cannot be stored, by a fault of ours, costs no other: its fault is in `bugs`.
    """

    def __init__(
        self, ctx: Context, feeds: Mapping[int, Feed], origin: str, patience: Patience, at_most_every: timedelta
    ) -> None:
        self.bugs: list[Exception] = []
        self._ctx, self._feeds, self._origin, self._patience = ctx, feeds, origin, patience
        self._at_most_every = at_most_every
        self._asked, self._new, self._changed = 0, 0, 0
        self._failed: list[tuple[str, str]] = []
        self._unreached: list[FetchResult] = []
        self._connected = False
        self._waiting: list[FetchResult] = []
        self._entries, self._since = 0, 0.0
        self._tell: list[int] = []

    def take(self, result: FetchResult) -> None:
        """One answer. Stored soon, together with others."""
        self._asked += 1
        if result.error:
            feed = self._feeds[result.feed_id]
            self._failed.append((feed.title or feed.url, result.error))
        if not result.reached and not self._connected:
            self._unreached.append(result)
            return
        if result.asked:
            self._connected = True
            self._put_back()
        self._put(result)
        self.glance()

    def glance(self) -> None:
        """Store what has waited long enough."""
        full = len(self._waiting) >= MOST_FEEDS or self._entries >= MOST_ENTRIES
        if self._waiting and (full or time.monotonic() - self._since >= MOST_SECONDS):
            self.store()

    def store(self) -> None:
        """Store all that waits. Raises StoreFault."""
        batch, self._waiting, self._entries = self._waiting, [], 0
        for start in range(0, len(batch), MOST_FEEDS):
            self._store(batch[start : start + MOST_FEEDS])

    def report(self) -> RefreshReport:
        """Store the rest and tell how it went."""
        servers = {urlsplit(self._feeds[result.feed_id].url).netloc for result in self._unreached}
        offline = len(servers) > 1  # a single one may be down itself
        if not offline:
            self._put_back()
        self.store()
        return RefreshReport(
            asked=self._asked, new=self._new, changed=self._changed, failed=tuple(self._failed), offline=offline,
            tell=tuple(self._tell),
        )  # fmt: skip

    def _put_back(self) -> None:
        for result in self._unreached:
            self._put(result)
        self._unreached = []

    def _put(self, result: FetchResult) -> None:
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(result)
        self._entries += len(result.parsed.entries) if result.parsed is not None else 0

    def _store(self, batch: Sequence[FetchResult]) -> None:
        try:
            with self._ctx.write(self._origin) as work:
                new, changed = self._write(work, batch)
        except StoreFault:
            raise
        except Exception as bug:
            if len(batch) == 1:
                self.bugs.append(bug)
                return
            for each in batch:  # find the one that spoils the others
                self._store([each])
        else:
            self._new, self._changed = self._new + new, self._changed + changed

    def _write(self, work: Work, batch: Sequence[FetchResult]) -> tuple[int, int]:
        now, newest = self._ctx.clock.now(), work.rules.newest()
        counts = {
            result.feed_id: work.articles.take_in(result.feed_id, result.parsed.entries)
            for result in batch
            if result.parsed is not None
        }
        if any(new for new, _ in counts.values()):
            self._tell += rules_on_new(work, [self._feeds[each] for each in counts if counts[each][0]], newest)
        posts = work.fetched.posts((result.feed_id for result in batch), now - POSTS_WINDOW)
        answered: list[tuple[Feed, Feed]] = []
        answers: list[FeedAnswer] = []
        for result in batch:
            feed = self._feeds[result.feed_id]
            moment = Moment(
                now=now, posts=posts.get(feed.id, 0), chance=chance_of(feed, now), at_most_every=self._at_most_every
            )
            answered.append((feed, after(feed, result, moment)))
            if result.asked:
                new, changed = counts.get(feed.id, (0, 0))
                answers.append(_answer(result, moment, new, changed))
        work.fetched.answered(answered)
        work.fetched.note(answers)
        if self._patience.granted:
            work.fetched.wait_for(self._patience.granted, now)
        return sum(new for new, _ in counts.values()), sum(changed for _, changed in counts.values())


def _answer(result: FetchResult, moment: Moment, new: int, changed: int) -> FeedAnswer:
    return FeedAnswer(
        feed_id=result.feed_id, at=moment.now, outcome=result.outcome.value, status=result.status,
        sentence=result.error, size=result.size, milliseconds=result.milliseconds, new=new, changed=changed,
    )  # fmt: skip
