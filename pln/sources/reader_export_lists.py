"""Exports that are lists of links: tables (Pocket, Instapaper, Raindrop, Feedly's boards) and pages of bookmarks."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

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
    page.feed(data.decode("utf-8", "replace"))
    page.close()
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


class _Bookmarks(HTMLParser):
    """Takes the links as they come; headings above them become a tag, but for those that every export has."""

    _PLAIN = ("bookmarks", "unread", "read archive", "read", "menu", "pocket export", "feedly", "saved", "")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[KeptArticle] = []
        self.skipped: list[tuple[str, str]] = []
        self._heading, self._text = "", ""
        self._link: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = {name.lower(): value or "" for name, value in attrs}
        if tag in ("a", "h1", "h2", "h3"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data if len(self._text) < 1000 else ""

    def handle_endtag(self, tag: str) -> None:
        words = " ".join(self._text.split())
        if tag in ("h1", "h2", "h3"):
            self._heading = words
        elif tag == "a" and self._link is not None:
            self._take(self._link, words)
            self._link = None

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


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
