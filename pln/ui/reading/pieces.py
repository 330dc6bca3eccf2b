"""A long article cut into pieces, so that its beginning stands while the rest is still being set."""

from __future__ import annotations

import re
from collections.abc import Iterator

FIRST, REST = 9_000, 14_000  # characters of HTML: some ten milliseconds of Qt's time each
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b(?:[^>\"]|\"[^\"]*\")*>")
_WRAPPERS = frozenset(("div", "section", "article", "main", "header", "footer", "aside", "nav"))
_BLOCKS = frozenset(("p", "ul", "ol", "blockquote", "pre"))  # after these a piece may end
_VOID = frozenset(("br", "hr", "img", "col", "wbr"))
_LINE_STARTS = re.compile(r"\s*<p\b[^>]*>\s*(?!\s|<(?:/p|br)\b)")
_STARTS = re.compile(r"\s*<(?:ul|ol|blockquote|pre)\b")
_EMPTY = re.compile(r"<p\b[^>]*>\s*</p>$")


def pieces(html: str, first: int = FIRST, rest: int = REST) -> Iterator[str]:
    """Pieces of well-formed HTML that can be set one after the other, each whole in itself.

    A piece ends between two blocks; the wrappers open there are closed, and opened anew in the next. What has no such
    place stays together, however long.
    """
    begun, opened = 0, ""
    for end, around in _places(html):
        if end - begun < (rest if begun else first):
            continue
        yield opened + html[begun:end] + "".join(f"</{name}>" for name, _ in reversed(around))
        begun, opened = end, "".join(tag for _, tag in around)
    if begun < len(html) or not begun:
        yield opened + html[begun:]


def _places(html: str) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    """Where a piece may end, and the (name, tag) of each wrapper open there."""
    inside: list[tuple[str, str]] = []
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            if name not in _VOID:
                inside.append((name, tag[0]))
            continue
        if not inside or inside[-1][0] != name:
            return  # not well-formed: the rest stays together
        inside.pop()
        if name in _BLOCKS and all(each in _WRAPPERS for each, _ in inside) and _is_between(html, name, tag.end()):
            yield tag.end(), tuple(inside)


def _is_between(html: str, ended: str, at: int) -> bool:
    """A block that holds something has ended, and one begins that Qt does not join to it, as it does lists."""
    begins = _LINE_STARTS.match(html, at) or (ended == "p" and _STARTS.match(html, at))
    return bool(begins) and not _EMPTY.search(html[max(0, at - 200) : at])
