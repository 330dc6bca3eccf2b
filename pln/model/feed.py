"""Feeds, their articles, and what a parser finds in a response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"  # the server said so (410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscription. person_id makes it a voice: the feed of somebody one knows.

    folder: nested with "/" ("Craft/Learning"). etag, last_modified: the server's exact words, sent back as they are.
    next_check: not asked again before (Retry-After, Cache-Control). error: sentence of the last failure, "" if fine.
    """

    url: str
    id: int = 0
    uid: str = ""
    title: str = ""
    site_url: str = ""
    folder: str = ""
    person_id: int | None = None
    state: FeedState = FeedState.ACTIVE
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    checked: datetime | None = None
    next_check: datetime | None = None
    error: str = ""
    error_count: int = 0
    added: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its text. html is sanitised and prepared for showing; text is what is searched and matched."""

    feed_id: int
    guid: str
    title: str
    id: int = 0
    uid: str = ""
    url: str = ""
    author: str = ""
    published: datetime | None = None
    received: datetime | None = None
    html: str = ""
    text: str = ""
    read_at: datetime | None = None
    starred_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """Estimated reading time at 220 words a minute, at least 1."""
        return reading_minutes(self.text)


def reading_minutes(text: str) -> int:
    """Minutes to read a text at 220 words a minute; scripts without spaces count 2 characters as a word."""
    words = len(text.split())
    wide = sum(1 for char in text if "\u3040" <= char <= "\u9fff")
    return max(1, round((words + wide / 2) / 220))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """A line of the article list."""

    id: int
    feed_id: int
    feed_title: str
    title: str
    published: datetime
    read: bool
    starred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A line of the feed list, with its number of unread articles. voice: name of the person it belongs to."""

    id: int
    title: str
    folder: str
    voice: str
    unread: int
    error: str
    state: FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """An entry as a parser found it, sanitised. guid is never empty: id, else link, else a hash of title and date."""

    guid: str
    title: str
    url: str
    author: str
    published: datetime | None
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a response holds. problem: why it is not well-formed ("" if it is); its entries are kept all the same."""

    title: str
    site_url: str
    entries: tuple[ParsedEntry, ...]
    problem: str = ""


class Outcome(StrEnum):
    """How one feed's refresh ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """One feed's refresh, before it is stored. parsed is set where outcome is CHANGED.

    moved_to: the new address after a permanent redirect, "" otherwise. retry_after: not before this instant.
    reached: False where nobody answered at all, which may be this computer's own connection.
    """

    feed_id: int
    outcome: Outcome
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    parsed: ParsedFeed | None = None
    error: str = ""
    moved_to: str = ""
    retry_after: datetime | None = None
    reached: bool = True
