"""Feeds, their articles, and what a parser finds in a response."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_WIDE = re.compile("[\u3040-\u9fff]")


class FeedState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"  # the server said so (410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscription. person_id makes it a voice: the feed of somebody one knows.

    folder: nested with "/" ("Craft/Learning"). etag, last_modified: the server's exact words, sent back as they are.
    next_check: not asked again before (Retry-After, Cache-Control). error: sentence of the last failure, "" if fine.
    validators_since: since when this etag and last_modified are sent; they are dropped after some days, in case the
    server lies. moving_to, moving_since: the new address that it names for good, and since when it does.
    interval_minutes: between two looks, as the owner set it; None: as often as the feed posts. ttl_minutes: what the
    feed itself asks for. login: user name; its password is in the keyring. full_text: fetch each article's own page.
    pictures: keep them for offline. keep_days, keep_count: retention, None for the general one. tags: given to its
    articles for finding.
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
    validators_since: datetime | None = None
    moving_to: str = ""
    moving_since: datetime | None = None
    interval_minutes: int | None = None
    ttl_minutes: int | None = None
    login: str = ""
    full_text: bool = False
    pictures: bool = True
    notify: bool = False
    keep_days: int | None = None
    keep_count: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Sound, film or a document that an article brings along; opened outside. kind: MIME type, "" if unknown.

    size: bytes, 0 if unknown.
    """

    url: str
    kind: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLink:
    """A picture of an article. key: its name in the html (src="pln-img:KEY"). url: where it lies in the web."""

    key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its text. html is sanitised and prepared for showing; text is what is searched and matched.

    read_to: how far one has read, in thousandths. words: of the text, for the estimated minutes. edited_at: when its
    feed brought other words last. twin_of: the article that tells the same story and is listed in its place.
    later_at: put aside to be read later. tags: the article's own, without its feed's.
    """

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
    later_at: datetime | None = None
    read_to: int = 0
    words: int = 0
    edited_at: datetime | None = None
    twin_of: int | None = None
    attached: tuple[Attachment, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Estimated reading time at 220 words a minute, at least 1."""
        return reading_minutes(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """What an article said before its feed changed it. until: when other words took the place of these."""

    until: datetime
    title: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRoom:
    """Bytes that a feed's articles take. texts: what it brought; more: full texts of pages, and earlier versions."""

    feed_id: int
    articles: int
    texts: int
    more: int


def reading_minutes(text: str) -> int:
    """Minutes to read a text at 220 words a minute; scripts without spaces count 2 characters as a word."""
    words = len(text.split())
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return max(1, round((words + wide / 2) / 220))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """A line of the article list. twins: other feeds that tell the same story. minutes: 0 where they are not known."""

    id: int
    feed_id: int
    feed_title: str
    title: str
    published: datetime
    read: bool
    starred: bool
    later: bool = False
    minutes: int = 0
    twins: int = 0


def is_broken(state: FeedState, error: str, error_count: int) -> bool:
    """Something is wrong with the feed itself: not where only its server, or the password store, is not asked now."""
    return state is FeedState.GONE or (bool(error) and error_count > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A line of the feed list, with its number of unread articles. voice: name of the person it belongs to.

    broken: it has ended, or could not be read the last time.
    """

    id: int
    title: str
    folder: str
    voice: str
    unread: int
    error: str
    state: FeedState
    broken: bool = False


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
    attached: tuple[Attachment, ...] = ()
    pictures: tuple[PictureLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a response holds. problem: why it is not well-formed ("" if it is); its entries are kept all the same.

    ttl_minutes: how long the feed asks not to be looked at again, None where it does not say.
    """

    title: str
    site_url: str
    entries: tuple[ParsedEntry, ...]
    problem: str = ""
    ttl_minutes: int | None = None


class Outcome(StrEnum):
    """How one feed's refresh ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"
    PATIENCE = "patience"  # the server asked to be left alone for a while (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """One feed's refresh, before it is stored. parsed is set where outcome is CHANGED.

    moved_to: the new address after a permanent redirect, "" otherwise. retry_after: where the server asked for
    patience, until when. fresh_until: until when it calls this answer fresh. reached: False where nobody answered at
    all, which may be this computer's own connection. asked: False where no request was made, since the server had
    asked for patience before. status: of HTTP, 0 without an answer. size: bytes of the body. milliseconds: until it
    was whole.
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
    fresh_until: datetime | None = None
    reached: bool = True
    asked: bool = True
    status: int = 0
    size: int = 0
    milliseconds: int = 0
