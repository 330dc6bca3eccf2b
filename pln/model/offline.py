"""What is kept for reading offline: the text of an article's own page, pictures, and the room that they may take."""

from __future__ import annotations

import re
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
