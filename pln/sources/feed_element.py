"""One entry, or the head of a feed, as its elements tell it one after the other, in the way feedparser takes them.

Several elements can tell the same thing. Which one counts, what a second description means and which text is taken for
HTML is as in feedparser, whose reading other feed readers and this program's earlier versions share.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from pln.model.feed import Attachment
from pln.sources.feed_entry import attachment
from pln.sources.feed_names import ATOM, XHTML, Kind, kind_of
from pln.sources.head_picture import Offered, Place, media_offered, offered
from pln.sources.parse_dates import from_feed

_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}
_HTML = ("text/html", "application/xhtml+xml")
_EXTRA_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_QUERY = re.compile(r"&([A-Za-z0-9_]+);")
_HIGH_CONTROLS = re.compile("[\x80-\x9f]")
_WINDOWS = {0x80 + n: bytes([0x80 + n]).decode("cp1252", "ignore") or chr(0x80 + n) for n in range(32)}

_Element = etree._Element


class Unsure(Exception):
    """The feed holds what only feedparser reads as feedparser does."""


class Reading:
    """What was told so far. entries: how many a feed's head has to have; 0 for an entry."""

    def __init__(self, *, atom: bool, entries: int = 0) -> None:
        self._atom = atom
        self._entries = entries
        self._is_head = False
        self._title_depth = self._summary_depth = self._id_depth = self._author_depth = 99
        self._summary: str | None = None
        self._summary_kind = ("", "")
        self._contents: list[tuple[str, str, str]] = []
        self._has_content = self._has_markup = False
        self._dates: dict[Kind, str] = {}
        self._has_title = False
        self._settled_depth = -1
        self.title: str | None = None
        self.title_is_html = True
        self.link: str | None = None
        self.identifier = self.author = self.ttl = self.period = self.frequency = ""
        self.attached: list[Attachment] = []
        self.offered: list[Offered] = []

    def read_head(self, root: _Element) -> None:
        """Take in a feed's own elements, outside its entries."""
        self._is_head = True
        self._head(root)
        if self._entries:
            raise Unsure  # an entry lies where none belongs

    def _head(self, parent: _Element) -> None:
        for element in parent:
            if kind_of(element.tag) is Kind.ENTRY:
                self._entries -= 1
            elif element.tag == "channel" or element.tag == "{http://purl.org/rss/1.0/}channel":
                self._head(element)
            elif element.tag not in _IMAGES:
                self._one(element, 1)

    def read(self, parent: _Element, depth: int = 1) -> None:
        """Take in what an entry's element holds."""
        for element in parent:
            self._one(element, depth)

    def body(self) -> tuple[str, str, str]:
        """The longest text, its type, and the base of its links."""
        told = [each for each in self._contents if each[0]]
        return max(told, key=lambda each: len(each[0])) if told else (self._summary or "", *self._summary_kind)

    @property
    def is_anonymous(self) -> bool:
        """Whether only its words tell it from others, and these are markup that is written out here in another way."""
        return self._has_markup and not self.identifier and not self.link

    def date(self) -> datetime | None:
        """When it was published, else changed, else made."""
        for kind in (Kind.PUBLISHED, Kind.UPDATED, Kind.CREATED):
            if kind in self._dates and (found := from_feed(self._dates[kind])) is not None:
                return found
        return None

    def _one(self, element: _Element, depth: int) -> None:
        kind = kind_of(element.tag)
        if kind is Kind.CLOSED:
            return
        take = _TAKE.get(kind)
        if take is not None:
            take(self, element, depth, kind)
        elif kind is Kind.OTHER:
            if len(element):
                self.read(element, depth + 1)
        else:
            raise Unsure

    def _take_title(self, element: _Element, depth: int, kind: Kind) -> None:
        """The first that says something, but one of media stands back for any other."""
        if self._is_head and kind is Kind.TITLE and self._has_title:
            raise Unsure
        title = _text(element)
        if not -1 < self._settled_depth <= depth:
            if depth <= self._title_depth:
                self.title, self._title_depth = title, depth
            self.title_is_html = not (self._atom and _type(element, "text/plain") == "text/plain")
        if kind is Kind.TITLE:
            self._has_title = True
            if title:
                self._settled_depth = depth

    def _take_link(self, element: _Element, depth: int, kind: Kind) -> None:
        said = _attributes(element)
        href = said.get("url", said.get("uri", said.get("href")))
        rel, mime = said.get("rel", "alternate").lower(), said.get("type", "text/html").lower()
        if href:
            href = _uri(href, element)
            if rel == "alternate" and _TYPES.get(mime, mime) in _HTML:
                self.link = href
            elif rel == "enclosure":
                self._enclose(href, said.get("type", ""), said.get("length", ""))
        elif len(element) or "href" in said:
            raise Unsure
        else:
            found = _QUERY.sub(r"&\1", _uri(_text(element), element).replace("&amp;", "&"))
            if rel != "enclosure":
                self.link = found
            else:
                self._enclose(found, mime, said.get("length", ""))

    def _take_id(self, element: _Element, depth: int, kind: Kind) -> None:
        said = _attributes(element)
        is_link = said.get("ispermalink", "true") == "true"
        found = _uri(_text(element), element) if is_link else _text(element)
        if depth <= self._id_depth:
            self.identifier, self._id_depth = found, depth
        if is_link and self.link is None:
            self.link = found

    def _take_date(self, element: _Element, depth: int, kind: Kind) -> None:
        self._dates[kind] = _text(element)

    def _take_author(self, element: _Element, depth: int, kind: Kind) -> None:
        if depth > self._author_depth:
            raise Unsure
        self._author_depth = depth
        if not len(element):
            self.author = _text(element)
            return
        told = {etree.QName(child).localname.lower(): _text(child) for child in element if not len(child)}
        name, mail = told.get("name", ""), told.get("email", "")
        if not told or not all(map(_is_of_author, element)):
            raise Unsure
        self.author = f"{name} ({mail})" if name and mail else name or mail

    def _take_text(self, element: _Element, depth: int, kind: Kind) -> None:
        """A description or a summary: the second one that comes counts as the text itself."""
        if self._is_head:
            return
        if self._summary is not None and not self._has_content:
            self._take_content(element, depth, kind)
            return
        mime = _type(element, "text/html" if kind is Kind.DESCRIPTION else "text/plain")
        text = self._markup(element, mime)
        if self._summary is None or depth <= self._summary_depth:
            self._summary, self._summary_depth = text, depth
        self._summary_kind = self._guessed(mime, text), element.base or ""

    def _take_content(self, element: _Element, depth: int, kind: Kind) -> None:
        if self._is_head or element.get("src") is not None:
            raise Unsure
        self._has_content = True
        mime = _type(element, "text/html" if kind is Kind.ENCODED else "text/plain")
        text = self._markup(element, mime)
        self._contents.append((text, self._guessed(mime, text), element.base or ""))
        if self._summary is None:
            self._summary = text

    def _markup(self, element: _Element, mime: str) -> str:
        if not len(element) and mime != "application/xhtml+xml":
            return _text(element)
        if not self._atom or mime != "application/xhtml+xml":
            raise Unsure
        self._has_markup = True
        return _inside_div(element)

    def _guessed(self, mime: str, text: str) -> str:
        if self._atom or mime != "text/plain" or not ("<" in text or "&" in text):
            return mime
        from feedparser.mixin import _FeedParserMixin  # only texts of this one kind ask for its guess

        return "text/html" if _FeedParserMixin.looks_like_html(text) else mime

    def _take_enclosure(self, element: _Element, depth: int, kind: Kind) -> None:
        said = _attributes(element)
        href = said.get("url", said.get("uri", said.get("href"))) or ""
        self._enclose(href, said.get("type", ""), said.get("length", ""))

    def _take_media(self, element: _Element, depth: int, kind: Kind) -> None:
        said = _attributes(element)
        mime, medium = said.get("type", "").lower(), said.get("medium", "")
        if mime or medium:
            self._attach(said.get("url", ""), mime, said.get("filesize", ""), medium)
        self._offer(media_offered(Place.MEDIA, said.get("url", ""), said))
        self.read(element, depth + 1)

    def _take_thumbnail(self, element: _Element, depth: int, kind: Kind) -> None:
        said = _attributes(element)
        url = _text(element) if "url" not in said else said["url"]
        self._offer(media_offered(Place.THUMBNAIL, url, said))

    def _enclose(self, url: str, mime: str, size: str) -> None:
        self._attach(url, mime, size)
        self._offer(offered(Place.ENCLOSURE, url, mime, size=size))

    def _attach(self, url: str, mime: str, size: str, medium: str = "") -> None:
        found = None if self._is_head else attachment(url, mime, size, medium)
        if found is not None:
            self.attached.append(found)

    def _offer(self, found: Offered | None) -> None:
        if found is not None:
            self.offered.append(found)

    def _take_pace(self, element: _Element, depth: int, kind: Kind) -> None:
        name = {Kind.TTL: "ttl", Kind.PERIOD: "period", Kind.FREQUENCY: "frequency"}[kind]
        setattr(self, name, _text(element))


