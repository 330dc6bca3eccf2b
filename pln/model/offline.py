"""What is kept for reading offline: the text of an article's own page, pictures, and the room that they may take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MB = 1024 * 1024

_LEAST_GAIN = 1.15  # of the feed's words; a page that holds no more than these is no fuller text
_TEASER = 60  # words; a feed's text below it is taken for a teaser, and every page that says more is better
_SHARED_WORDS = 0.5  # of the feed's words that a page on the same matter holds
_WALLS = (
    "accept cookies", "accept all cookies", "we value your privacy", "enable javascript", "verify you are human",
    "checking your browser", "subscribe to continue", "sign in to continue", "log in to continue", "access denied",
)  # fmt: skip
_WALL_WORDS = 150  # a text this short that speaks of a wall is one; a longer one may be about walls


class FullState(StrEnum):
    """wanted: to be fetched at the next occasion. done: it is there. failed: the feed's own text stays."""

    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """The text of an article's own page, beside what its feed gave. html, text: as those of an Article; "" until done.

    error: a sentence where it failed, else "". at: when that was settled, or when it was wanted.
    """

    article_id: int
    state: FullState
    html: str = ""
    text: str = ""
    error: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture made anew by PLN: kind is "png" or "jpeg", nothing but its pixels is in it. width, height: pixels."""

    kind: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToFetch:
    """An article whose own page is wanted. text: what its feed says, to compare with."""

    article_id: int
    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """A picture as an article uses it. keep: the article will be read (unread, starred or put aside for later)."""

    key: str
    url: str
    feed_id: int
    sort_at: datetime
    keep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """The room for pictures, in bytes: of each feed, and of all together."""

    of_a_feed: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept for offline. articles: all that are stored. pictures: how many; used, room: bytes of them."""

    articles: int
    pictures: int
    used: int
    room: int


def why_not_fuller(title: str, feed_text: str, page_title: str, page_text: str) -> str:
    """Why the page's text is no gain over the feed's, in a sentence; "" where it is the fuller one."""
    said, found = feed_text.split(), page_text.split()
    if not found:
        return "The page holds no text that PLN could find. The feed's text is shown."
    if len(found) < _WALL_WORDS and _is_wall(page_text):
        return "The page shows a notice in place of the article. The feed's text is shown."
    if len(found) < len(said) * _LEAST_GAIN:
        return "The page says no more than the feed. The feed's text is shown."
    if len(said) < _TEASER:
        return ""
    if _is_elsewhere(title, said, page_title, found):
        return "The page seems to be about something else. The feed's text is shown."
    return ""


def best_uses(uses: Iterable[PictureUse]) -> dict[str, PictureUse]:
    """By key, the use that counts: one that will be read before one that was read, then the newest."""
    best: dict[str, PictureUse] = {}
    for use in uses:
        known = best.get(use.key)
        if known is None or _worth(use) > _worth(known):
            best[use.key] = use
    return best


def in_order_of_fetching(uses: Mapping[str, PictureUse]) -> list[PictureUse]:
    """The pictures of what will be read, newest article first."""
    return sorted((use for use in uses.values() if use.keep), key=lambda use: use.sort_at, reverse=True)


def to_let_go(sizes: Mapping[str, int], uses: Mapping[str, PictureUse], budgets: Budgets) -> Iterator[str]:
    """Keys of stored pictures that must go, so that the rest keeps within the budgets.

    sizes: bytes of each stored picture. First those that no article uses any more, then those of articles read, the
    oldest first, then the oldest of all. A feed beyond its own room gives way before the others do.
    """
    orphans = [key for key in sizes if key not in uses]
    yield from orphans
    left = {key: size for key, size in sizes.items() if key in uses}
    order = sorted(left, key=lambda key: _worth(uses[key]))
    of_feed: dict[int, int] = {}
    for key, size in left.items():
        of_feed[uses[key].feed_id] = of_feed.get(uses[key].feed_id, 0) + size
    total = sum(left.values())
    gone: set[str] = set()
    for key in order:
        feed = uses[key].feed_id
        if of_feed[feed] > budgets.of_a_feed:
            gone.add(key)
            of_feed[feed] -= left[key]
            total -= left[key]
            yield key
    for key in order:
        if total <= budgets.of_all:
            return
        if key not in gone:
            total -= left[key]
            yield key


class Room:
    """Counts what is stored while more is fetched: may a picture of this feed still come?"""

    def __init__(self, sizes: Mapping[str, int], uses: Mapping[str, PictureUse], budgets: Budgets) -> None:
        self._budgets = budgets
        self._total = sum(sizes.values())
        self._of_feed: dict[int, int] = {}
        # What can give way to something newer: the pictures of articles that were read.
        self._idle = 0
        for key, size in sizes.items():
            use = uses.get(key)
            if use is not None:
                self._of_feed[use.feed_id] = self._of_feed.get(use.feed_id, 0) + size
            if use is None or not use.keep:
                self._idle += size

    @property
    def is_full(self) -> bool:
        """Not even with everything gone that was read would there be room."""
        return self._total - self._idle >= self._budgets.of_all

    def has_for(self, feed_id: int) -> bool:
        return not self.is_full and self._of_feed.get(feed_id, 0) < self._budgets.of_a_feed

    def take(self, feed_id: int, size: int) -> None:
        """A picture of so many bytes came."""
        self._total += size
        self._of_feed[feed_id] = self._of_feed.get(feed_id, 0) + size


def _worth(use: PictureUse) -> tuple[bool, datetime]:
    return use.keep, use.sort_at


def _is_wall(text: str) -> bool:
    folded = " ".join(text.casefold().split())
    return any(words in folded for words in _WALLS)


def _is_elsewhere(title: str, said: list[str], page_title: str, found: list[str]) -> bool:
    if _plain(title) and _plain(title) in _plain(page_title):
        return False
    there = {_plain(word) for word in found}
    words = {_plain(word) for word in said} - {""}
    return bool(words) and len(words & there) < len(words) * _SHARED_WORDS


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
