"""Refresh many feeds at once: twenty in all, two at one host with a breath between, results one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from pln.model.errors import Cancelled
from pln.model.feed import Feed, FeedState, FetchResult, Outcome
from pln.model.feed_health import HostWait
from pln.model.fetching import is_due
from pln.sources.fetch import FeedParser, failed, fetch_feed
from pln.sources.flight import FlightMode
from pln.sources.host_queue import HostQueue, host_of
from pln.sources.http import DEADLINE_SECONDS, Http, never
from pln.sources.patience import Patience

__all__ = ["GENTLE", "Pace", "Secrecy", "is_due", "refresh"]

_GLANCE_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How hard a refresh may knock: requests in all, at one host, and seconds between two starts at one host.

    deadline: seconds for one feed's whole answer.
    """

    workers: int = 20
    at_one_host: int = 2
    host_gap: float = 0.2
    deadline: float = DEADLINE_SECONDS


GENTLE = Pace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """What feeds with a password need. passwords: by feed id. missing: sentences where it cannot be had."""

    passwords: Mapping[int, str] = field(default_factory=dict, repr=False)
    missing: Mapping[int, str] = field(default_factory=dict)


def refresh(
    feeds: Iterable[Feed],
    http: Http,
    parser: FeedParser,
    now: datetime,
    *,
    on_result: Callable[[FetchResult], None],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    on_glance: Callable[[], None] = lambda: None,
    cancelled: Callable[[], bool] = never,
    force: bool = False,
    pace: Pace = GENTLE,
    patience: Patience | None = None,
    secrecy: Secrecy | None = None,
) -> None:
    """Ask for every active feed that is due; on_result gets each answer on the calling thread, in order of arrival.

    Not due before its next_check, unless forced. on_progress: (done, total). on_glance: called now and then while
    answers are waited for. A host that asked for patience (before, or in this run) is asked by nobody, forced or not:
    its feeds get a PATIENCE result; where nothing was forced, those known before get none. Raises Cancelled soon after
    `cancelled` says so, and FlightMode when that is switched on; an exception of on_result ends the run. None of these
    leaves a thread behind, and what was handed over stays handed over. A bug met with one feed is raised after all the
    others are done.
    """
    patience = patience or Patience()
    due = [feed for feed in feeds if feed.state is FeedState.ACTIVE and (force or is_due(feed, now))]
    if not force:
        due = [feed for feed in due if patience.wait_of(host_of(feed), now) is None]
    queue = HostQueue(due, pace.at_one_host, pace.host_gap, time.monotonic)
    run = _Run(http, parser, now, cancelled, queue, patience, secrecy or Secrecy(), on_glance, pace.deadline)
    on_progress(0, len(due))
    with ThreadPoolExecutor(pace.workers, thread_name_prefix="pln-fetch") as pool:
        try:
            for done, result in enumerate(run.results(pool, pace.workers), 1):
                on_result(result)
                on_progress(done, len(due))
        finally:
            run.over = True
    if run.bugs:
        raise run.bugs[0]


class _Run:
    """One refresh under way."""

    def __init__(
        self, http: Http, parser: FeedParser, now: datetime, cancelled: Callable[[], bool], queue: HostQueue,
        patience: Patience, secrecy: Secrecy, on_glance: Callable[[], None], deadline: float,
    ) -> None:  # fmt: skip
        self.over = False
        self.bugs: list[Exception] = []
        self._http, self._parser, self._now = http, parser, now
        self._cancelled, self._queue, self._patience, self._secrecy = cancelled, queue, patience, secrecy
        self._on_glance, self._deadline = on_glance, deadline
        self._running: dict[Future[FetchResult], Feed] = {}
        self._ended: SimpleQueue[Future[FetchResult]] = SimpleQueue()

    def results(self, pool: ThreadPoolExecutor, workers: int) -> Iterator[FetchResult]:
        """Each feed's result, as it comes."""
        while self._queue or self._running:
            if self._cancelled():
                raise Cancelled
            yield from self._start(pool, workers)
            with suppress(Empty):
                yield from self._finish(self._ended.get(timeout=_GLANCE_SECONDS))
            self._on_glance()

    def _start(self, pool: ThreadPoolExecutor, workers: int) -> Iterator[FetchResult]:
        while len(self._running) < workers:
            feed = self._queue.take()
            if feed is None:
                return
            wait = self._patience.wait_of(host_of(feed), self._now)
            if wait is not None:
                self._queue.release(feed)
                yield from (_left_alone(each, wait) for each in (feed, *self._queue.drop_host(feed)))
                continue
            future = pool.submit(self._fetch, feed)
            self._running[future] = feed
            future.add_done_callback(self._ended.put)

    def _fetch(self, feed: Feed) -> FetchResult:
        missing = self._secrecy.missing.get(feed.id)
        if missing is not None:
            return failed(feed, missing, asked=False)
        return fetch_feed(
            self._http, feed, self._parser, self._now, cancelled=self._is_over, patience=self._patience,
            password=self._secrecy.passwords.get(feed.id), deadline_seconds=self._deadline,
        )  # fmt: skip

    def _is_over(self) -> bool:
        return self.over or self._cancelled()

    def _finish(self, future: Future[FetchResult]) -> Iterator[FetchResult]:
        feed = self._running.pop(future)
        self._queue.release(feed)
        yield self._outcome(future, feed)

    def _outcome(self, future: Future[FetchResult], feed: Feed) -> FetchResult:
        try:
            return future.result()
        except Exception as bug:
            if isinstance(bug, Cancelled | FlightMode):
                raise
            self.bugs.append(bug)
            return failed(feed, "PLN met a fault of its own with this feed. The other feeds are not touched by it.")


def _left_alone(feed: Feed, wait: HostWait) -> FetchResult:
    return failed(feed, wait.sentence, outcome=Outcome.PATIENCE, until=wait.until, asked=False)
