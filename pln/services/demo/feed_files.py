"""Writes the invented feeds as Atom, RSS and JSON Feed files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from pln.services.demo.texts import Table

CONTENT_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article of a feed. published: aware."""

    title: str
    url: str
    html: str
    published: datetime


def file_name(feed: Table) -> str:
    """The name of a feed's file: "edges.xml"."""
    return f"{feed['name']}.{'json' if feed['format'] == 'json' else 'xml'}"


def feed_file(feed: Table, pieces: Sequence[Piece]) -> bytes:
    """The whole file in the format that the feed's table names, newest first."""
    return _WRITERS[feed["format"]](feed, sorted(pieces, key=lambda piece: piece.published, reverse=True))


def _atom(feed: Table, pieces: Sequence[Piece]) -> bytes:
    root = Element("feed", xmlns=_ATOM)
    _texts(root, {"id": f"{feed['site']}/", "title": feed["title"], "updated": pieces[0].published.isoformat()})
    SubElement(root, "link", href=f"{feed['site']}/")
    for piece in pieces:
        entry = SubElement(root, "entry")
        when = piece.published.isoformat()
        _texts(entry, {"id": piece.url, "title": piece.title, "published": when, "updated": when})
        _texts(SubElement(entry, "author"), {"name": feed["author"]})
        SubElement(entry, "link", href=piece.url)
        SubElement(entry, "content", type="html").text = piece.html
    return _xml(root)


def _rss(feed: Table, pieces: Sequence[Piece]) -> bytes:
    root = Element("rss", {"version": "2.0", "xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    channel = SubElement(root, "channel")
    _texts(channel, {"title": feed["title"], "link": f"{feed['site']}/", "description": feed["title"]})
    for piece in pieces:
        told = {"title": piece.title, "link": piece.url, "guid": piece.url, "dc:creator": feed["author"]}
        when = format_datetime(piece.published)
        _texts(SubElement(channel, "item"), {**told, "pubDate": when, "description": piece.html})
    return _xml(root)


def _json(feed: Table, pieces: Sequence[Piece]) -> bytes:
    items = [
        {
            "id": piece.url, "url": piece.url, "title": piece.title, "content_html": piece.html,
            "date_published": piece.published.isoformat(), "authors": [{"name": feed["author"]}],
        }
        for piece in pieces
    ]  # fmt: skip
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed["title"], "home_page_url": f"{feed['site']}/"}
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1).encode()


_WRITERS: dict[str, Callable[[Table, Sequence[Piece]], bytes]] = {"atom": _atom, "rss": _rss, "json": _json}


def _texts(parent: Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _xml(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
