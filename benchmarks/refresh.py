"""Does the window stay alive while 200 feeds are refreshed, and what the refresh costs beside the simplest reader.

    python benchmarks/refresh.py [--json] [--quick]

The feeds (30 entries each) come over HTTP from a process of its own. A timer of 5 ms in the window's event loop tells
how late it was: the longest gap is what the owner would feel. The baseline asks for the same feeds one after the other,
reads them with feedparser and inserts them into plain SQLite, without an index and without cleaning by ourselves.
"""

from __future__ import annotations

import io
import resource
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _feed_server import serving
from _figures import Figure, at_most, run, spread, told
from _profile import fill, opened_at
from _window import shown, wait

from pln.model.feed import Feed
from pln.services.refreshing import RefreshReport, allow_place, refresh_feeds
from pln.sources.refresh import Pace

GOAL_MS, TICK_MS = 50.0, 5
ALL_AT_ONE_HOST = Pace(at_one_host=16, host_gap=0)  # the benchmark's server is one host; 200 real feeds are 200


@dataclass
class Gaps:
    """Milliseconds by which a tick of the event loop came too late."""

    late: list[float] = field(default_factory=list)
    last: float = 0.0

    def tick(self) -> None:
        now = time.perf_counter() * 1e3
        if self.last:
            self.late.append(max(0.0, now - self.last - TICK_MS))
        self.last = now


def measure(quick: bool) -> list[Figure]:
    feeds, articles = (4, 20) if quick else (200, 10_000)
    with tempfile.TemporaryDirectory(prefix="pln-bench-") as folder, serving(30) as port:
        root = Path(folder) / "profile"
        fill(root, articles, articles // 5)
        _subscribe(root, port, feeds)
        theirs = _taken(lambda: _simplest(port, feeds))
        with shown(root) as start:
            idle = _watched(lambda: wait_seconds(0.5 if quick else 3.0))
            ours, gaps = _refreshed(start)
    return _figures(ours, theirs, gaps, idle)


def _figures(ours: dict[str, float], theirs: dict[str, float], gaps: Gaps, idle: Gaps) -> list[Figure]:
    found, before = spread(gaps.late), spread(idle.late)
    return [
        at_most("longest gap of the event loop", found["max"], "ms", GOAL_MS, before["max"]),
        told("gap of the event loop, p95", found["p95"], "ms", before["p95"]),
        told("gaps over 50 ms", sum(late > GOAL_MS for late in gaps.late), "gaps"),
        told("refresh, wall", ours["wall"], "s", theirs["wall"]),
        told("refresh, processor of window and worker", ours["cpu"], "s", theirs["cpu"]),
    ]


def _subscribe(root: Path, port: int, feeds: int) -> None:
    opened = opened_at(root)
    try:
        with opened.context.write("bench") as work:
            now = opened.context.clock.now()
            for feed in work.feeds.everything():  # those of the filled store have no server
                work.feeds.change(Feed(id=feed.id, uid=feed.uid, url=feed.url, next_check=now.replace(year=2100)))
            for number in range(feeds):
                work.feeds.add(Feed(url=f"http://127.0.0.1:{port}/{number}.xml"))
        allow_place(opened.context, f"127.0.0.1:{port}")
    finally:
        opened.close()


def _refreshed(start: Any) -> tuple[dict[str, float], Gaps]:
    program, reports = start.program, []

    def job(task: Any) -> RefreshReport:
        return refresh_feeds(
            program.ctx, on_progress=lambda done, total: program.tasks.step(task, done, total), pace=ALL_AT_ONE_HOST
        )

    def whole() -> None:
        program.tasks.start("Refreshing feeds", job, reports.append, program.fail)
        wait(lambda: bool(reports) and program.tasks.idle, 300)
        wait_seconds(0.3)

    gaps = Gaps()
    ours = _taken(lambda: gaps.__dict__.update(_watched(whole).__dict__), worker=lambda: program.ctx.parser.close())
    report = reports[0]
    if report.failed or not report.new:
        raise RuntimeError(f"the refresh went wrong: {report.failed[:2]}")
    return ours, gaps


def _watched(job: Callable[[], object]) -> Gaps:
    from PySide6.QtCore import Qt, QTimer

    gaps, timer = Gaps(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(gaps.tick)
    timer.start(TICK_MS)
    job()
    timer.stop()
    return gaps


def wait_seconds(seconds: float) -> None:
    ends = time.monotonic() + seconds
    wait(lambda: time.monotonic() > ends, seconds + 60)


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
    sys.exit(run(__doc__, measure, beside="simplest"))
