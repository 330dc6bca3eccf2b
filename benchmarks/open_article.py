"""How long it takes from choosing an article to its first screen, and how long the window is held meanwhile.

usage: python benchmarks/open_article.py [--json] [--articles N] [--most KB]

Articles of many shapes (prose, lists, code, quotations, tables), up to 200 KB of HTML, in a real, encrypted store, each
opened in the real place as a press on J would. For each: until the beginning is painted, on the clock and in the
processor's time of all threads, and the longest single stop of the event loop until the whole page stands. The same
page set in one go by QTextDocument stands beside.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from PySide6.QtCore import QObject  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from pln.sources.sanitize import prepare  # noqa: E402

GOAL_MS = 100
_TEXT = (
    "people network learning quiet coffee question garden mentor harbour edge window slow letter craft library why of "
    "the and to in that it is was for on as with his they at be this from have or by one had not but all"
)
_WORDS = _TEXT.split()


def article(chance: random.Random, size: int) -> str:
    """HTML of about so many characters, as feeds have it."""
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        kind = chance.random()
        if kind < 0.72:
            parts.append(f"<p>{_line(chance, chance.randint(20, 110))}</p>")
        elif kind < 0.79:
            parts.append(f"<h2>{_line(chance, 5)}</h2>")
        elif kind < 0.86:
            parts.append(f"<blockquote><p>{_line(chance, 30)}</p></blockquote>")
        elif kind < 0.93:
            parts.append(f"<ul>{''.join(f'<li>{_line(chance, 12)}</li>' for _ in range(chance.randint(2, 8)))}</ul>")
        elif kind < 0.97:
            code = "\n".join(
                f"    step({number}, '{chance.choice(_WORDS)}')" for number in range(chance.randint(3, 14))
            )
            parts.append(f"<pre><code>{code}</code></pre>")
        else:
            cells = "".join(f"<tr><td>{n}</td><td>{chance.choice(_WORDS)}</td></tr>" for n in range(6))
            parts.append(f"<table><tbody>{cells}</tbody></table>")
    return "".join(parts)


def _line(chance: random.Random, words: int) -> str:
    found = [chance.choice(_WORDS) for _ in range(words)]
    for at in range(9, words, 19):
        found[at] = f'<a href="https://x.example/{at}">{found[at]}</a>'
    return " ".join(found) + "."


def opened(app: QApplication, place: object, record: int) -> tuple[float, float, float]:
    """Milliseconds: (until its beginning is painted, the same of processor time, longest stop until all stands)."""
    from pln.ui.reading.place import ReadingPlace

    assert isinstance(place, ReadingPlace)
    view = place.desk.view.view
    begun, used = time.perf_counter(), time.process_time()
    place.articles.choose(record)
    view.viewport().repaint()
    first, cpu = time.perf_counter() - begun, time.process_time() - used
    longest = first
    while not view.is_whole:
        turn = time.perf_counter()
        app.processEvents()
        longest = max(longest, time.perf_counter() - turn)
    return first * 1000, cpu * 1000, longest * 1000


def in_one_go(html: str, parent: QObject) -> float:
    """Milliseconds of QTextDocument for the same page, set and laid out at once."""
    from PySide6.QtGui import QTextDocument

    from pln.ui.reading.page_style import style
    from pln.ui.reading.typeset import page_html, sheet

    begun = time.perf_counter()
    document = QTextDocument(parent)
    document.setDefaultStyleSheet(sheet(style()))
    document.setHtml(page_html("A title", "", html))
    document.setTextWidth(style().width())
    document.size()
    return (time.perf_counter() - begun) * 1000


def quantile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measure(count: int, most: int) -> dict[str, float]:
    from pln.model.feed import Feed
    from pln.ui.place import PlaceId
    from pln.ui.reading.place import ReadingPlace
    from pln.ui.theme import Mode, Theme
    from store_fixtures import entry_of
    from ui.reading.filled import World, wait

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme, chance = Theme.install(app, Mode.LIGHT), random.Random(7)
    sizes = [round(most * 1024 * (1 - (number / count) ** 2)) for number in range(count)]
    pages = [prepare(article(chance, size), "https://feed.example/") for size in sizes]
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), theme)
        with world.ctx.write("") as work:
            feed = work.feeds.add(Feed(url="https://feed.example/f", title="Long reads")).id
            entries = [entry_of(str(n), title=f"Article {n}", html=p.html, text=p.text) for n, p in enumerate(pages)]
            work.articles.take_in(feed, entries)
        world.begin()
        world.window.resize(1360, 860)
        world.window.show()
        place = world.window.go(PlaceId.READING)
        assert isinstance(place, ReadingPlace)
        wait(app, lambda: len(place.articles.ids()) == count)
        ids = list(place.articles.ids())
        chance.shuffle(ids)
        opened(app, place, ids[0])  # fonts are read at the first one
        found = []
        for record in ids[1:]:
            found.append(opened(app, place, record))
            wait(app, lambda: world.tasks.idle, 5)
        whole = [in_one_go(page.html, world) for page in pages[: max(3, count // 5)]]
        world.close()
    firsts, cpus, stops = ([each[at] for each in found] for at in range(3))
    return {
        "articles": len(found), "first_p50": quantile(firsts, 0.5), "first_p95": quantile(firsts, 0.95),
        "first_most": max(firsts), "cpu_p50": quantile(cpus, 0.5), "cpu_p95": quantile(cpus, 0.95),
        "stop_p95": quantile(stops, 0.95), "stop_most": max(stops), "one_go_largest_p50": quantile(whole, 0.5),
    }  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--json", action="store_true")
    words.add_argument("--articles", type=int, default=60)
    words.add_argument("--most", type=int, default=200, help="KB of HTML of the largest")
    given = words.parse_args()
    found = measure(given.articles, given.most)
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    rows = (
        ("beginning painted, median", "first_p50"), ("beginning painted, 95th percentile", "first_p95"),
        ("beginning painted, most", "first_most"), ("processor time of it, median", "cpu_p50"),
        ("processor time of it, 95th percentile", "cpu_p95"), ("longest stop until whole, 95th percentile", "stop_p95"),
        ("longest stop until whole, most", "stop_most"), ("largest fifth in one go, median", "one_go_largest_p50"),
    )  # fmt: skip
    for name, key in rows:
        sys.stdout.write(f"{name:<44}{found[key]:8.1f} ms\n")
    met = "met" if found["first_p95"] <= GOAL_MS else "not met"
    sys.stdout.write(f"goal: beginning painted in {GOAL_MS} ms at the 95th percentile: {met}\n")


if __name__ == "__main__":
    main()
