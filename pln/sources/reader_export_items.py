"""One article of another reader's JSON export, in each of the forms that are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pln.model.reader_export import KeptArticle
from pln.sources.links import web_address

_LONGEST_HTML = 1_000_000
_Item = Mapping[str, Any]


class Skipped(Exception):
    """An item that is of no use, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name, self.reason = name, reason


def of_google(item: _Item) -> KeptArticle:
    """FreshRSS, Inoreader and others in Google Reader's form; Feedly's is much the same, with finer times."""
    origin = _map(item, "origin")
    stream = text_of(origin, "streamId").removeprefix("feed/")
    tags = _labels(item)
    url = _address(item)
    if not url:
        raise Skipped(text_of(item, "title"), "It has no address.")
    content = _map(item, "content") or _map(item, "summary")
    states = {str(each).rpartition("/")[2] for each in _list(item, "categories") if "/state/" in str(each)}
    starred = "starred" in states or bool({"global.saved", "starred"} & tags.keys()) or not states
    return KeptArticle(
        url=url, guid=text_of(item, "guid"), title=text_of(item, "title"), author=text_of(item, "author"),
        html=(text_of(content, "content") or _string(item.get("content")))[:_LONGEST_HTML],
        published=when(item.get("published")), feed_url=web_address(stream), feed_title=text_of(origin, "title"),
        feed_site=web_address(text_of(origin, "htmlUrl")), starred=starred,
        starred_at=when(item.get("starred") or item.get("actionTimestamp") or item.get("crawlTimeMsec")),
        read="read" in states or not any("reading-list" in state for state in states),
        tags=tuple(name for tag, name in tags.items() if not tag.startswith("global.") and name),
    )  # fmt: skip


def of_newsblur(item: _Item) -> KeptArticle:
    url = _need(item, "story_permalink", "story_title")
    return KeptArticle(
        url=url, guid=text_of(item, "id"), title=text_of(item, "story_title"), author=text_of(item, "story_authors"),
        html=text_of(item, "story_content")[:_LONGEST_HTML],
        published=when(item.get("story_timestamp") or item.get("story_date")),
        feed_url=web_address(text_of(item, "feed_address")), feed_title=text_of(item, "feed_title"),
        starred=True, starred_at=when(item.get("starred_timestamp") or item.get("starred_date")),
        read=item.get("read_status", 1) in (1, True), tags=_names(item.get("user_tags")),
    )  # fmt: skip


def of_miniflux(item: _Item) -> KeptArticle:
    url, feed = _need(item, "url", "title"), _map(item, "feed")
    return KeptArticle(
        url=url, title=text_of(item, "title"), author=text_of(item, "author"),
        html=text_of(item, "content")[:_LONGEST_HTML], published=when(item.get("published_at")),
        feed_url=web_address(text_of(feed, "feed_url")), feed_title=text_of(feed, "title"),
        feed_site=web_address(text_of(feed, "site_url")), starred=item.get("starred") is True,
        starred_at=when(item.get("changed_at")), read=item.get("status") == "read", tags=_names(item.get("tags")),
    )  # fmt: skip


def of_wallabag(item: _Item) -> KeptArticle:
    url, authors = _need(item, "url", "title"), item.get("published_by")
    return KeptArticle(
        url=url, title=text_of(item, "title"), author=", ".join(_names(authors)),
        html=text_of(item, "content")[:_LONGEST_HTML],
        published=when(item.get("published_at") or item.get("created_at")),
        starred=bool(item.get("is_starred")), starred_at=when(item.get("starred_at") or item.get("created_at")),
        later=not item.get("is_archived"), read=bool(item.get("is_archived")), tags=_names(item.get("tags")),
    )  # fmt: skip


