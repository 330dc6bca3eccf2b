"""What a footnote says, found in an article's HTML by the mark that leads to it."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 700  # characters shown
_FAR = 40_000  # characters of HTML: no note is looked at beyond these
_BLOCKS = frozenset(("p", "li", "div", "dd", "dt", "td", "th", "tr", "blockquote", "ul", "ol", "dl", "pre", "table"))
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_BREAK = re.compile(r"<(?:/?(?:p|li|div|dd|dt|blockquote|tr)\b|br\b)[^>]*>")
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,4}|[a-z]|[ivxl]{1,5}|[*†‡§¶]{1,3}|note \d{1,3})\s*[\])]?[.:,]?", re.I)
_WAY_BACK = re.compile("[\\^\u2191\u21a9\u21b5\u2934\u23ce]\ufe0e?\ufe0f?")


def note_text(html: str, name: str) -> str:
    """The words of the note at a place; "" where what leads there is no footnote's mark, but a way back or a heading.

    html: as the sanitiser made it. name: of the place, without "#".
    """
    quoted = re.escape(name)
    place = re.search(rf'<([a-z][a-z0-9]*)\b[^>]*\bid="{quoted}"[^>]*>', html)
    mark = re.search(rf'<a\b[^>]*\bhref="#{quoted}"[^>]*>(.{{0,400}}?)</a>', html, re.DOTALL)
    if place is None or mark is None or place.start() < mark.start() or not _MARK.fullmatch(_plain(mark[1])):
        return ""
    words = _without_mark(_plain(_note(html, place)), _plain(mark[1]))
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]}…"


def _note(html: str, place: re.Match[str]) -> str:
    """The block that is the place or that holds it; where that says nothing but a number, the block after it too."""
    if place[1] in _BLOCKS:
        found = html[place.end() : _end_of(html, place)]
        start = place.end() + len(found)
    else:
        start = _block_end(html, place.end())
        found = html[_block_start(html, place.start()) : start]
    if _says_nothing(found):
        found = f"{found} {html[start : _block_end(html, start, least=1)]}"
    return found


def _end_of(html: str, place: re.Match[str]) -> int:
    """Where the element ends that begins with this tag."""
    depth = 1
    for tag in _TAG.finditer(html, place.end(), place.end() + _FAR):
        if tag[2] == place[1]:
            depth += -1 if tag[1] else 1
        if not depth:
            return tag.start()
    return min(len(html), place.end() + _FAR)


def _block_start(html: str, before: int) -> int:
    start = 0
    for tag in _TAG.finditer(html, max(0, before - _FAR), before):
        if tag[2] in _BLOCKS:
            start = tag.end()
    return start


def _block_end(html: str, after: int, least: int = 0) -> int:
    """Where the next block begins or ends, once at least so many letters were passed."""
    for tag in _TAG.finditer(html, after, after + _FAR):
        if tag[2] in _BLOCKS and (not least or not _says_nothing(html[after : tag.start()])):
            return tag.start()
    return min(len(html), after + _FAR)


def _says_nothing(html: str) -> bool:
    words = _plain(html)
    return not words or _MARK.fullmatch(words) is not None


def _plain(html: str) -> str:
    """The words alone, without ways back."""
    text = unescape(_TAG.sub("", _BREAK.sub(" ", html)))
    return " ".join(_WAY_BACK.sub("", text).replace("\u200b", "").split())


def _without_mark(words: str, mark: str) -> str:
    """Notes often begin with their own number."""
    number = re.sub(r"[\[\]().:, ]", "", mark)
    begun = re.match(rf"[\[(]?{re.escape(number)}[\])]?[.:]?\s+", words) if number else None
    return words[begun.end() :] if begun else words
