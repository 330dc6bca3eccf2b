"""Does the window stay alive while 200 feeds are refreshed, and what the refresh costs beside the simplest reader.

    python benchmarks/refresh.py [--json] [--quick]

The feeds (30 entries each) come over HTTP from a process of its own: 200 with Today in sight, then 200 others with
Reading in sight. What the window does by itself soon after its start is watched before, and Today made anew after. A
timer of 10 ms in the window's event loop tells how late it was: the longest gap is what the owner would feel, and the
goal is for that and for the lateness that 99 of 100 ticks keep within; beside it stands the window with nothing to do.
Below is the longest gap without the time in which the window's thread was ready to run and every core was taken, and
the most that this thread itself worked between two ticks: where they differ, the machine had too much to do. Memory is
that of the window and its workers together, over what it was before. The costs stand beside a reader that asks for the
same feeds one after the other, reads them with feedparser and inserts them into plain SQLite, without an index and
without cleaning by ourselves.
"""

from __future__ import annotations

import io
import resource
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from _feed_server import serving
from _figures import Figure, at_most, run, spread, told
from _footprint import children, megabytes, weighing
from _lateness import Lateness, watching
from _profile import fill, opened_at
from _window import settle, shown, wait

from pln.model.feed import Feed
from pln.services import refreshing
from pln.services.refreshing import allow_place
from pln.sources.refresh import Pace
from pln.ui.place import PlaceId

GOAL_MS, GOAL_P99_MS, GOAL_MB = 50.0, 16.0, 130.0
AFTERWARDS_MS = 1500  # Today waits for a second without news
ALL_AT_ONE_HOST = Pace(at_one_host=16, host_gap=0)  # the benchmark's server is one host; 200 real feeds are 200


def measure(quick: bool) -> list[Figure]:
    feeds, articles = (4, 20) if quick else (200, 10_000)
    refreshing.refresh_feeds = partial(refreshing.refresh_feeds, pace=ALL_AT_ONE_HOST)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory(prefix="pln-bench-") as folder, serving(2 * feeds, 30) as port:
        root = Path(folder) / "profile"
        fill(root, articles, articles // 5)
        first, second = _subscribe(root, port, feeds), _subscribe(root, port, feeds, feeds)
        theirs = _taken(lambda: _simplest(port, feeds))
        with shown(root) as start:
            with watching() as idle:
                settle(500 if quick else 3000)
            strange = children()  # the server: no feed was read yet
            before = megabytes(strange)
            rest = _at_rest(start)
            with weighing(strange) as weight:
                ours, today, after = _refreshed(start, first)
                start.program.go(PlaceId.READING)
                settle(2000)
                _, reading, _ = _refreshed(start, second)
    return [
        *_gaps("refresh with Today in sight", today, idle),
        *_gaps("refresh with Reading in sight", reading, idle),
        *_gaps("Today made anew afterwards", after, idle),
        *_gaps("first half minute, what waited for rest", rest, idle),
        at_most("memory over the idle window", weight.most - before, "MB", GOAL_MB, before),
        told("refresh, wall", ours["wall"], "s", theirs["wall"]),
        told("refresh, processor of window and worker", ours["cpu"], "s", theirs["cpu"]),
    ]


def _at_rest(start: Any) -> Lateness:
    """What the window does by itself 20 seconds after its start: it would fall into a refresh of a slow run."""
    from PySide6.QtCore import QTimer

    with watching() as found:
        QTimer.singleShot(100, start.session.rest.first_rest)
        settle(1500)
    return found


def _gaps(when: str, found: Lateness, idle: Lateness) -> list[Figure]:
    return [
        at_most(f"longest gap, {when}", found.longest(), "ms", GOAL_MS, idle.longest()),
        told("    without waiting for a core", found.longest_own(), "ms", idle.longest_own()),
        told("    most work between two ticks", found.longest_work(), "ms", idle.longest_work()),
        at_most("    p99 of all", found.late(0.99), "ms", GOAL_P99_MS, idle.late(0.99)),
        told("    p95 of all", spread(found.gaps)["p95"], "ms", spread(idle.gaps)["p95"]),
        told("    over 50 ms", found.over(GOAL_MS), "gaps"),
    ]


def _subscribe(root: Path, port: int, feeds: int, start: int = 0) -> tuple[int, ...]:
    opened = opened_at(root)
    try:
        with opened.context.write("bench") as work:
            found = [work.feeds.add(Feed(url=f"http://127.0.0.1:{port}/{start + each}.xml")) for each in range(feeds)]
        allow_place(opened.context, f"127.0.0.1:{port}")
    finally:
        opened.close()
    return tuple(feed.id for feed in found)


def _refreshed(start: Any, only: Sequence[int]) -> tuple[dict[str, float], Lateness, Lateness]:
    """(what it took, gaps meanwhile, gaps afterwards while what waited for its end is made anew)."""
    program, reports, seen = start.program, [], []
    refresher = program.refresher

    def whole() -> None:
        with watching() as meanwhile:
            seen.append(meanwhile)
            refresher.refresh(only, by_hand=False)
            wait(lambda: bool(reports), 300)

    def afterwards() -> None:
        with watching() as found:
            seen.append(found)
            settle(AFTERWARDS_MS)
            wait(lambda: program.tasks.idle, 300)
            settle()

    faults: list[BaseException] = []
    program.fail = faults.append
    refresher.ended.connect(reports.append)
    ours = _taken(whole, worker=program.ctx.parser.close)
    afterwards()
    refresher.ended.disconnect(reports.append)
    report = reports[0]
    if report is None or report.failed or not report.new:
        raise RuntimeError(f"the refresh went wrong: {report}") from next(iter(faults), None)
    return ours, seen[0], seen[1]


def _taken(job: Callable[[], object], worker: Callable[[], object] = lambda: None) -> dict[str, float]:
    """Seconds of the wall and of the processor, those of ended worker processes included."""
    wall, cpu = time.perf_counter(), _cpu()
    job()
    wall = time.perf_counter() - wall
    worker()
    return {"wall": wall, "cpu": _cpu() - cpu}


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _simplest(port: int, feeds: int) -> None:
    import feedparser

    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "plain.db")
        plain.execute("CREATE TABLE article (feed INTEGER, guid TEXT, title TEXT, html TEXT, PRIMARY KEY (feed, guid))")
        for number in range(feeds):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{number}.xml") as answer:
                entries = feedparser.parse(io.BytesIO(answer.read())).entries
            rows = [(number, each.id, each.title, each.summary) for each in entries]
            with plain:
                plain.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", rows)
        plain.close()


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="beside"))
