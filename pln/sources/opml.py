"""Lists of subscriptions (OPML): read what other readers export, write our own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from pln.model.errors import UnreadableInput
from pln.sources.links import web_address
from pln.sources.xml_encoding import in_utf8

MAX_BYTES = 10 * 1024 * 1024
MAX_OUTLINES = 5000
MAX_DEPTH = 20
MAX_WORDS = 300  # characters of a title or a folder

_OWN = "{urn:pln:opml}"
register_namespace("pln", _OWN[1:-1])
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """A subscription in a list. folder: nested with "/". voice: uid of the person whose feed it is, "" for nobody's.

    voice, tags and full_text are PLN's own: other readers pass them over.
    """

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    voice: str = ""
    tags: tuple[str, ...] = ()
    full_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlSkipped:
    """An outline that was not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFile:
    """What a list holds, in its order, each address once."""

    feeds: tuple[OpmlFeed, ...]
    skipped: tuple[OpmlSkipped, ...] = ()


class Subscription(Protocol):
    """What `write_opml` needs of a feed: OpmlFeed and the model's Feed have it."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def site_url(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def full_text(self) -> bool: ...


def read_opml(data: bytes) -> OpmlFile:
    """Read a list. Nothing it points to is fetched. Raises UnreadableInput where it is none, or is hostile."""
    if len(data) > MAX_BYTES:
        raise _unreadable(f"It is larger than {MAX_BYTES // 1024 // 1024} MB, too large for a list of feeds.")
    outlines = _Outlines()
    recoded = in_utf8(data)
    parser = DefusedXMLParser(target=outlines, encoding="utf-8" if recoded else None, forbid_dtd=True)
    try:
        parser.feed((recoded or data).lstrip())
        parser.close()
    except DefusedXmlException as fault:
        raise _unreadable("It carries definitions of its own (a DTD), which PLN does not follow.") from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise _unreadable(f"It is damaged or not XML ({fault}).") from fault
    if not outlines.is_opml:
        raise _unreadable("It is XML, but no list of feeds (OPML).")
    return OpmlFile(feeds=tuple(outlines.feeds.values()), skipped=tuple(outlines.skipped))


def _unreadable(sentence: str) -> UnreadableInput:
    return UnreadableInput("The list of feeds could not be read", f"{sentence} Nothing was changed.")


class _Outlines:
    """Takes the parser's events, so that no tree is built, however deep the file is."""

    def __init__(self) -> None:
        self.is_opml = False
        self.feeds: dict[str, OpmlFeed] = {}
        self.skipped: list[OpmlSkipped] = []
        self._folders: list[str] = []  # one for each open outline
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2].lower()
        self.is_opml = self.is_opml or name == "opml"
        if name == "outline":
            self._outline({key.lower(): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2].lower() == "outline":
            self._folders.pop()

    def close(self) -> None:
        """The end of the file; what was gathered stays here."""

    def _outline(self, attributes: dict[str, str]) -> None:
        self._count += 1
        name = _words(attributes.get("title", "") or attributes.get("text", ""))
        link = attributes.get("xmlurl", "").strip()
        if link:
            self._feed(name, link, attributes)
        elif attributes.get("type", "").lower() in ("include", "link"):
            self._skip(name, "It points to another list, which PLN does not follow.")
        self._folders.append("" if link else name)

    def _feed(self, name: str, link: str, attributes: dict[str, str]) -> None:
        url = web_address(link)
        reason = self._why_not(url)
        if reason:
            self._skip(name or link[:MAX_WORDS], reason)
            return
        name = "" if name == _words(link) else name
        folder = "/".join(part for part in self._folders if part)
        self.feeds[url] = OpmlFeed(
            url=url, title=name, site_url=web_address(attributes.get("htmlurl", "")), folder=_folder(folder),
            voice=_words(attributes.get(f"{_OWN}voice", "")), tags=_tags(attributes.get(f"{_OWN}tags", "")),
            full_text=attributes.get(f"{_OWN}fulltext", "").lower() == "true",
        )  # fmt: skip

    def _why_not(self, url: str) -> str:
        if self._count > MAX_OUTLINES:
            return f"The list has more than {MAX_OUTLINES:,} lines; this one lies beyond."
        if len(self._folders) > MAX_DEPTH:
            return f"It lies more than {MAX_DEPTH} folders deep."
        if not url:
            return "Its address is no web address."
        return "It is in the list already." if url in self.feeds else ""

    def _skip(self, name: str, reason: str) -> None:
        if len(self.skipped) < MAX_OUTLINES:
            self.skipped.append(OpmlSkipped(name=name, reason=reason))


def write_opml(feeds: Iterable[Subscription], title: str, created: datetime) -> bytes:
    """A list as OPML 2.0 in UTF-8, folders nested. Reading it gives the same feeds, grouped by folder."""
    root = Element("opml", version="2.0")
    head = SubElement(root, "head")
    SubElement(head, "title").text = _words(title)
    SubElement(head, "dateCreated").text = format_datetime(created)
    folders = {"": SubElement(root, "body")}
    for feed in feeds:
        name = _words(feed.title)
        attributes = {"type": "rss", "text": name or feed.url, "xmlUrl": feed.url}
        attributes |= {"title": name} if name else {}
        attributes |= {"htmlUrl": feed.site_url} if feed.site_url else {}
        attributes |= _own(feed)
        SubElement(_open_folder(folders, _folder(feed.folder)), "outline", attributes)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _own(feed: Subscription) -> dict[str, str]:
    voice = feed.voice if isinstance(feed, OpmlFeed) else ""
    tags = ",".join(_tags(",".join(feed.tags)))
    values = {"voice": _words(voice), "tags": tags, "fullText": "true" if feed.full_text else ""}
    return {f"{_OWN}{name}": value for name, value in values.items() if value}


def _tags(text: str) -> tuple[str, ...]:
    """Tags with commas between; each once."""
    return tuple(dict.fromkeys(tag for tag in map(_words, text.split(",")) if tag))


def _open_folder(folders: dict[str, Element], path: str) -> Element:
    if path not in folders:
        above, _, name = path.rpartition("/")
        folders[path] = SubElement(_open_folder(folders, above), "outline", {"text": name, "title": name})
    return folders[path]


def _folder(path: str) -> str:
    parts = (_words(part) for part in path.split("/"))
    return "/".join(part for part in parts if part)


def _words(text: str) -> str:
    """One line of text without what XML cannot hold."""
    return " ".join(_NOT_XML.sub("", text).split())[:MAX_WORDS].strip()
