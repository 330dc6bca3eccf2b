"""Find the article in its own page and make it fit to show. Runs in the worker."""

from __future__ import annotations

import logging
import re

from readability import Document

from pln.model.errors import UnreadableInput
from pln.sources.page_bounds import PageText
from pln.sources.sanitize import one_line, prepare

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
# Readability takes sizes away, by which pictures that only count readers are known: they go before it looks.
_COUNTS_READERS = re.compile(
    r"""<img\b(?=[^<>]{0,4000}?\s(?:width|height)\s{0,9}=\s{0,9}["']?[012](?:px)?["'\s/>])[^<>]{0,8000}>""",
    re.IGNORECASE,
)

logging.getLogger("readability").setLevel(logging.CRITICAL)


def page_text(body: bytes, url: str, content_type: str) -> PageText:
    """The article in a page. url: the page's address, for relative links.

    Raises UnreadableInput where no article is found in it.
    """
    html = _COUNTS_READERS.sub("", _decoded(body, content_type))
    try:
        document = Document(html, url=None)
        found, title = document.summary(html_partial=True), document.short_title() or ""
    except (MemoryError, RecursionError):
        raise
    except Exception as fault:  # readability raises whatever lxml and its own arithmetic do
        raise UnreadableInput("No article was found", "The page could not be read as one.") from fault
    prepared = prepare(found, url)
    return PageText(
        title=one_line(title, is_html=False), html=prepared.html, text=prepared.text,
        pictures=prepared.pictures,
    )  # fmt: skip


def _decoded(body: bytes, content_type: str) -> str:
    """By the server's word, the page's own, else UTF-8, else as the oldest pages were written."""
    said = re.search(r"charset=\"?([\w-]{2,40})", content_type, re.IGNORECASE)
    written = _CHARSET.search(body[:_HEAD])
    names = [said[1] if said else "", written[1].decode("ascii", "replace") if written else "", "utf-8"]
    for name in filter(None, names):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("windows-1252", "replace")