_IMAGES = frozenset(
    f"{space}{name}" for space in ("", "{http://purl.org/rss/1.0/}") for name in ("image", "textInput", "textinput")
)
_TAKE: dict[Kind, Callable[[Reading, _Element, int, Kind], None]] = {
    Kind.TITLE: Reading._take_title,
    Kind.SECOND_TITLE: Reading._take_title,
    Kind.LINK: Reading._take_link,
    Kind.ID: Reading._take_id,
    Kind.PUBLISHED: Reading._take_date,
    Kind.UPDATED: Reading._take_date,
    Kind.CREATED: Reading._take_date,
    Kind.AUTHOR: Reading._take_author,
    Kind.DESCRIPTION: Reading._take_text,
    Kind.SUMMARY: Reading._take_text,
    Kind.CONTENT: Reading._take_content,
    Kind.ENCODED: Reading._take_content,
    Kind.ENCLOSURE: Reading._take_enclosure,
    Kind.MEDIA: Reading._take_media,
    Kind.THUMBNAIL: Reading._take_thumbnail,
    Kind.TTL: Reading._take_pace,
    Kind.PERIOD: Reading._take_pace,
    Kind.FREQUENCY: Reading._take_pace,
}


def _attributes(element: _Element) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}


def _is_of_author(element: _Element) -> bool:
    """Whether it tells of an author alone: name, mail, address, or something that nobody reads."""
    name = etree.QName(element)
    if name.namespace in (ATOM, None):
        return name.localname.lower() in ("name", "email", "uri", "url", "homepage")
    return kind_of(element.tag) is Kind.OTHER and name.localname.lower() not in ("name", "email") and not len(element)


