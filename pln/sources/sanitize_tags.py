"""Rewrite the tags of clean HTML that cannot stay as they came: links, pictures, and blocks that Qt does not know.

Works on what nh3 returns, where every tag is whole, every attribute quoted and every bracket in one escaped, so that
one pass of a regular expression sees the same tags as a browser would.
"""

from __future__ import annotations

import html as entities
import re
from urllib.parse import unquote

from pln.model.feed import PictureLink
from pln.sources.links import safe_target
from pln.sources.picture_links import MAX_PICTURES, address_of, counts_readers, is_name, key_of, name_of

_AS = {
    **dict.fromkeys(("article", "aside", "center", "details", "figure", "footer", "header"), "div"),
    **dict.fromkeys(("main", "nav", "section"), "div"),
    **dict.fromkeys(("figcaption", "summary"), "p"),
}
_NAMES = "|".join(("a", "img", "pre", "font", *_AS))
_CHANGED = re.compile(rf"<(/?(?:{_NAMES}))(?:>|( [^>]*)>)")
# Most links stay as they are, and what closes them too; only where one has to go is every tag looked at.
_MOST_LINKS = r'/a>|a href="https?://[a-zA-Z0-9.-]+(?:/[^"&?]{0,2000})?">'
_CHANGED_BUT_LINKS = re.compile(rf"<(?!{_MOST_LINKS})(/?(?:{_NAMES}))(?:>|( [^>]*)>)")
_CHANGED_OR_PLACE = re.compile(rf'<(/?(?:{_NAMES})|[a-z][a-z0-9]*(?= [^>]*id="))(?:>|( [^>]*)>)')
_LINK_OR_PLACE = re.compile(r'<(?:a|[a-z][a-z0-9]*(?= [^>]*id="))( [^>]*)>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HREF = re.compile(r'href="([^"]*)"')
_PLACE = re.compile(r' (?:id|name)="[^"]*"')
_ODD = re.compile(r"[^\w.:-]")
_OURS = "in-"  # before each place within an article, so that none is mistaken for a part of the window
_WRAPPED = ' style="white-space:pre-wrap"'


class Rewriter:
    """One article's pass. base: where relative links start from. inner: links within the article are to be kept."""

    def __init__(self, base: str, *, inner: bool) -> None:
        self._base = base
        self._page = base.partition("#")[0]
        self._inner = inner
        self._places: set[str] = set()
        self._open: list[bool] = []  # for each link that is open: whether its tag was kept
        self._shown: set[str] = set()
        self.pictures: list[PictureLink] = []

    def run(self, clean: str) -> str:
        """The rewritten HTML; `pictures` holds what it shows afterwards."""
        if not self._inner:
            return self._without_places(clean)
        self._places = _linked_places(clean, self._page)
        return _CHANGED_OR_PLACE.sub(self._tag, clean)

    def _without_places(self, clean: str) -> str:
        quick = _CHANGED_BUT_LINKS.sub(self._tag, clean)
        if all(self._open):
            return quick
        self._open, self._shown, self.pictures = [], set(), []
        return _CHANGED.sub(self._tag, clean)

    def _tag(self, match: re.Match[str]) -> str:
        tag, rest = match.groups("")
        if tag == "a":
            return self._link(match[0], rest)
        if tag == "/a":
            return "</a>" if self._open and self._open.pop() else ""
        if tag == "img":
            return self._picture({name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(rest)})
        return self._block(tag, rest)

    def _block(self, tag: str, rest: str) -> str:
        if tag in ("font", "/font"):
            return ""
        if tag[0] == "/":
            return f"</{_AS.get(tag[1:], tag[1:])}>"
        tag = _AS.get(tag, tag)
        if self._inner and rest:
            rest = self._with_place(rest)
        return f"<{tag}{rest}{_WRAPPED if tag == 'pre' else ''}>"

    def _link(self, whole: str, rest: str) -> str:
        found = _HREF.search(rest)
        place = self._place(rest) if self._inner else ""
        target = self._target(found[1]) if found else ""
        self._open.append(bool(target or place))
        if not target and not place:
            return ""
        if not place and found and target == found[1] and "dir=" not in rest and not self._inner:
            return whole
        href = f' href="{entities.escape(target)}"' if target else ""
        return f"<a{href}{place}>"

    def _target(self, written: str) -> str:
        href = entities.unescape(written) if "&" in written else written
        if self._inner and "#" in href:
            page, _, place = href.partition("#")
            name = _name(place)
            if name in self._places and (not page or page == self._page):
                return "#" + name
        return safe_target(href, self._base)

    def _picture(self, attributes: dict[str, str]) -> str:
        if counts_readers(attributes):
            return ""
        alt = " ".join(attributes.get("alt", "").split())[:300]
        if alt and len(alt) <= 4 and not any(char.isalnum() for char in alt):
            return entities.escape(alt, quote=False)  # an emoji sent as a picture
        name = self._picture_name(attributes)
        if not name:
            return entities.escape(f"[picture: {alt}]" if alt else "[picture]", quote=False)
        size = "".join(f' {side}="{attributes[side]}"' for side in ("width", "height") if _is_size(attributes, side))
        return f'<img src="{name}" alt="{entities.escape(alt)}"{size}>'

    def _picture_name(self, attributes: dict[str, str]) -> str:
        source = attributes.get("src", "")
        address = "" if is_name(source) else address_of(attributes, self._base)
        name = source if is_name(source) else name_of(key_of(address)) if address else ""
        if not name or name in self._shown:
            return name
        if len(self._shown) >= MAX_PICTURES:
            return ""
        self._shown.add(name)
        if address:
            self.pictures.append(PictureLink(key=key_of(address), url=address))
        return name

    def _with_place(self, rest: str) -> str:
        return _PLACE.sub("", rest) + self._place(rest)

    def _place(self, rest: str) -> str:
        """The attribute that makes a tag a place in the article, "" where no link leads to it."""
        for name in _names(rest):
            if name in self._places:
                return f' id="{name}"'
        return ""


def _linked_places(clean: str, page: str) -> set[str]:
    """The places of an article that a link in it leads to."""
    wanted, there = set(), set()
    for rest in _LINK_OR_PLACE.findall(clean):
        there.update(_names(rest))
        if found := _HREF.search(rest):
            before, hash_sign, place = entities.unescape(found[1]).partition("#")
            if hash_sign and place and (not before or before == page):
                wanted.add(_name(place))
    return wanted & there


def _names(rest: str) -> list[str]:
    return [_name(entities.unescape(value)) for key, value in _ATTRIBUTE.findall(rest) if key in ("id", "name")]


def _name(place: str) -> str:
    plain = _ODD.sub("_", unquote(place).removeprefix(_OURS))[:100]
    return _OURS + plain


def _is_size(attributes: dict[str, str], side: str) -> bool:
    said = attributes.get(side, "")
    return said.isascii() and said.isdecimal() and 0 < len(said) <= 4
