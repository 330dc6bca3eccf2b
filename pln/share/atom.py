"""The Atom feed (RFC 4287) of a shared folder. Its links are relative: the folder may lie anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from pln.share.page import SharedPage, newest_first

_NAMESPACE = "http://www.w3.org/2005/Atom"


def feed(pages: Sequence[SharedPage], *, feed_id: str, title: str, author: str, updated: datetime) -> bytes:
    """feed_id: urn:uuid. author: a name the user gave, or empty; the feed's title stands in, since one is required."""
    Xml.register_namespace("", _NAMESPACE)
    root = Xml.Element(_tag("feed"))
    _add(root, "id", feed_id)
    _add(root, "title", title)
    _add(root, "updated", _time(updated))
    _add(_add(root, "author"), "name", author or title)
    _add(root, "link", rel="self", type="application/atom+xml", href="feed.atom")
    _add(root, "link", rel="alternate", type="text/html", href="index.html")
    for shared in newest_first(pages):
        _entry(root, shared)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def urn(uid: str) -> str:
    """A permanent id made of a share's uid."""
    try:
        return uuid.UUID(uid).urn
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_OID, uid).urn


def feed_urn(first_uid: str) -> str:
    """The id of a new feed, from the share that began it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"feed of {first_uid}").urn


def _entry(root: Xml.Element, shared: SharedPage) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", urn(shared.uid))
    _add(entry, "title", shared.title or f"{shared.published:%Y-%m-%d}")
    _add(entry, "published", _time(shared.published))
    _add(entry, "updated", _time(shared.updated))
    _add(entry, "link", rel="alternate", type="text/html", href=shared.file)
    if shared.article:
        _add(entry, "content", shared.article, type="html")


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    child = Xml.SubElement(parent, _tag(name), attributes)
    child.text = text or None
    return child


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
