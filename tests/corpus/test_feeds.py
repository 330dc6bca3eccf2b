"""Every feed of the collection is read: the real ones whole, the broken ones as far as they go, none with a crash."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources import feed_tree, loose_feed
from pln.sources.feed_document import MAX_ENTRIES
from pln.sources.parse import Parser
from shared_corpus import REASON, corpus_files

REAL = corpus_files("feeds/real/*")
MADE = corpus_files("feeds/feedparser/**/*.xml")
URL = "https://example.org/feed"
FORBIDDEN = re.compile(
    r"<(?:script|style|iframe|img (?!src=\"pln-img:)|svg|form|object|link|meta)\b"
    r"|\son\w+=|=\"\s*(?:javascript|file|data|vbscript):",
    re.I,
)

pytestmark = pytest.mark.skipif(not REAL, reason=REASON)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(deadline_seconds=60, idle_seconds=3600) as running:
        running.parse(b"<rss version='2.0'/>", url="https://example.org/feed")
        yield running


@pytest.fixture(scope="module")
def read(parser: Parser) -> dict[Path, ParsedFeed | None]:
    """Each file's feed, None where it was refused with a sentence."""
    return {path: _read(parser, path) for path in REAL + MADE}


def test_real_feeds_lose_no_entry(read: dict[Path, ParsedFeed | None]) -> None:
    counts = {path.name: len(feed.entries) if feed else 0 for path, feed in read.items() if path in REAL}
    assert counts == {path.name: _count(path) for path in REAL}
    assert sum(counts.values()) > 1000


def test_made_feeds_are_read_without_a_crash_and_lose_no_entry(read: dict[Path, ParsedFeed | None]) -> None:
    lost = {path.name: feed for path, feed in read.items() if path in MADE and _count(path) != _entries(feed)}
    assert not lost


def test_quick_reading_is_the_same_as_feedparsers() -> None:
    """Whatever the tree reads, down to each text and picture; and it reads nearly all that real servers send."""
    quick = {path: feed_tree.read(path.read_bytes(), URL, MAX_ENTRIES) for path in REAL + MADE}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        others = [
            path.name
            for path, feed in quick.items()
            if feed and feed != loose_feed.read(path.read_bytes(), URL, "", MAX_ENTRIES)
        ]
    assert not others
    assert sum(quick[path] is not None for path in REAL) >= 0.95 * len(REAL)
    assert sum(quick[path] is not None for path in MADE) > 900


def test_real_entries_have_what_a_reader_needs(read: dict[Path, ParsedFeed | None]) -> None:
    entries = [entry for path in REAL if (feed := read[path]) for entry in feed.entries]
    assert all(entry.guid for entry in entries)
    assert sum(bool(entry.title) for entry in entries) > 0.99 * len(entries)
    assert sum(entry.url.startswith("http") for entry in entries) > 0.99 * len(entries)
    assert sum(entry.published is not None for entry in entries) > 0.99 * len(entries)
    assert sum(bool(entry.text) for entry in entries) > 0.9 * len(entries)


def test_guids_are_unique_within_each_feed(read: dict[Path, ParsedFeed | None]) -> None:
    for feed in filter(None, read.values()):
        guids = [entry.guid for entry in feed.entries]
        assert len(set(guids)) == len(guids)


def test_no_html_holds_what_could_act_or_fetch(read: dict[Path, ParsedFeed | None]) -> None:
    for path, feed in read.items():
        for entry in feed.entries if feed else ():
            for tag in re.findall(r"<[^>]*>", entry.html):
                assert not FORBIDDEN.search(tag), (path.name, tag)


def test_titles_are_plain_lines(read: dict[Path, ParsedFeed | None]) -> None:
    for path in REAL:
        for entry in feed.entries if (feed := read[path]) else ():
            assert "\n" not in entry.title + entry.author
            assert not re.search(r"<\w+[^>]*>|&#\d+;|&amp;", entry.title), (path.name, entry.title)


def _read(parser: Parser, path: Path) -> ParsedFeed | None:
    try:
        return parser.parse(path.read_bytes(), url="https://example.org/feed")
    except UnreadableInput:
        return None


def _count(path: Path) -> int:
    """How many entries feedparser finds, left to itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return len(feedparser.parse(io.BytesIO(path.read_bytes())).entries)


def _entries(feed: ParsedFeed | None) -> int:
    return len(feed.entries) if feed else 0
