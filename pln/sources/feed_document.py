"""Read a response's body as a feed, whatever kind it is. Runs in the worker, where it may take its time or die."""

from __future__ import annotations

import re

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources import feed_tree, json_feed

MAX_ENTRIES = 2000

_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_HTML_START = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_BINARY_STARTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ\x90")


def read_feed(body: bytes, url: str, content_type: str) -> ParsedFeed:
    """The feed in a body. url: where it came from, for relative links. Raises UnreadableInput where it is no feed."""
    _refuse_what_is_no_feed(body)
    if body.lstrip(_BLANK)[:1] == b"{":
        return json_feed.read(body, url, MAX_ENTRIES)
    return feed_tree.read(body, url, MAX_ENTRIES) or _thoroughly(body, url, content_type)


def _thoroughly(body: bytes, url: str, content_type: str) -> ParsedFeed:
    from pln.sources import loose_feed  # most feeds do without feedparser, and so do most workers

    feed = loose_feed.read(body, url, content_type, MAX_ENTRIES)
    if feed is None:
        raise _web_page() if _HTML_START.match(body.lstrip(_BLANK)[:4096]) else _no_feed()
    return feed


def _refuse_what_is_no_feed(body: bytes) -> None:
    start = body.lstrip(_BLANK)
    if not start:
        raise UnreadableInput("The feed is empty", "The server sent nothing. PLN will try again later.")
    if body.startswith(_BINARY_STARTS):
        raise UnreadableInput("This is not a feed", "This address gives a picture, an archive or a document.")
    if _HTML_START.match(start[:4096]) and not _FEED_ROOT.search(body):
        raise _web_page()


def _web_page() -> UnreadableInput:
    return UnreadableInput(
        "This is not a feed", "This address gives a web page, not a feed. Add the site's address to look for its feeds."
    )


def _no_feed() -> UnreadableInput:
    return UnreadableInput("This is not a feed", "What this address gives is neither RSS, Atom nor JSON Feed.")
