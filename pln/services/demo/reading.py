"""The feeds of the invented network: their files, their subscriptions, what was read and kept of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pln.model.feed import Feed
from pln.services.demo.feed_files import Piece, feed_file, file_name
from pln.services.demo.people import Keys
from pln.services.demo.texts import Table
from pln.store.unit_of_work import Work

_PUBLISHED = time(6, 40)
_JUST_NOW = timedelta(minutes=5)
_READ_AFTER = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One feed: what stands in its file in resources, and its articles with their marks ("read", "starred", "held")."""

    table: Table
    pieces: tuple[tuple[Piece, Table], ...]

    def file(self, *, held: bool) -> bytes:
        """The feed as its server sends it. held: with the articles that a refresh is to bring."""
        return feed_file(self.table, [piece for piece, marks in self.pieces if held or not marks.get("held")])


def bundle(table: Table, today: date, now: datetime) -> Bundle:
    """One feed with its articles laid on days before today, never later than now."""
    return Bundle(table=table, pieces=tuple(_pieces(table, today, now)))


def write_files(folder: Path, bundles: list[Bundle]) -> None:
    """Every feed with all its articles."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in bundles:
        (folder / file_name(each.table)).write_bytes(each.file(held=True))


def add_feed(work: Work, each: Bundle, keys: Keys, now: datetime, feeds_at: str) -> dict[str, int]:
    """Subscribe, take the articles in as a refresh would, mark what was read. Titles to ids."""
    from pln.sources.feed_document import read_feed  # slow to load, and every verb of the command line knows of us

    table = each.table
    body = each.file(held=False)
    parsed = read_feed(body, f"{table['site']}/{file_name(table)}", "")
    feed = work.feeds.add(_subscription(table, keys, now, feeds_at))
    work.articles.take_in(feed.id, parsed.entries)
    return _mark(work, feed.id, each, now)


def _subscription(table: Table, keys: Keys, now: datetime, feeds_at: str) -> Feed:
    return Feed(
        url=f"{feeds_at or table['site']}/{file_name(table)}", title=table["title"], site_url=f"{table['site']}/",
        folder=table["folder"], person_id=keys[table["voice"]].id if "voice" in table else None,
        checked=now - timedelta(hours=2), added=now - timedelta(days=330),
    )  # fmt: skip


def _mark(work: Work, feed_id: int, each: Bundle, now: datetime) -> dict[str, int]:
    ids: dict[str, int] = {}
    for piece, marks in each.pieces:
        record = work.articles.by_guid(feed_id, piece.url)
        if record is None:
            continue
        ids[piece.title] = record
        when = min(piece.published + _READ_AFTER, now)
        if marks.get("read"):
            work.articles.set_read([record], when)
        if marks.get("starred"):
            work.articles.set_starred([record], when)
    return ids


def _pieces(table: Table, today: date, now: datetime) -> Iterator[tuple[Piece, Table]]:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt()
    for at, article in enumerate(table["article"]):
        day = today - timedelta(days=max(0, article["ago"]))
        published = datetime.combine(day, _PUBLISHED, UTC) - timedelta(minutes=47 * (at % 5))
        address = f"{table['site']}/{_slug(article['title'])}"
        html = markdown.render(article["text"].strip())
        yield Piece(title=article["title"], url=address, html=html, published=min(published, now - _JUST_NOW)), article


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
