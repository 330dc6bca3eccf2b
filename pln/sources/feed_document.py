"""Read a response's body as a feed, whatever kind it is. Runs in the worker, where it may take its time or die."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import feedparser

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources import json_feed
from pln.sources.feed_entry import Draft, finish, links_of
from pln.sources.links import web_address
from pln.sources.parse_dates import from_struct
from pln.sources.sanitize import one_line

MAX_ENTRIES = 2000

_DRIVER = "pln.sources.expat_driver"
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_HTML_START = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding")
_MAIL_THEN_NAME = re.compile(r"\S+@\S+ \((.+)\)")
_NAME_THEN_MAIL = re.compile(r"([^<(]+) [<(]\S+@\S+[>)]")
_BINARY_STARTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ\x90")


def read_feed(body: bytes, url: str, content_type: str) -> ParsedFeed:
    """The feed in a body. url: where it came from, for relative links. Raises UnreadableInput where it is no feed."""
    _refuse_what_is_no_feed(body)
    if body.lstrip(_BLANK)[:1] == b"{":
        return json_feed.read(body, url, MAX_ENTRIES)
    found = _parse(body, content_type)
    if not found.entries and not found.version:
        raise _web_page() if _HTML_START.match(body.lstrip(_BLANK)[:4096]) else _no_feed()
    return _feed(found, url)


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


def _encoding_is_plain(body: bytes) -> bool:
    """Whether the body tells its encoding: servers often tell a wrong one."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or _DECLARED.search(body[:200]):
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _feed(found: Any, url: str) -> ParsedFeed:
    site_url = web_address(str(found.feed.get("link") or ""), url)
    drafts = [_draft(entry, url, found.version) for entry in found.entries[:MAX_ENTRIES]]
    return ParsedFeed(
        title=_title(found.feed, found.version), site_url=site_url, entries=finish(drafts), problem=_problem(found)
    )


def _problem(found: Any) -> str:
    fault = found.get("bozo_exception")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if not found.bozo or fault is None or isinstance(fault, harmless):
        return ""
    reason = one_line(getattr(fault, "getMessage", fault.__str__)(), is_html=False, limit=120)
    return f"The feed is not well-formed ({reason}); what could be read was kept."


def _draft(entry: Any, base: str, version: str) -> Draft:
    link = str(entry.get("link") or "")
    body, kind, body_base = _body(entry)
    return Draft(
        guid=str(entry.get("id") or ""),
        title=_title(entry, version),
        link=web_address(link, base),
        author=_author(entry),
        published=_published(entry),
        body=body,
        is_html=kind != "text/plain",
        base=web_address(body_base, base) or web_address(link, base) or base,
        attached=links_of(entry.get("links") or ()),
    )


def _title(part: Any, version: str) -> str:
    detail = part.get("title_detail") or {}
    plain = detail.get("type") == "text/plain" and version.startswith("atom")
    return one_line(str(part.get("title") or ""), is_html=not plain)


def _author(entry: Any) -> str:
    """The author's name, without the mail address that RSS wants beside it."""
    said = one_line(str(entry.get("author") or ""), is_html=True, limit=300)
    match = _MAIL_THEN_NAME.fullmatch(said) or _NAME_THEN_MAIL.fullmatch(said)
    return match[1] if match else said


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
