"""Bounds and small changes on an article's tree, so that Qt's text view shows it well and never hangs on it."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from pln.sources.links import safe_target, web_address

MAX_TABLE_DEPTH = 3
MAX_ROWS = 1000
MAX_CELLS = 10_000  # of one table, each counted as often as it spans; a larger table becomes plain blocks
MAX_ITEMS = 1000  # of one list; Qt's time grows with their square, so those after them become plain blocks

_Element = etree._Element
_AS_DIV = frozenset({"article", "aside", "center", "details", "figure", "footer", "header", "main", "nav", "section"})
_AS_PARAGRAPH = frozenset({"figcaption", "summary"})
_UNWRAPPED = frozenset({"font"})
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
_TINY = frozenset({"0", "1", "2"})  # the size of pictures that only count readers


def prepare_tree(root: _Element, base: str) -> str:
    """Change the tree below root as the module says and return its HTML, without root itself."""
    for element in list(root.iterdescendants(etree.Element)):
        _change(element, element.tag, base)
    text = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return text.removeprefix("<div>").removesuffix("</div>")


def _change(element: _Element, tag: str, base: str) -> None:
    if tag in _CHANGES:
        _CHANGES[tag](element, base)
    elif tag in _AS_DIV:
        element.tag = "div"
    elif tag in _AS_PARAGRAPH:
        element.tag = "p"
    elif tag in _UNWRAPPED:
        _unwrap(element)


def _change_link(element: _Element, base: str) -> None:
    target = safe_target(element.get("href") or "", base)
    if target:
        element.set("href", target)
    else:
        _unwrap(element)


def _change_picture(element: _Element, base: str) -> None:
    if element.get("width") in _TINY or element.get("height") in _TINY:
        _remove(element)
        return
    alt = " ".join((element.get("alt") or "").split())[:300]
    if alt and len(alt) <= 4 and not any(char.isalnum() for char in alt):
        _replace_by_text(element, alt)  # an emoji sent as a picture
        return
    source = web_address(element.get("src") or "", base)
    element.attrib.clear()
    element.text = f"[picture: {alt}]" if alt else "[picture]"
    if source and next(element.iterancestors("a"), None) is None:
        element.tag = "a"
        element.set("href", source)
    else:
        _replace_by_text(element, element.text)


def _change_table(element: _Element, base: str) -> None:
    depth = sum(1 for _ in element.iterancestors("table"))
    if depth >= MAX_TABLE_DEPTH or _is_too_big(element):
        for part in list(element.iter(*_TABLE_PARTS)):
            part.tag = "div"
            part.attrib.clear()


def _is_too_big(table: _Element) -> bool:
    rows = sum(1 for _ in table.iter("tr"))
    places = sum(_span(cell, "colspan") * _span(cell, "rowspan") for cell in table.iter("td", "th"))
    return rows > MAX_ROWS or places > MAX_CELLS


def _span(cell: _Element, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return max(1, int(said[:9])) if said.isdecimal() else 1


def _change_list(element: _Element, base: str) -> None:
    for item in element.findall("li")[MAX_ITEMS:]:
        item.tag = "div"


def _change_preformatted(element: _Element, base: str) -> None:
    element.set("style", "white-space:pre-wrap")


_CHANGES: dict[str, Callable[[_Element, str], None]] = {
    "a": _change_link,
    "img": _change_picture,
    "table": _change_table,
    "pre": _change_preformatted,
    "ol": _change_list,
    "ul": _change_list,
}


def _unwrap(element: _Element) -> None:
    """Take an element away and leave what it held in its place."""
    parent, inner = element.getparent(), list(element)
    if parent is None:
        return
    place = parent.index(element)
    _add_text(parent, place, element.text)
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + (element.tail or "")
    else:
        _add_text(parent, place, element.tail)
    parent[place : place + 1] = inner


def _replace_by_text(element: _Element, text: str) -> None:
    parent = element.getparent()
    if parent is not None:
        _add_text(parent, parent.index(element), text + (element.tail or ""))
        parent.remove(element)


def _remove(element: _Element) -> None:
    _replace_by_text(element, "")


def _add_text(parent: _Element, place: int, text: str | None) -> None:
    """Add text before the child at `place`."""
    if not text:
        return
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