def _type(element: _Element, usual: str) -> str:
    """The type of a text. Only the usual ones are followed here."""
    if not element.attrib:
        return usual
    if element.get("mode") is not None or element.get("Type") is not None:
        raise Unsure
    said = (element.get("type") or usual).lower()
    mime = _TYPES.get(said, said)
    if mime not in (*_HTML, "text/plain"):
        raise Unsure
    return mime


def _text(element: _Element) -> str:
    if len(element):
        raise Unsure
    return mended((element.text or "").strip())


def _inside_div(element: _Element) -> str:
    """What the one div holds that Atom wants around markup in place."""
    if len(element) != 1 or (element.text or "").strip():
        raise Unsure
    div = element[0]
    if div.tag != f"{{{XHTML}}}div" or (div.tail or "").strip():
        raise Unsure
    for part in div.iter():
        space, _, name = part.tag.removeprefix("{").rpartition("}")
        if space != XHTML or name == "svg":
            raise Unsure
        part.tag = name
    etree.cleanup_namespaces(div)
    whole = etree.tostring(div, encoding="unicode", method="html", with_tail=False)
    return mended(whole[whole.index(">") + 1 :].removesuffix("</div>").strip())


def _uri(text: str, element: _Element) -> str:
    """An address from the base that the feed gives, if it gives one."""
    if ":///" in text:
        text = _EXTRA_SLASHES.sub(r"\1", text)
    base = element.base
    if not base or not text:
        return text
    try:
        return urljoin(base, text)
    except ValueError:
        return ""


def mended(text: str) -> str:
    """Text in which UTF-8 was taken for Latin-1, or Windows' own characters for controls, in its right form."""
    if text.isascii():
        return text
    with contextlib.suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return _HIGH_CONTROLS.sub(_as_in_windows, text)


def _as_in_windows(match: re.Match[str]) -> str:
    return _WINDOWS[ord(match[0])]
