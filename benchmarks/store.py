"""What encryption and safety cost: small commits and inserts in bulk, beside plain SQLite with the same pragmas.

    python benchmarks/store.py [--json] [--quick]

The plain side runs the same statements' work by hand (a row of the article, its text, its index) in the same build of
SQLite, without a key. Both in turns, each on a fresh file of the same disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from _figures import Figure, run, spread, told
from _words import Words
from sqlcipher3 import dbapi2 as sqlite

from pln.model.feed import Feed, ParsedEntry
from pln.store.unit_of_work import Store
from pln.system.clock import SystemClock

_PRAGMAS = ("temp_store=MEMORY", "synchronous=FULL", "foreign_keys=ON", "cell_size_check=ON", "secure_delete=ON")
_TABLES = (
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE article (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, feed_id INTEGER, guid TEXT, url TEXT, title TEXT,"
    " author TEXT, published INTEGER, received INTEGER, sort_at INTEGER, content_hash TEXT, UNIQUE (feed_id, guid))",
    "CREATE INDEX ix ON article (sort_at)",
    "CREATE TABLE article_body (article_id INTEGER PRIMARY KEY, html TEXT, text TEXT)",
    "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', contentless_delete=1, prefix='2 3',"
    " tokenize='unicode61 remove_diacritics 2')",
)


def measure(quick: bool) -> list[Figure]:
    commits, batches, size = (5, 2, 10) if quick else (300, 10, 300)
    with tempfile.TemporaryDirectory(prefix="pln-bench-") as folder:
        plain = _plain(Path(folder) / "plain.db")
        store = _store(Path(folder) / "store.db")
        try:
            small = [_both(partial(_set, store, each), partial(_set_plain, plain, each)) for each in range(commits)]
            words, bulk, feed = Words(), [], _feed(store)
            for batch in range(batches):
                entries = [_entry(words, batch * size + each) for each in range(size)]
                bulk.append(_both(partial(_take_in, store, feed, entries), partial(_insert, plain, entries)))
        finally:
            store.close()
            plain.close()
    return [*_commit_figures(small), *_bulk_figures(bulk, size)]


def _commit_figures(small: list[tuple[float, float]]) -> list[Figure]:
    ours, plain = (spread(side) for side in zip(*small, strict=True))
    return [told(f"small commit, {part}", ours[part] * 1e3, "ms", plain[part] * 1e3) for part in ("p50", "p95")]


def _bulk_figures(bulk: list[tuple[float, float]], size: int) -> list[Figure]:
    ours, plain = (spread(side) for side in zip(*bulk, strict=True))
    return [
        told("an article in bulk, median", ours["p50"] / size * 1e3, "ms", plain["p50"] / size * 1e3),
        told("an article in bulk, least", ours["min"] / size * 1e3, "ms", plain["min"] / size * 1e3),
    ]


def _store(file: Path) -> Store:
    numbers = iter(range(10**9))
    return Store(file, bytes(32), bytes(16), now=SystemClock().now, new_uid=lambda: f"{next(numbers):032x}")


def _feed(store: Store) -> int:
    with store.write("bench") as work:
        return work.feeds.add(Feed(url="https://example.org/feed", title="Orchard notes")).id


def _plain(file: Path) -> Any:
    connection = sqlite.connect(str(file), isolation_level=None)
    for pragma in (*_PRAGMAS, "journal_mode=WAL"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for statement in _TABLES:
        connection.execute(statement)
    return connection


def _set(store: Store, number: int) -> None:
    with store.write("bench") as work:
        work.settings.put("bench", number)


def _set_plain(plain: Any, number: int) -> None:
    plain.execute("BEGIN IMMEDIATE")
    plain.execute("INSERT OR REPLACE INTO setting VALUES ('bench', ?)", (str(number),))
    plain.execute("COMMIT")


def _take_in(store: Store, feed: int, entries: list[ParsedEntry]) -> None:
    with store.write("bench") as work:
        work.articles.take_in(feed, entries)


def _insert(plain: Any, entries: list[ParsedEntry]) -> None:
    plain.execute("BEGIN IMMEDIATE")
    for each in entries:
        row = (each.guid, 1, each.guid, each.url, each.title, each.author, 0, 0, int(each.guid), "")
        key = plain.execute(f"INSERT INTO article VALUES (NULL{', ?' * len(row)})", row).lastrowid
        plain.execute("INSERT INTO article_body VALUES (?, ?, ?)", (key, each.html, each.text))
        plain.execute("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", (key, each.title, each.text))
    plain.execute("COMMIT")


def _entry(words: Words, number: int) -> ParsedEntry:
    paragraphs = words.paragraphs()
    return ParsedEntry(
        guid=str(number), url=f"https://example.org/{number}", title=words.title(), author=words.name(),
        published=datetime(2026, 11, 1, tzinfo=UTC), text="\n".join(paragraphs),
        html="".join(f"<p>{each}</p>" for each in paragraphs),
    )  # fmt: skip


def _both(ours: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """Seconds of either, one right after the other."""
    return _timed(ours), _timed(plain)


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="SQLite"))
