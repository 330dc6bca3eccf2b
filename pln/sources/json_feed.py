"""Read JSON Feed (version 1 and 1.1). Runs in the worker."""

from __future__ import annotations

import json
from typing import Any

from pln.model.errors import UnreadableInput
from pln.model.feed import Attachment, ParsedFeed
from pln.sources.feed_entry import Draft, attachment, finish, problem_of
from pln.sources.head_picture import Offered, Place, offered
from pln.sources.links import web_address
from pln.sources.parse_dates import from_text
from pln.sources.plain_text import one_line


def read(body: bytes, url: str, max_entries: int) -> ParsedFeed:
    """The feed in a JSON body. Items of another shape than an object are passed over."""
    feed = _object(body)
    site_url = web_address(_text(feed, "home_page_url"), url)
    items = [item for item in feed["items"] if isinstance(item, dict)]
    entries, failed = finish(items[:max_entries], lambda item: _draft(item, url))
    problem = "" if len(items) == len(feed["items"]) else "Some items of the feed have no readable form."
    return ParsedFeed(
        title=one_line(_text(feed, "title"), is_html=False),
        site_url=site_url,
        entries=entries,
        problem=problem_of(problem, failed),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as fault:
        raise UnreadableInput("The feed could not be read", "It is JSON that is damaged or cut off.") from fault
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableInput("This is not a feed", "The address gives JSON data that is not a JSON Feed.")
    return feed


def _draft(item: dict[str, Any], base: str) -> Draft:
    html = _text(item, "content_html")
    link = web_address(_text(item, "url") or _text(item, "external_url"), base)
    return Draft(
        guid=_text(item, "id"),
        title=one_line(_text(item, "title"), is_html=False),
        link=link,
        author=_author(item),
        published=from_text(_text(item, "date_published")) or from_text(_text(item, "date_modified")),
        body=html or _text(item, "content_text") or _text(item, "summary"),
        is_html=bool(html),
        base=link or base,
        attached=_attached(item),
        offered=_offered(item),
    )


def _attached(item: dict[str, Any]) -> tuple[Attachment, ...]:
    found = (
        attachment(_text(each, "url"), _text(each, "mime_type"), each.get("size_in_bytes"))
        for each in _objects(item, "attachments")
    )
    return tuple(filter(None, found))


def _offered(item: dict[str, Any]) -> tuple[Offered, ...]:
    """The main picture, else the banner, else those attached."""
    main = _text(item, "image") or _text(item, "banner_image")
    attached = (
        offered(Place.MEDIA, _text(each, "url"), _text(each, "mime_type"), size=each.get("size_in_bytes"))
        for each in _objects(item, "attachments")
    )
    return tuple(filter(None, (offered(Place.ENCLOSURE, main, medium="image"), *attached)))


def _author(item: dict[str, Any]) -> str:
    authors = _objects(item, "authors") or [each for each in [item.get("author")] if isinstance(each, dict)]
    names = ", ".join(name for name in (_text(each, "name") for each in authors) if name)
    return one_line(names, is_html=False, limit=300)


def _objects(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = item.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(item: dict[str, Any], name: str) -> str:
    """A field as text; numbers are ids that somebody forgot to quote."""
    found = item.get(name)
    return found if isinstance(found, str) else str(found) if isinstance(found, int) else ""
