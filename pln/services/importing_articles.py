"""Starred and saved articles out of another reader: what they would bring, and taking them in, with one undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pln.model.errors import Cancelled, UnreadableInput
from pln.model.feed import Feed, FeedState, ParsedEntry
from pln.model.reader_export import KeptArticle, ReaderExport
from pln.services.context import Context
from pln.services.input_file import read_input
from pln.services.undo import UndoStep
from pln.sources.reader_exports import MAX_BYTES, read_export
from pln.store.unit_of_work import Work

HOLDER = "urn:pln:saved"
"""The address of the feed that holds what belongs to no feed; it rests, so nobody is asked for it."""

_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPlan:
    """new: articles that are not here yet; known: how many are. new_feeds: titles of feeds that are not here."""

    path: str
    export: ReaderExport
    new: tuple[KeptArticle, ...]
    known: int
    new_feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesReport:
    """What was done. starred, tagged: articles that got a star or a tag now. step: takes it back, None for nothing.

    skipped: (name, reason). feeds: titles of feeds that were added, at rest.
    """

    added: int
    known: int
    starred: int
    tagged: int
    feeds: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    step: UndoStep | None


def never() -> bool:
    return False


def plan_articles(ctx: Context, path: Path) -> ArticlesPlan:
    """Read an export; nothing is written or fetched. Raises UnreadableInput."""
    export = read_export(read_input(path, MAX_BYTES))
    with ctx.store.read() as work:
        feeds = {feed.url: feed.id for feed in work.feeds.everything()}
        here = work.brought.by_address([each.url for each in export.articles])
        new = tuple(each for each in export.articles if _here(work, feeds, here, each) is None)
    titles = {each.feed_url: each.feed_title or each.feed_url for each in new if each.feed_url not in feeds}
    return ArticlesPlan(
        path=str(path), export=export, new=new, known=len(export.articles) - len(new),
        new_feeds=tuple(title for url, title in titles.items() if url),
    )  # fmt: skip


def bring_articles(
    ctx: Context, export: ReaderExport, *, on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = never, origin: str = "",
) -> ArticlesReport:  # fmt: skip
    """Take the articles in with stars, tags and dates; those that are here get what they lack. All of it or nothing.

    Feeds that are not here are added at rest. Raises Cancelled before anything was written.
    """
    prepared, skipped = _prepared(ctx, export.articles, on_progress, cancelled)
    done = _Done()
    with ctx.write(origin) as work:
        for feed_url, group in prepared.items():
            _bring(work, feed_url, group, done, ctx.clock.now())
    return ArticlesReport(
        added=len(done.new), known=done.known, starred=len(done.starred), tagged=len(done.tagged),
        feeds=tuple(feed.title or feed.url for feed in done.feeds), skipped=(*export.skipped, *skipped),
        step=_step(ctx, done),
    )  # fmt: skip


@dataclass(slots=True)
class _Done:
    """What an import did, so that it can be undone. tagged: (article, tag)."""

    feeds: list[Feed] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)
    tagged: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0


_Group = list[tuple[KeptArticle, ParsedEntry]]


def _prepared(
    ctx: Context, articles: Sequence[KeptArticle], on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[dict[str, _Group], list[tuple[str, str]]]:  # fmt: skip
    """The articles by feed, each with its entry: cleaned by the worker, as what comes from the network is."""
    groups: dict[str, _Group] = {}
    skipped: list[tuple[str, str]] = []
    for done, batch in _batches(articles):
        if cancelled():
            raise Cancelled
        for each, entry in zip(batch, _entries(ctx, batch, cancelled), strict=True):
            if entry is None:
                skipped.append((each.name, "Its text could not be read."))
            else:
                groups.setdefault(each.feed_url, []).append((each, entry))
        on_progress(done, len(articles))
    return groups, skipped


def _batches(articles: Sequence[KeptArticle]) -> Iterator[tuple[int, Sequence[KeptArticle]]]:
    for start in range(0, len(articles), _BATCH):
        batch = articles[start : start + _BATCH]
        yield start + len(batch), batch


def _entries(ctx: Context, batch: Sequence[KeptArticle], cancelled: Callable[[], bool]) -> Sequence[ParsedEntry | None]:
    try:
        parsed = ctx.parser.parse(
            _as_feed(batch), url=batch[0].url, content_type="application/json", cancelled=cancelled
        )
    except UnreadableInput:
        if len(batch) == 1:
            return [None]
        return [entry for each in batch for entry in _entries(ctx, [each], cancelled)]
    found = {entry.guid: entry for entry in parsed.entries}
    return [found.get(_key(number)) for number in range(len(batch))]


def _as_feed(batch: Iterable[KeptArticle]) -> bytes:
    """A JSON Feed, which the worker reads as any other. The ids are our own, as some articles share an address."""
    items = [
        {
            "id": _key(number), "url": each.url, "title": each.title, "content_html": each.html,
            "authors": [{"name": each.author}] if each.author else [],
            "date_published": each.published.isoformat() if each.published else "",
        }
        for number, each in enumerate(batch)
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "", "items": items}
    return json.dumps(feed).encode()


def _key(number: int) -> str:
    return f"brought-{number}"


def _bring(work: Work, feed_url: str, group: _Group, done: _Done, now: datetime) -> None:
    feeds = {feed.url: feed.id for feed in work.feeds.everything()}
    here = work.brought.by_address([each.url for each, _ in group])
    known = [(each, _here(work, feeds, here, each)) for each, _ in group]
    fresh = [_named(each, entry) for (each, entry), (_, record) in zip(group, known, strict=True) if record is None]
    done.known += len(group) - len(fresh)
    feed = _feed(work, group[0][0], done) if fresh else None
    if feed is not None:
        newest = work.rules.newest()
        work.articles.take_in(feed.id, fresh)
        new = work.rules.newer_than(feed.id, newest)
        done.new += new
        feeds[feed.url] = feed.id
        here = work.brought.by_address([each.url for each, _ in group])
    for each, before in known:
        record = before if before is not None else _here(work, feeds, here, each)
        if record is not None:
            _mark(work, record, each, done, now, new=before is None)


def _named(each: KeptArticle, entry: ParsedEntry) -> ParsedEntry:
    return replace(entry, guid=each.guid or each.url)


def _here(work: Work, feeds: dict[str, int], by_address: Mapping[str, int], each: KeptArticle) -> int | None:
    """The stored article that is meant, None where there is none."""
    feed_id = feeds.get(each.feed_url or HOLDER)
    if feed_id is not None:
        record = work.articles.by_guid(feed_id, each.guid or each.url)
        if record is not None:
            return record
    return by_address.get(each.url)


def _feed(work: Work, each: KeptArticle, done: _Done) -> Feed:
    url = each.feed_url or HOLDER
    old = next((feed for feed in work.feeds.everything() if feed.url == url), None)
    if old is not None:
        return old
    title = each.feed_title if each.feed_url else "Saved elsewhere"
    new = work.feeds.add(Feed(url=url, title=title, site_url=each.feed_site, state=FeedState.PAUSED))
    done.feeds.append(new)
    return new


def _mark(work: Work, record: int, each: KeptArticle, done: _Done, now: datetime, *, new: bool) -> None:
    if each.starred:
        done.starred += work.articles.set_starred([record], min(each.starred_at or now, now))
    if each.later:
        done.later += work.rules.set_later([record], now)
    if new and each.read:
        work.articles.set_read([record], now)
    for tag in each.tags:
        done.tagged += [(given, tag) for given in work.rules.tag([record], tag)]


def _step(ctx: Context, done: _Done) -> UndoStep | None:
    if not (done.new or done.starred or done.tagged or done.later or done.feeds):
        return None

    def back(work: Work) -> None:
        work.articles.set_starred(done.starred, None)
        work.rules.set_later(done.later, None)
        for record, tag in done.tagged:
            work.rules.untag([record], tag)
        work.brought.forget(done.new)
        for feed in done.feeds:
            work.feeds.remove(feed.id)

    step = UndoStep(label=f"{len(done.new):,} articles were brought", back=back)
    ctx.undo.push(step)
    return step
