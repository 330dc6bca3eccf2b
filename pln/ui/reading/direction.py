"""Which way the lines of an article run: as their words do."""

from __future__ import annotations

import re
import unicodedata

_DIR = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*?)\s+dir=(?:\"(\w+)\"|'(\w+)')([^<>]*)>")
_LINES = frozenset(("p", "li", "dt", "dd", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = re.compile(r"<[^>]*>|&[#\w]+;")
_LOOKED_AT = 300
_RIGHT = "&#8207;"  # an invisible letter of a script that runs to the left


def by_content(html: str) -> str:
    """The same without `dir`, which Qt lets run on into what follows: it then goes by the first letter of each block.

    Where a line that is said to run to the left begins with a Latin word, an invisible mark before it says so.
    """
    return _DIR.sub(lambda tag: _without(tag, html), html) if " dir=" in html else html


def runs_left(text: str) -> bool:
    """Is the first letter one of a script that runs from right to left?"""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _without(tag: re.Match[str], html: str) -> str:
    bare = f"<{tag[1]}{tag[2]}{tag[5]}>"
    if (tag[3] or tag[4]) != "rtl" or tag[1].lower() not in _LINES:
        return bare
    words = _TAGS.sub("", html[tag.end() : tag.end() + _LOOKED_AT])
    return bare if runs_left(words) else bare + _RIGHT
