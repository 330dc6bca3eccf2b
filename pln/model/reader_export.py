"""What another reader's export holds: feeds, and articles that somebody kept there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """An article out of an export. guid: as its feed calls it, "" where the export does not tell. html: as it came.

    starred: kept with a star; starred_at: since when, None where that is not told. later: put aside to be read.
    feed_url: "" where it belongs to no feed.
    """

    url: str
    guid: str = ""
    title: str = ""
    author: str = ""
    html: str = ""
    published: datetime | None = None
    feed_url: str = ""
    feed_title: str = ""
    feed_site: str = ""
    starred: bool = False
    starred_at: datetime | None = None
    later: bool = False
    read: bool = True
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return self.title or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderExport:
    """form: what kind of file it is, in words. articles: in its order. skipped: (name, reason)."""

    form: str
    articles: tuple[KeptArticle, ...]
    skipped: tuple[tuple[str, str], ...] = ()