def of_pocket(item: _Item) -> KeptArticle:
    url = web_address(text_of(item, "resolved_url") or text_of(item, "given_url"))
    title = text_of(item, "resolved_title") or text_of(item, "given_title")
    if not url:
        raise Skipped(title, "It has no address.")
    added, done = when(item.get("time_added")), str(item.get("status", "0")) != "0"
    return KeptArticle(
        url=url, title=title, html=_string(item.get("excerpt")), published=added,
        starred=str(item.get("favorite", "0")) == "1", starred_at=when(item.get("time_favorited")) or added,
        later=not done, read=done, tags=_names(item.get("tags")),
    )  # fmt: skip


def _of(read: Callable[[_Item], KeptArticle]) -> Callable[[Any], KeptArticle]:
    def read_any(item: Any) -> KeptArticle:
        if not isinstance(item, dict):
            raise Skipped("", "It is no article.")
        return read(item)

    return read_any


def _has(*keys: str) -> Callable[[_Item], bool]:
    return lambda item: any(key in item for key in keys)


READERS: tuple[tuple[str, Callable[[_Item], bool], Callable[[Any], KeptArticle]], ...] = (
    ("starred stories (NewsBlur)", _has("story_permalink"), _of(of_newsblur)),
    ("saved links (Pocket)", _has("given_url", "resolved_url"), _of(of_pocket)),
    ("entries (Miniflux)", lambda item: "published_at" in item and "feed" in item, _of(of_miniflux)),
    ("saved articles (Feedly)", lambda item: "originId" in item or "canonicalUrl" in item, _of(of_google)),
    ("starred articles (Google Reader's form)", _has("origin", "canonical", "alternate"), _of(of_google)),
    ("saved articles (wallabag)", _has("domain_name", "is_archived", "reading_time"), _of(of_wallabag)),
)  # fmt: skip


def when(value: Any) -> datetime | None:
    """An instant as exports write it: seconds, milli- or microseconds since 1970, or ISO 8601; None for all else."""
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        value = int(value.strip()[:20])
    try:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, int | float):
            return _since_1970(float(value))
        found = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    found = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return found if 1970 <= found.year < 9000 else None


def _since_1970(value: float) -> datetime | None:
    if not math.isfinite(value):  # JSON as Python reads it has infinity, which no dividing makes smaller
        return None
    while abs(value) > 1e11:
        value /= 1000
    return datetime.fromtimestamp(value, UTC) if value > 0 else None


def text_of(item: _Item, key: str) -> str:
    return _string(item.get(key)).strip()


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _map(item: _Item, key: str) -> _Item:
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _list(item: _Item, key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def _need(item: _Item, key: str, name: str) -> str:
    url = web_address(text_of(item, key))
    if not url:
        raise Skipped(text_of(item, name), "It has no address.")
    return url


def _address(item: _Item) -> str:
    links = (
        each.get("href") for key in ("canonical", "alternate") for each in _list(item, key) if isinstance(each, dict)
    )
    candidates: Iterable[Any] = (item.get("canonicalUrl"), *links, item.get("originId"), item.get("url"))
    return next((found for found in map(web_address, map(_string, candidates)) if found), "")


def _labels(item: _Item) -> dict[str, str]:
    """{id: name} of Google's labels and Feedly's tags and boards."""
    found: dict[str, str] = {}
    for each in _list(item, "categories"):
        if "/label/" in str(each):
            name = str(each).partition("/label/")[2]
            found[name] = name
    for each in _list(item, "tags"):
        if isinstance(each, dict):
            identity = text_of(each, "id").rpartition("/tag/")[2]
            found[identity] = text_of(each, "label") or ("" if identity.startswith("global.") else identity)
        elif isinstance(each, str):
            found[each] = each
    return found


def _names(value: Any) -> tuple[str, ...]:
    """Tags as a list of words or of things with a name, or as what stands under names (Pocket's)."""
    if isinstance(value, dict):
        return tuple(key for key in value if key)
    if not isinstance(value, list):
        return ()
    names = (
        each if isinstance(each, str) else text_of(each, "label") if isinstance(each, dict) else "" for each in value
    )
    return tuple(dict.fromkeys(name for name in names if name))
