"""Find the feeds that a web page names. Runs in the worker."""

from __future__ import annotations

from lxml import etree

from pln.sources.links import web_address
from pln.sources.plain_text import one_line

MAX_PAGE = 1_000_000  # bytes looked at; feeds are named in the head
MAX_FOUND = 30

_KINDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})


def feed_links(body: bytes, url: str) -> tuple[tuple[str, str], ...]:
    """(address, title) of each <link rel="alternate"> that is a feed, in the page's order, each once."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body[:MAX_PAGE], parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None:
        return ()
    base = _base(root, url)
    found: dict[str, str] = {}
    for link in root.iter("link"):
        address = web_address(link.get("href") or "", base) if _names_a_feed(link) else ""
        if address:
            found.setdefault(address, one_line(link.get("title") or "", is_html=False))
    return tuple(found.items())[:MAX_FOUND]


def _base(root: etree._Element, url: str) -> str:
    for element in root.iter("base"):
        return web_address(element.get("href") or "", url) or url
    return url


def _names_a_feed(link: etree._Element) -> bool:
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in (link.get("rel") or "").lower().split() and kind in _KINDS
