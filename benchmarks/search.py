"""How soon a typed letter is answered at 100,000 articles, beside plain SQLite with the same index and beside LIKE.

    python benchmarks/search.py [--json] [--quick]

Words are typed letter by letter, common and rare ones, one and two at a time, as into the search box. The baseline runs
only the newest-first query on an unencrypted copy of the same index; snippets, people and journal come on top. Below
stand the articles alone, a page of them, the newest or the best match first.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _figures import Figure, at_most, run, spread, told
from _profile import filled, opened_at
from _words import Words
from sqlcipher3 import dbapi2 as sqlite

from pln.model.changes import Noun
from pln.services.context import Context
from pln.services.search import search
from pln.store.folding import match_expression

GOAL_MS, GOAL_NEWEST_MS, GOAL_BEST_MS = 50.0, 10.0, 150.0
PAGE = 50
ASKED_TIMES = 3  # the median of each text counts: a busy machine is not the search
_QUERY = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 8"
_LIKE = "SELECT id FROM article WHERE title LIKE ? OR text LIKE ? ORDER BY id DESC LIMIT 8"


def measure(quick: bool) -> list[Figure]:
    articles, people = (200, 50) if quick else (100_000, 10_000)
    with filled(articles, people) as root, tempfile.TemporaryDirectory() as folder:
        opened = opened_at(root)
        try:
            return _measured(opened.context, Path(folder) / "plain.db")
        finally:
            opened.close()


def _measured(ctx: Context, plain_file: Path) -> list[Figure]:
    plain = plain_copy(ctx, plain_file)
    try:
        asked = typed(Words())
        rounds: dict[str, list[float]] = {"ours": [], "plain": [], "newest": [], "best": []}
        by_length: dict[str, list[float]] = {}
        for text in asked:
            answers = [_each(ctx, plain, text) for _ in range(ASKED_TIMES)]
            medians = [statistics.median(side) for side in zip(*answers, strict=True)]
            for name, taken in zip(rounds, medians, strict=True):
                rounds[name].append(taken)
            by_length.setdefault(_length(text), []).append(medians[0])
        like = [_timed(lambda text=text: _like_hits(plain, text)) for text in asked[:: max(1, len(asked) // 6)]]  # type: ignore[misc]
    finally:
        plain.close()
    return _figures(rounds, by_length, like)


def _figures(rounds: dict[str, list[float]], by_length: dict[str, list[float]], like: list[float]) -> list[Figure]:
    ours, plain = spread(rounds["ours"]), spread(rounds["plain"])
    each = [
        at_most(f"a typed letter, {part}", ours[part], "ms", GOAL_MS, plain[part]) for part in ("p50", "p95", "max")
    ]
    lengths = [at_most(f"{name}, max", max(taken), "ms", GOAL_MS) for name, taken in by_length.items()]
    return [
        *each,
        *lengths,
        *_of_articles(rounds),
        told("LIKE in plain SQLite, max", spread(like)["max"], "ms", plain["max"]),
    ]


def _of_articles(rounds: dict[str, list[float]]) -> list[Figure]:
    newest, best = spread(rounds["newest"]), spread(rounds["best"])
    return [
        at_most(f"{PAGE} articles, newest first, p95", newest["p95"], "ms", GOAL_NEWEST_MS),
        told(f"{PAGE} articles, newest first, max", newest["max"], "ms"),
        at_most(f"{PAGE} articles, best match first, p95", best["p95"], "ms", GOAL_BEST_MS),
        told(f"{PAGE} articles, best match first, max", best["max"], "ms"),
    ]


def typed(words: Words) -> list[str]:
    """Everything that stands in the box while these words are typed."""
    found = words.vocabulary
    ranks = (0, 1, 2, 5, 20, 100, 500, 2_000, 10_000, 25_000)
    single = [found[rank] for rank in ranks]
    pairs = [f"{found[a]} {found[b]}" for a, b in ((0, 1), (3, 40), (0, 20_000), (15_000, 0), (300, 900))]
    rare = ["zq", "xylophone", "Ágnes"]
    return [text[:end] for text in (*single, *pairs, *rare) for end in range(1, len(text) + 1)]


def plain_copy(ctx: Context, file: Path) -> Any:
    """The same articles without encryption, indexed as in the store, in the same build of SQLite."""
    plain = sqlite.connect(file)
    plain.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
    with ctx.store.read() as work:
        connection = work.search.connection
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'search_article'").scalar_one()
        plain.execute(made.replace("search_article", "search"))
        rows = connection.exec_driver_sql("SELECT id, title, text FROM article JOIN article_body ON article_id = id")
        for row in rows:
            plain.execute("INSERT INTO article VALUES (?, ?, ?)", tuple(row))
            plain.execute("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", tuple(row))
    plain.commit()
    return plain


def _each(ctx: Context, plain: Any, text: str) -> tuple[float, ...]:
    """One after the other, so that what else the machine does meets all of them."""
    whole, alone = _timed(lambda: search(ctx, text)), _timed(lambda: _plain_hits(plain, text))
    with ctx.store.read() as work:
        newest = _timed(lambda: work.search.ids(text, Noun.ARTICLE, PAGE))
        return whole, alone, newest, _timed(lambda: work.search.ranked(text, PAGE))


def _plain_hits(plain: Any, text: str) -> object:
    expression = match_expression(text)
    return plain.execute(_QUERY, (expression,)).fetchall() if expression else []


def _like_hits(plain: Any, text: str) -> object:
    return plain.execute(_LIKE, (f"%{text}%", f"%{text}%")).fetchall()


def _length(text: str) -> str:
    return f"{len(text)} letter{'s' if len(text) > 1 else ''}" if len(text) < 4 else "4 letters and more"


def _timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="SQLite"))
