"""Exports that are lists of links: tables (Pocket, Instapaper, Raindrop, Feedly's boards) and pages of bookmarks."""

from __future__ import annotations

import csv
import html
import io
import re

from pln.model.errors import UnreadableInput
from pln.model.reader_export import KeptArticle
from pln.sources.links import web_address
from pln.sources.reader_export_items import when

_List = tuple[str, list[KeptArticle], list[tuple[str, str]]]
_NAMES = {
    "url": ("url", "link", "given_url", "article url"), "title": ("title", "name", "article title"),
    "at": ("time_added", "timestamp", "created", "saved", "date", "published", "added", "saved date"),
    "tags": ("tags", "labels", "board", "folder"), "status": ("status", "state"),
    "feed": ("feed", "feed_url", "source url"), "source": ("source", "feed title", "publication"),
    "star": ("favorite", "favourite", "starred"), "text": ("selection", "excerpt", "note", "summary"),
}  # fmt: skip
_TAG = re.compile(r"<(/?)(a|h[1-3])\b([^<>]*)>", re.IGNORECASE)
_ANY_TAG = re.compile("<[^<>]*>")
_SAID = re.compile(r"""(?<![\w-])([\w-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_LONGEST_TITLE = 1000
_LONGEST_FIELD = 4 * 1024 * 1024  # of a table: whole articles stand in some
_BESIDE = {"title", "at", "tags", "status"}


def table_columns(head: bytes) -> dict[str, str] | None:
    """{meaning: column} of a table of links, None where its first line names no link, or nothing beside it."""
    first = head.splitlines()[0].decode("utf-8", "replace") if head.strip() else ""
    try:
        names = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return None
    known = {name.strip().strip("\ufeff").casefold(): name for name in names}
    found = {meaning: known[name] for meaning, likely in _NAMES.items() for name in reversed(likely) if name in known}
    return found if "url" in found and len(_BESIDE & found.keys()) >= 2 else None


def read_table(data: bytes) -> _List:
    csv.field_size_limit(_LONGEST_FIELD)
    columns = table_columns(data[:65_536])
    assert columns is not None
    text = data.decode("utf-8", "replace")
    articles: list[KeptArticle] = []
    skipped: list[tuple[str, str]] = []
    first = text.splitlines()[0]
    try:
        for number, line in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(first)), 2):
            values = {meaning: (line.get(column) or "").strip() for meaning, column in columns.items()}
            url = web_address(values["url"])
            if url:
                articles.append(_of_line(url, values))
            else:
                skipped.append((values.get("title") or f"line {number}", "It has no address."))
    except csv.Error as fault:
        raise UnreadableInput(
            "The table could not be read", f"It is damaged ({fault}). Nothing was changed."
        ) from fault
    return "table of saved links", articles, skipped


def read_bookmarks(data: bytes) -> _List:
    """A page of links: Pocket's, Feedly's boards, and what browsers write."""
    page = _Bookmarks()
    page.read(data.decode("utf-8", "replace"))
    if not page.articles:
        raise UnreadableInput(
            "The export could not be read", "PLN found no list of articles or links in it. Nothing was changed."
        )
    return "page of saved links", page.articles, page.skipped


def _of_line(url: str, values: dict[str, str]) -> KeptArticle:
    status = values.get("status", "").casefold()
    done = status in ("archive", "archived", "read", "1", "done")
    star = values.get("star", "").casefold() in ("1", "true", "yes", "*") or "star" in status
    tags = [tag.strip() for tag in re.split(r"[|,;]", values.get("tags", ""))]
    inbox = ("unread", "archive", "archived", "starred", "inbox")  # folders that Instapaper itself has
    at = when(values.get("at"))
    return KeptArticle(
        url=url, title="" if values.get("title") == url else values.get("title", ""), published=at,
        html=_escaped(values.get("text", "")), feed_url=web_address(values.get("feed", "")),
        feed_title=values.get("source", ""), starred=star or not status, starred_at=at,
        later=bool(status) and not done and not star, read=done or not status,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in inbox)),
    )  # fmt: skip


class _Bookmarks:
    """Takes the links as they come; headings above them become a tag, but for those that every export has.

    Only links and headings are looked for: a reader of all HTML takes minutes for some files made to keep it busy.
    """

    _PLAIN = ("bookmarks", "unread", "read archive", "read", "menu", "pocket export", "feedly", "saved", "")

    def __init__(self) -> None:
        self.articles: list[KeptArticle] = []
        self.skipped: list[tuple[str, str]] = []
        self._heading = ""

    def read(self, page: str) -> None:
        link, begin = "", 0
        for found in _TAG.finditer(page):
            closing, name, rest = found[1], found[2].lower(), found[3]
            if not closing:
                link, begin = rest if name == "a" else link, found.end()
                continue
            words = _words(page[begin : min(found.start(), begin + _LONGEST_TITLE)])
            if name != "a":
                self._heading = words
            elif link:
                self._take(_attributes(link), words)
                link = ""

    def _take(self, link: dict[str, str], title: str) -> None:
        url = web_address(link.get("href", ""))
        if not url:
            self.skipped.append((title or link.get("href", "")[:100], "Its address is no web address."))
            return
        under = self._heading.casefold()
        at = when(link.get("time_added") or link.get("add_date"))
        tags = [*link.get("tags", "").split(","), "" if under in self._PLAIN else self._heading]
        self.articles.append(
            KeptArticle(
                url=url, title="" if title == url else title, published=at, starred=under != "unread", starred_at=at,
                later=under == "unread", read=under != "unread",
                tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip())),
            )
        )  # fmt: skip


def _attributes(tag: str) -> dict[str, str]:
    return {found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "") for found in _SAID.finditer(tag)}


def _words(inside: str) -> str:
    return " ".join(html.unescape(_ANY_TAG.sub("", inside)).split())


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
