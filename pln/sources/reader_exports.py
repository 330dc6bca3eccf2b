"""Articles that other readers export: starred, saved, labelled. What a file is is told by what stands in it.

Read are the forms of Google Reader (FreshRSS, Inoreader, BazQux, The Old Reader), of Feedly, Miniflux, NewsBlur,
wallabag and Pocket, tables (CSV) of links, and pages of bookmarks.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pln.model.errors import UnreadableInput
from pln.model.reader_export import KeptArticle, ReaderExport
from pln.sources.reader_export_items import READERS, Skipped
from pln.sources.reader_export_lists import read_bookmarks, read_table, table_columns

MAX_BYTES = 100 * 1024 * 1024
MAX_ARTICLES = 100_000
_DEEPEST = 60

_KEYS = re.compile(rb'"(?:items|stories|entries|articles|list)"\s*:\s*[\[{]')
_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
_OF_ITEMS = re.compile(
    rb'"(?:origin|canonical|canonicalUrl|alternate|story_permalink|feed_url|published_at|given_url|resolved_url'
    rb'|domain_name|reading_time)"'
)


def is_reader_export(head: bytes) -> bool:
    """Whether a file that begins so can be one of these. head: its first quarter megabyte or so."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return bool(_OF_ITEMS.search(text)) and (text[:1] == b"[" or bool(_KEYS.search(text)))
    if b"<a " in text[:200_000].lower() and re.search(rb"netscape-bookmark|time_added=|<dl>", text[:200_000].lower()):
        return True
    return table_columns(text) is not None


def read_export(data: bytes) -> ReaderExport:
    """Read an export. Raises UnreadableInput where it is none, or damaged. What is of no use is told in `skipped`."""
    if len(data) > MAX_BYTES:
        raise _unreadable(f"It is larger than {MAX_BYTES // 1024 // 1024} MB.")
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return _read_json(text)
    if table_columns(text[:65_536]) is not None:
        return _once(*read_table(text))
    return _once(*read_bookmarks(text))


def _read_json(text: bytes) -> ReaderExport:
    try:
        data = json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as fault:
        raise _unreadable("It begins like JSON, and is damaged or cut off.") from fault
    if _depth_beyond(data, _DEEPEST):
        raise _unreadable("It is nested deeper than any export.")
    data = _storable(data) if _HALVES.search(text) else data
    items = _items(data)
    if not items:
        raise _unreadable("It is JSON, but holds no list of articles that PLN knows.")
    form, read = next(
        (
            (form, read)
            for form, fits, read in READERS
            if any(fits(each) for each in items[:50] if isinstance(each, dict))
        ),
        ("", None),
    )
    if read is None:
        raise _unreadable("It is JSON, but its articles have a form that PLN does not know.")
    articles: list[KeptArticle] = []
    skipped: list[tuple[str, str]] = []
    for number, item in enumerate(items, 1):
        try:
            articles.append(read(item))
        except Skipped as why:
            skipped.append((why.name or f"number {number}", why.reason))
    return _once(form, articles, skipped)


def _storable(data: Any) -> Any:
    """The same without halves of characters, as a text cut in the middle of an emoji ends in: no store takes them."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode()
    if isinstance(data, list):
        return [_storable(each) for each in data]
    return {_storable(key): _storable(each) for key, each in data.items()} if isinstance(data, dict) else data


def _items(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    for key in ("items", "stories", "entries", "articles", "list"):
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, list):
            return value
        if isinstance(value, dict):  # Pocket's: by id
            return list(value.values())
    return []


def _once(form: str, articles: list[KeptArticle], skipped: list[tuple[str, str]]) -> ReaderExport:
    """Each article once, at most so many."""
    found: dict[tuple[str, str], KeptArticle] = {}
    for each in articles:
        found.setdefault((each.feed_url, each.guid or each.url), each)
    kept = tuple(found.values())
    beyond = kept[MAX_ARTICLES:]
    if beyond:
        skipped = [*skipped, (f"{len(beyond):,} more", f"PLN takes {MAX_ARTICLES:,} articles out of one file.")]
    return ReaderExport(form=form, articles=kept[:MAX_ARTICLES], skipped=tuple(skipped))


def _depth_beyond(data: Any, deepest: int) -> bool:
    """Looked at without recursion."""
    level = [data]
    for _ in range(deepest):
        level = [
            inner for each in level if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each) if isinstance(inner, dict | list)
        ]  # fmt: skip
        if not level:
            return False
    return True


def _unreadable(sentence: str) -> UnreadableInput:
    return UnreadableInput("The export could not be read", f"{sentence} Nothing was changed.")
