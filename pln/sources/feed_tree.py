"""Read well-formed RSS and Atom in UTF-8 from a tree, to the same result as feedparser and many times as fast.

What feedparser treats in ways that are not followed here (`feed_names`) is left to it, the whole feed: another version
of the formats, xml:base, an image inside an entry, markup inside a title. Runs in the worker.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from pln.model.feed import ParsedFeed
from pln.sources.feed_element import Reading, Unsure
from pln.sources.feed_entry import NOT_WELL_FORMED, Draft, finish, problem_of
from pln.sources.feed_names import ATOM, RDF, RSS_1, follows
from pln.sources.feed_words import author_name, minutes_between_looks
from pln.sources.links import web_address
from pln.sources.plain_text import one_line

_XML = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_END = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>")
_LEFT_TO_FEEDPARSER = (b"<!DOCTYPE", b"<!ENTITY", b" base=")
_PLAIN_BASE = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w./~@-]*)?", re.ASCII)
_ENTRIES = {"rss": "item", f"{{{RDF}}}RDF": f"{{{RSS_1}}}item", f"{{{ATOM}}}feed": f"{{{ATOM}}}entry"}


def read(body: bytes, url: str, max_entries: int) -> ParsedFeed | None:
    """The feed in a body, None where it is left to feedparser."""
    root, problem = _tree(body)
    if root is None or not _is_followed(root):
        return None
    try:
        return _feed(root, url, max_entries, problem)
    except Unsure:
        return None


def _tree(body: bytes) -> tuple[etree._Element | None, str]:
    """The root of a well-formed body, and "". Where something follows after its end, it is told what."""
    if not _is_plain(body):
        return None, ""
    try:
        return _root(body), ""
    except etree.XMLSyntaxError as fault:
        end = _END.search(body) if getattr(fault, "code", None) == etree.ErrorTypes.ERR_DOCUMENT_END else None
    if end is None:
        return None, ""
    try:
        return _root(body[: end.end()]), NOT_WELL_FORMED.format("junk after document element")
    except etree.XMLSyntaxError:
        return None, ""


def _root(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(body, parser)


def _is_plain(body: bytes) -> bool:
    """Whether it is UTF-8 and says nothing else, and brings no declarations along."""
    if any(mark in body for mark in _LEFT_TO_FEEDPARSER):
        return False
    declared = _XML.match(body.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() != b"utf-8":
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_followed(root: etree._Element) -> bool:
    if root.tag not in _ENTRIES or root.get("lastmod") is not None:
        return False
    bases = cast(list[str], root.xpath("//@xml:base"))
    if not all(_PLAIN_BASE.fullmatch(base) for base in bases):
        return False
    spaces = [(prefix, uri) for each in (root, *list(root)[:1]) for prefix, uri in each.nsmap.items()]
    if not all(follows(prefix, uri) for prefix, uri in spaces):
        return False
    known = {uri.lower() for _, uri in spaces}
    if root.tag == "rss":
        return True
    return (RSS_1 if root.tag == f"{{{ATOM}}}feed" else ATOM.lower()) not in known


def _feed(root: etree._Element, url: str, max_entries: int, problem: str) -> ParsedFeed:
    atom = root.tag == f"{{{ATOM}}}feed"
    found = list(root.iter(_ENTRIES[root.tag]))
    head = Reading(atom=atom, entries=len(found))
    head.read_head(root)
    readings = []
    for element in found[:max_entries]:
        if element.attrib and any(name.lower() in ("href", "lastmod") for name in element.attrib):
            raise Unsure
        reading = Reading(atom=atom)
        reading.identifier = element.get(f"{{{RDF}}}about") or ""
        reading.read(element)
        if reading.is_anonymous:
            raise Unsure
        readings.append(reading)
    entries, failed = finish(readings, lambda reading: draft_of(reading, url))
    return ParsedFeed(
        title=one_line(head.title or "", is_html=head.title_is_html),
        site_url=web_address(head.link or "", url),
        entries=entries,
        problem=problem_of(problem, failed),
        ttl_minutes=minutes_between_looks(head.ttl, head.period, head.frequency),
    )


def draft_of(entry: Reading, url: str) -> Draft:
    """An entry that was read."""
    link = web_address(entry.link or "", url)
    body, kind, base = entry.body()
    return Draft(
        guid=entry.identifier,
        title=one_line(entry.title or "", is_html=entry.title_is_html),
        link=link,
        author=author_name(entry.author),
        published=entry.date(),
        body=body,
        is_html=kind != "text/plain",
        base=web_address(base, url) or link or url,
        attached=tuple(entry.attached),
        offered=tuple(entry.offered),
    )
