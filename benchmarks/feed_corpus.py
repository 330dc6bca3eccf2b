"""Every feed of the collection as PLN reads it, beside feedparser left to itself, as a table.

    python benchmarks/feed_corpus.py [--all] [FOLDER]

Without --all only files that differ are printed, and the sums. A file differs where its entries, or the id, the title,
the date or the link of one of them, are not feedparser's. way: tree (PLN's own reading) or feedparser's.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import feedparser

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedEntry
from pln.sources import feed_tree
from pln.sources.feed_document import MAX_ENTRIES, read_feed
from pln.sources.links import web_address
from pln.sources.parse_dates import from_struct
from pln.sources.plain_text import one_line

URL = "https://example.org/feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file. ours, theirs: entries. ids, titles, dates, links: how many of feedparser's are the same here."""

    name: str
    way: str
    ours: int
    theirs: int
    ids: int
    titles: int
    dates: int
    links: int

    @property
    def same(self) -> bool:
        return self.ours == self.theirs == self.ids == self.titles == self.dates == self.links


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--all", action="store_true", help="print the files too that do not differ")
    chosen = arguments.parse_args()
    shared = Path(os.environ.get("PLN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = chosen.folder or shared / "corpus/feeds"
    found = list(rows(folder))
    print(table([row for row in found if chosen.all or not row.same], found))
    return 0 if found and all(row.ours >= row.theirs for row in found) else 1


def rows(folder: Path) -> Iterator[Row]:
    """A row for each file in a folder and those below it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield row_of(path.relative_to(folder).as_posix(), path.read_bytes())


def row_of(name: str, body: bytes) -> Row:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about feeds
        theirs = _theirs(body)
        ours = _ours(body)
        quick = feed_tree.read(body, URL, MAX_ENTRIES) is not None

    def same(one: Callable[[ParsedEntry], object], other: Callable[[Any], object]) -> int:
        return sum(a is not None and b is not None and one(a) == other(b) for a, b in zip_longest(ours, theirs))

    return Row(
        name=name,
        way="tree" if quick else "feedparser",
        ours=len(ours),
        theirs=len(theirs),
        ids=sum(a is not None and b is not None and _same_id(a, b) for a, b in zip_longest(ours, theirs)),
        titles=same(lambda a: a.title, _title) + _titles_made(ours, theirs),
        dates=same(lambda a: a.published, _date),
        links=same(lambda a: a.url, lambda b: web_address(str(b.get("link") or ""), URL)),
    )


def _ours(body: bytes) -> tuple[ParsedEntry, ...]:
    try:
        return read_feed(body, URL, "").entries
    except UnreadableInput:
        return ()


def _theirs(body: bytes) -> list[Any]:
    try:
        return list(feedparser.parse(io.BytesIO(body)).entries)[:MAX_ENTRIES]
    except Exception:  # feedparser's own failures are no entries
        return []


def _same_id(ours: ParsedEntry, theirs: Any) -> bool:
    """An entry without an id, or with one that was there before, is given one here."""
    said = str(theirs.get("id") or "").strip()[:2000]
    return not said or ours.guid == said or ours.guid.startswith(f"{said} ")


def _title(entry: Any) -> str:
    plain = (entry.get("title_detail") or {}).get("type") == "text/plain"
    said = str(entry.get("title") or "")
    return one_line(said, is_html=not plain or "<" not in said)


def _titles_made(ours: tuple[ParsedEntry, ...], theirs: list[Any]) -> int:
    """Entries without a title get their first words."""
    return sum(bool(not _title(b) and a.title) for a, b in zip(ours, theirs, strict=False))


def _date(entry: Any) -> object:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if dict.__contains__(entry, name) and (found := from_struct(dict.__getitem__(entry, name))):
            return found
    return None


def table(shown: list[Row], found: list[Row]) -> str:
    head = f"{'file':64}{'way':>11}{'entries':>9}{'theirs':>8}{'ids':>7}{'titles':>8}{'dates':>7}{'links':>7}"
    sums = Counter(row.way for row in found)
    last = Row(
        name=f"{len(found)} files, {sum(row.same for row in found)} the same; {sums['tree']} by the tree",
        way="",
        **{
            part: sum(getattr(row, part) for row in found)
            for part in ("ours", "theirs", "ids", "titles", "dates", "links")
        },
    )
    return "\n".join([head, *map(_line, shown), _line(last)])


def _line(row: Row) -> str:
    return (
        f"{row.name[-64:]:64}{row.way:>11}{row.ours:>9}{row.theirs:>8}"
        f"{row.ids:>7}{row.titles:>8}{row.dates:>7}{row.links:>7}"
    )


if __name__ == "__main__":
    sys.exit(main())
