"""Whether what PLN reads in a feed is what a claim about it says. Judged without any of PLN's own cleaning."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import cast

from feed_expectations import Claim, Path
from pln.model.feed import ParsedEntry, ParsedFeed


class NotOurs(Exception):
    """The claim is about something that PLN does not keep; the message says what."""


def agrees(claim: Claim, feed: ParsedFeed | None, body: bytes) -> bool:
    """Whether a feed is read as the claim has it; None: it was refused. Raises NotOurs."""
    path, value = claim.path, claim.value
    if not path:
        return (feed is not None and not feed.problem) == value
    about = _subject(path)
    return feed is not None and about(feed, value, body)


def _subject(path: Path) -> Callable[[ParsedFeed, object, bytes], bool]:
    if path == ("entries", "len()"):
        return lambda feed, value, _: len(feed.entries) == value
    if path == ("encoding",):
        return _is_in_encoding
    if path[0] == "feed" and _plain(path[1:]) in _OF_FEED:
        of_feed = _OF_FEED[_plain(path[1:])]
        return lambda feed, value, _: of_feed(feed, value)
    if path[0] == "entries" and isinstance(path[1], int) and _plain(path[2:]) in _OF_ENTRY:
        number, of_entry = path[1], _OF_ENTRY[_plain(path[2:])]
        return lambda feed, value, _: number < len(feed.entries) and of_entry(feed.entries[number], value)
    raise NotOurs(_what(path))


def _plain(path: Path) -> str:
    return ".".join("N" if isinstance(step, int) else step for step in path)


def _what(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    if names[-1] in ("language", "base", "type") or names[-1] in ("updated", "published", "created", "expired"):
        return f"{names[-1]}, as it was written"
    return names[1] if len(names) > 1 else names[0]


def _is_in_encoding(feed: ParsedFeed, value: object, body: bytes) -> bool:
    """All letters that were read are letters of the body in that encoding."""
    read = {
        each
        for text in (feed.title, *(part for entry in feed.entries for part in (entry.title, entry.text)))
        for each in text
        if each.isalpha()
    }
    if not read:
        raise NotOurs("encoding of a feed without a word in it")
    return read <= set(html.unescape(html.unescape(body.decode(str(value), "replace"))))


def _is_title(title: str, value: object) -> bool:
    """Expected as HTML or as it stands; shown as plain text in one line."""
    return _packed(title) in (_Shown.of(str(value)).text, _packed(str(value)))


def _is_entry_title(entry: ParsedEntry, value: object) -> bool:
    """One that has none gets its first words."""
    made = not _packed(str(value)) and _packed(entry.text).startswith(_packed(entry.title.rstrip("…")))
    return made or _is_title(entry.title, value)


def _is_text(entry: ParsedEntry, value: object) -> bool:
    """The same words, and every link to the web that is expected."""
    expected, found = _Shown.of(str(value)), _Shown.of(entry.html)
    return found.text in (expected.text, _packed(str(value))) and expected.links <= found.links


def _is_author(entry: ParsedEntry, value: object) -> bool:
    """The name alone where there is one: PLN leaves mail addresses out."""
    return entry.author == re.sub(r"(.+) \(\S+@\S+\)$", r"\1", str(value))


def _is_date(entry: ParsedEntry, value: object) -> bool:
    parts = cast(tuple[int, ...], value)
    return entry.published == datetime(*parts[:6], tzinfo=UTC)  # type: ignore[misc,arg-type]


def _is_attached(entry: ParsedEntry, value: object) -> bool:
    return any(each.url == value for each in entry.attached)


_OF_FEED: dict[str, Callable[[ParsedFeed, object], bool]] = {
    "title": lambda feed, value: _is_title(feed.title, value),
    "title_detail.value": lambda feed, value: _is_title(feed.title, value),
    "link": lambda feed, value: feed.site_url == value,
    "ttl": lambda feed, value: str(feed.ttl_minutes) == value,
}
_OF_ENTRY: dict[str, Callable[[ParsedEntry, object], bool]] = {
    **dict.fromkeys(("title", "title_detail.value"), _is_entry_title),
    **dict.fromkeys(("description", "summary", "summary_detail.value", "content.N.value"), _is_text),
    **dict.fromkeys(("author", "author_detail.name"), _is_author),
    **dict.fromkeys(("published_parsed", "updated_parsed", "created_parsed"), _is_date),
    **dict.fromkeys(("id", "guid"), lambda entry, value: entry.guid == value),
    **dict.fromkeys(("enclosures.N.href", "enclosures.N.url"), _is_attached),
    "link": lambda entry, value: entry.url == value,
}


def _packed(text: str) -> str:
    return "".join(text.split())


class _Shown(HTMLParser):
    """What one sees of HTML: its words without gaps, and its links to the web."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._closed = 0
        self.links: set[str] = set()

    @classmethod
    def of(cls, text: str) -> _Shown:
        shown = cls()
        shown.feed(text)
        shown.close()
        return shown

    @property
    def text(self) -> str:
        return _packed("".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._closed += tag in ("script", "style")
        self.links.update(
            value for name, value in attrs if tag == "a" and name == "href" and value and value[:4] == "http"
        )

    def handle_endtag(self, tag: str) -> None:
        self._closed -= tag in ("script", "style") and self._closed > 0

    def handle_data(self, data: str) -> None:
        if not self._closed:
            self._words.append(data)
