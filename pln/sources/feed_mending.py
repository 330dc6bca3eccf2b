"""What is done to the bytes of a feed before feedparser reads it, so that it does so well and in time."""

from __future__ import annotations

import re
from itertools import islice

_LARGE = 4 * 1024 * 1024
_ENTRY = re.compile(rb"<(item|entry)[\s>]", re.IGNORECASE)
_ENDS = {b"item": b"</channel></rss>", b"entry": b"</feed>"}  # so that what was well-formed stays so
_BARE = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][\w.-]{0,40};)",
    re.DOTALL,
)


def beginning(body: bytes, max_entries: int) -> bytes:
    """Of a large feed no more than will be kept: feedparser takes seconds for a few megabytes that are damaged."""
    if len(body) < _LARGE:
        return body
    beyond = next(islice(_ENTRY.finditer(body), max_entries, None), None)
    return body if beyond is None else body[: beyond.start()] + _ENDS[beyond[1].lower()]


def with_whole_ampersands(body: bytes) -> bytes:
    """The feed with each bare & written as XML has it: feedparser makes "AT&T;" of "AT&T".

    Left alone where the byte may be half of a character.
    """
    if b"\0" in body[:200] or b"\x1b" in body:
        return body
    return _BARE.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body)
