"""Subscriptions out of a list of feeds (OPML): what it would bring. Taking it in is `feed_lists.import_opml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pln.services.context import Context
from pln.services.input_file import read_input
from pln.sources.opml import MAX_BYTES, OpmlFeed, read_opml


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPlan:
    """data: the file. new: what would be subscribed to; known: what is here already. skipped: (name, reason)."""

    path: str
    data: bytes
    new: tuple[OpmlFeed, ...]
    known: tuple[OpmlFeed, ...]
    skipped: tuple[tuple[str, str], ...]


def plan_feeds(ctx: Context, path: Path) -> FeedsPlan:
    """Read a list of feeds; nothing is written or fetched. Raises UnreadableInput where it is none, or hostile."""
    data = read_input(path, MAX_BYTES)
    file = read_opml(data)
    with ctx.store.read() as work:
        here = {feed.url for feed in work.feeds.everything()}
    return FeedsPlan(
        path=str(path),
        data=data,
        new=tuple(feed for feed in file.feeds if feed.url not in here),
        known=tuple(feed for feed in file.feeds if feed.url in here),
        skipped=tuple((each.name, each.reason) for each in file.skipped),
    )
