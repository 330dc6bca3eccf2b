"""How fast feeds are read and cleaned, beside feedparser left to itself on the same bytes in the same run.

    python benchmarks/parsing.py [--json] [--quick] [FOLDER]

FOLDER: feeds as served; without one, the collection beside the checkout, or else invented feeds. The goal stands
beside what feedparser's defaults do. Below it stands all that is done to an article: links and pictures get the names
they have in the store, its text is taken out to be searched, and what would make Qt hang is broken.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import feedparser

from pln.model.errors import UnreadableInput
from pln.sources import feed_entry, sanitize
from pln.sources.feed_document import read_feed
from pln.sources.parse import Parser
from pln.sources.plain_text import without_controls
from pln.sources.sanitize import Prepared

ROUNDS = 3
GOAL = 10.0  # times as fast as feedparser cleaning by itself
URL = "https://example.org/feed"


@dataclass(frozen=True)
class Figure:
    """One line. goal: the least ratio (baseline / value), None where there is no goal."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: float | None = None
    holds: bool = True


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--quick", action="store_true", help="two feeds, to see that the benchmark works")
    chosen = arguments.parse_args()
    figures = measure(bodies(chosen.folder)[: 2 if chosen.quick else None])
    print(json.dumps([asdict(each) for each in figures], indent=1) if chosen.json else table(figures))
    return 0 if chosen.quick or all(each.holds for each in figures) else 1


def bodies(folder: Path | None) -> list[bytes]:
    shared = Path(os.environ.get("PLN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    place = folder or shared / "corpus/feeds/real"
    found = [path.read_bytes() for path in sorted(place.glob("*"))] if place.is_dir() else []
    return found or [invented(number) for number in range(50)]


def invented(number: int) -> bytes:
    paragraph = "<p>Of tea and <b>cups</b>, see <a href='/more?utm_source=x'>more</a>. " + "Leaves steep slowly. " * 12
    items = "".join(
        f"<item><title>Leaf {each}</title><guid>{number}-{each}</guid><link>https://tea.example/{each}</link>"
        f"<pubDate>Sun, 01 Nov 2026 12:00:00 GMT</pubDate><description><![CDATA[{paragraph * 8}]]></description></item>"
        for each in range(30)
    )
    return f"<rss version='2.0'><channel><title>Tea {number}</title>{items}</channel></rss>".encode()


def measure(feeds: list[bytes]) -> list[Figure]:
    warnings.simplefilter("ignore")
    megabytes = sum(map(len, feeds)) / 1e6
    names = ("theirs", "floor", "ours", "alone", "worker")
    rounds: dict[str, list[tuple[float, int]]] = {name: [] for name in names}
    with Parser(deadline_seconds=60) as parser:
        parser.parse(feeds[0], url=URL)
        for _ in range(ROUNDS):  # one after the other, so that what else the machine does meets all of them
            feedparser.api.PREFERRED_XML_PARSERS[:] = []  # as feedparser ships; read_feed puts its driver in again
            rounds["theirs"].append(
                timed(feeds, lambda body: len(feedparser.parse(io.BytesIO(body)).entries), cpu=True)
            )
            rounds["ours"].append(timed(feeds, lambda body: len(read_feed(body, URL, "").entries), cpu=True))
            with sanitising_alone():
                rounds["alone"].append(timed(feeds, lambda body: len(read_feed(body, URL, "").entries), cpu=True))
            rounds["floor"].append(timed(feeds, uncleaned, cpu=True))
            rounds["worker"].append(timed(feeds, lambda body: len(parser.parse(body, url=URL).entries), cpu=False))
    theirs, floor, ours, alone, worker = (statistics.median(each[0] for each in rounds[name]) for name in rounds)
    lost = rounds["theirs"][0][1] - rounds["ours"][0][1]
    return [
        Figure("read and sanitise, processor", alone, "s", theirs, theirs / alone, GOAL, theirs / alone >= GOAL),
        Figure("the same, ready to be shown and found", ours, "s", theirs, theirs / ours),
        Figure("feedparser's part of it", floor, "s", theirs, theirs / floor),
        Figure("the same, rate", megabytes / ours, "MB/s", megabytes / theirs, theirs / ours),
        Figure("through the worker process, wall", worker, "s", theirs, theirs / worker),
        Figure("entries lost", lost, "entries", 0, None, None, lost <= 0),
        Figure("entries read", rounds["ours"][0][1], "entries", rounds["theirs"][0][1]),
    ]


@contextmanager
def sanitising_alone() -> Iterator[None]:
    """Articles are sanitised and bounded as always; their links, pictures and text to search are left out."""

    def sanitised(html: str, _base: str) -> Prepared:
        source = without_controls(html[: sanitize.MAX_HTML])
        if "<" not in source or sanitize._is_too_deep(source):
            return Prepared(html=source, text="")
        return Prepared(html=sanitize._clean(source, sanitize._ARTICLE), text="")

    whole, feed_entry.prepare = feed_entry.prepare, sanitised
    try:
        yield
    finally:
        feed_entry.prepare = whole


def uncleaned(body: bytes) -> int:
    return len(feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False).entries)


def timed(feeds: list[bytes], read: Callable[[bytes], int], *, cpu: bool) -> tuple[float, int]:
    clock = time.process_time if cpu else time.perf_counter
    started, entries = clock(), 0
    for body in feeds:
        try:
            entries += read(body)
        except UnreadableInput:
            continue
    return clock() - started, entries


def table(figures: list[Figure]) -> str:
    head = f"{'what':40}{'value':>10} {'unit':9}{'feedparser':>10}{'ratio':>8}{'goal':>7}"
    return "\n".join([head, *(row(each) for each in figures)])


def row(each: Figure) -> str:
    baseline, ratio, goal = (f"{n:.2f}" if n is not None else "" for n in (each.baseline, each.ratio, each.goal))
    verdict = "" if each.holds else "  FAILS"
    return f"{each.name:40}{each.value:10.2f} {each.unit:9}{baseline:>10}{ratio:>8}{goal:>7}{verdict}"


if __name__ == "__main__":
    sys.exit(main())
