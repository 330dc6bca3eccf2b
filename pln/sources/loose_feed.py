"""Read a feed of any kind and in any state with feedparser, the reference for what feeds mean. Runs in the worker.

Slow beside `feed_tree`, which reads most feeds; imported only for one that needs it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax import SAXException

import feedparser

from pln.model.errors import UnreadableInput
from pln.model.feed import Attachment, ParsedFeed
from pln.sources.feed_entry import NOT_WELL_FORMED, Draft, attachment, finish, problem_of
from pln.sources.feed_mending import beginning, with_whole_ampersands
from pln.sources.feed_words import author_name, minutes_between_looks
from pln.sources.head_picture import Offered, Place, media_offered, offered
from pln.sources.links import web_address
from pln.sources.parse_dates import from_struct
from pln.sources.plain_text import one_line

_DRIVER = "pln.sources.expat_driver"
_DECLARED = re.compile(rb"<\?xml[^>]*encoding")
_HALF_AMPERSAND = re.compile(r"&amp(?=\w)")


def read(body: bytes, url: str, content_type: str, max_entries: int) -> ParsedFeed | None:
    """The feed in a body, None where there is none in it. Raises UnreadableInput where feedparser fails."""
    part = beginning(body, max_entries)
    mended = with_whole_ampersands(part)
    found = _parse(mended, content_type)
    _unescape(found)
    if not found.entries and not found.version:
        return None
    return _feed(
        found, url, max_entries, _problem(found) or ("" if mended == part else NOT_WELL_FORMED.format("a bare &"))
    )


def _parse(body: bytes, content_type: str) -> Any:
    """feedparser's reading without its slow cleaning of HTML, done by `sanitize`. A body is never taken for a path."""
    if _DRIVER not in feedparser.api.PREFERRED_XML_PARSERS:
        feedparser.api.PREFERRED_XML_PARSERS.insert(0, _DRIVER)
    # The address is not told: feedparser would put it before short guids, which must outlive a move of the feed.
    headers = {} if _encoding_is_plain(body) else {"content-type": content_type}
    try:
        return feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (MemoryError, RecursionError):
        raise
    except Exception as fault:
        # Only the input decides what feedparser does here; it is known to fail in many ways on damaged feeds.
        raise UnreadableInput(
            "The feed could not be read",
            f"It is damaged beyond what PLN can read ({type(fault).__name__}).",
        ) from fault


def _unescape(found: Any) -> None:
    """Of a damaged feed feedparser leaves "&amp;" in ids, and half of it in the feed's own link.

    An id must be the same on the day when the feed is whole again.
    """
    if not isinstance(found.get("bozo_exception"), SAXException):
        return
    if found.feed.get("link"):
        found.feed["link"] = _HALF_AMPERSAND.sub("&", found.feed["link"])
    for entry in found.entries:
        if entry.get("id"):
            entry["id"] = entry["id"].replace("&amp;", "&")


def _encoding_is_plain(body: bytes) -> bool:
    """Whether the body tells its encoding: servers often tell a wrong one."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or _DECLARED.search(body[:200]):
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _feed(found: Any, url: str, max_entries: int, problem: str) -> ParsedFeed:
    entries, failed = finish(found.entries[:max_entries], lambda entry: draft_of(entry, url, found.version))
    feed = found.feed
    return ParsedFeed(
        title=_title(feed, found.version),
        site_url=web_address(str(feed.get("link") or ""), url),
        entries=entries,
        problem=problem_of(problem, failed),
        ttl_minutes=minutes_between_looks(
            *(str(feed.get(name) or "") for name in ("ttl", "sy_updateperiod", "sy_updatefrequency"))
        ),
    )


def _problem(found: Any) -> str:
    fault = found.get("bozo_exception")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if not found.bozo or fault is None or isinstance(fault, harmless):
        return ""
    reason = one_line(getattr(fault, "getMessage", fault.__str__)(), is_html=False, limit=120)
    return NOT_WELL_FORMED.format(reason)


def draft_of(entry: Any, base: str, version: str) -> Draft:
    """An entry that feedparser found."""
    link = _link(entry)
    body, kind, body_base = _body(entry)
    return Draft(
        guid=str(entry.get("id") or ""),
        title=_title(entry, version),
        link=web_address(link, base),
        author=author_name(str(entry.get("author") or "")),
        published=_published(entry),
        body=body,
        is_html=kind != "text/plain",
        base=web_address(body_base, base) or web_address(link, base) or base,
        attached=tuple(filter(None, _attached(entry))),
        offered=tuple(filter(None, _offered(entry))),
    )


def _link(entry: Any) -> str:
    """Its page. feedparser takes the text of a link to an enclosure for one, even where there is another."""
    link = str(entry.get("link") or "")
    links = [(each.get("rel"), str(each.get("href") or "")) for each in entry.get("links") or ()]
    if ("enclosure", link) not in links:
        return link
    return next((href for rel, href in reversed(links) if rel == "alternate" and href), str(entry.get("id") or ""))


def _title(part: Any, version: str) -> str:
    detail = part.get("title_detail") or {}
    plain = detail.get("type") == "text/plain" and version.startswith("atom")
    return one_line(str(part.get("title") or ""), is_html=not plain)


def _attached(entry: Any) -> Iterator[Attachment | None]:
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            yield attachment(str(link.get("href") or ""), str(link.get("type") or ""), link.get("length"))
    for media in entry.get("media_content") or ():
        kind, medium = str(media.get("type") or ""), str(media.get("medium") or "")
        if kind or medium:
            yield attachment(str(media.get("url") or ""), kind, media.get("filesize"), medium)


def _offered(entry: Any) -> Iterator[Offered | None]:
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            yield offered(
                Place.ENCLOSURE, str(link.get("href") or ""), str(link.get("type") or ""), size=link.get("length")
            )
    for media in entry.get("media_content") or ():
        yield media_offered(Place.MEDIA, str(media.get("url") or ""), media)
    for media in entry.get("media_thumbnail") or ():
        yield media_offered(Place.THUMBNAIL, str(media.get("url") or ""), media)


def _published(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if dict.__contains__(entry, name):
            found = from_struct(dict.__getitem__(entry, name))
            if found is not None:
                return found
    return None


def _body(entry: Any) -> tuple[str, str, str]:
    """An entry's longest text, its type, and the base of its links."""
    contents = [part for part in entry.get("content") or () if part.get("value")]
    best = max(contents, key=lambda part: len(part["value"]), default=None)
    if best is None:
        best = {**(entry.get("summary_detail") or {}), "value": entry.get("summary") or ""}
    return str(best["value"]), str(best.get("type") or ""), str(best.get("base") or "")
