"""Refresh many feeds at once: sixteen in all, two at one host with a breath between, results one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from pln.model.errors import Cancelled
from pln.model.feed import Feed, FeedState, FetchResult
from pln.sources.fetch import FeedParser, failed, fetch_feed
from pln.sources.host_queue import HostQueue
from pln.sources.http import Http, never

_GLANCE_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How hard a refresh may knock: requests in all, at one host, and seconds between two starts at one host."""

    workers: int = 16
    at_one_host: int = 2
    host_gap: float = 0.2


GENTLE = Pace()


def refresh(
    feeds: Iterable[Feed],
    http: Http,
    parser: FeedParser,
    now: datetime,
    *,
    on_result: Callable[[FetchResult], None],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = never,
    force: bool = False,
    pace: Pace = GENTLE,
) -> None:
    """Ask for every active feed that is due; on_result gets each answer on the calling thread, in order of arrival.

    Not due before its next_check, unless forced. on_progress: (done, total). After a server asked for patience, the
    other feeds of its host are not asked in this run. Raises Cancelled soon after `cancelled` says so; an exception of
    on_result ends the run. Both leave no thread behind, and what was handed over stays handed over. A bug met with one
    feed is raised after all the others are done.
    """
    due = [feed for feed in feeds if feed.state is FeedState.ACTIVE and (force or is_due(feed, now))]
    run = _Run(http, parser, now, cancelled, HostQueue(due, pace.at_one_host, pace.host_gap, time.monotonic))
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


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether the feed may be asked again."""
    return feed.next_check is None or feed.next_check <= now


class _Run:
    """One refresh under way."""

    def __init__(
        self, http: Http, parser: FeedParser, now: datetime, cancelled: Callable[[], bool], queue: HostQueue
    ) -> None:
        self.over = False
        self.bugs: list[Exception] = []
        self._http, self._parser, self._now = http, parser, now
        self._cancelled, self._queue = cancelled, queue
        self._running: dict[Future[FetchResult], Feed] = {}

    def results(self, pool: ThreadPoolExecutor, workers: int) -> Iterator[FetchResult]:
        """Each feed's result, as it comes."""
        while self._queue or self._running:
            if self._cancelled():
                raise Cancelled
            self._start(pool, workers)
            if not self._running:
                time.sleep(_GLANCE_SECONDS)  # every host that is left wants a breath
                continue
            ended, _ = wait(self._running, timeout=_GLANCE_SECONDS, return_when=FIRST_COMPLETED)
            for future in ended:
                yield from self._finish(future)

    def _start(self, pool: ThreadPoolExecutor, workers: int) -> None:
        while len(self._running) < workers:
            feed = self._queue.take()
            if feed is None:
                return
            future = pool.submit(fetch_feed, self._http, feed, self._parser, self._now, cancelled=self._is_over)
            self._running[future] = feed

    def _is_over(self) -> bool:
        return self.over or self._cancelled()

    def _finish(self, future: Future[FetchResult]) -> Iterator[FetchResult]:
        feed = self._running.pop(future)
        self._queue.release(feed)
        result = self._outcome(future, feed)
        yield result
        if result.retry_after is not None and result.error:
            for other in self._queue.drop_host(feed):
                yield failed(other, result.error, until=result.retry_after)

    def _outcome(self, future: Future[FetchResult], feed: Feed) -> FetchResult:
        try:
            return future.result()
        except Exception as bug:
            if isinstance(bug, Cancelled):
                raise
            self.bugs.append(bug)
            return failed(feed, "PLN met a fault of its own with this feed. The other feeds are not touched by it.")
