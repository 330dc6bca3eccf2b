"""Bounds on an article's tables and lists: Qt's text view hangs on nested or giant ones.

Making a tree of an article costs more than cleaning it, so `may_be_too_big` looks first whether it could be needed.
"""

from __future__ import annotations

import re

from lxml import etree

MAX_TABLE_DEPTH = 3
MAX_ROWS = 1000
MAX_CELLS = 10_000  # of one table, each counted as often as it spans; a larger table becomes plain blocks
MAX_ITEMS = 1000  # of one list; Qt's time grows with their square, so those after them become plain blocks

_SHORT = len("<li>") * MAX_ITEMS  # too short for a list that is too long
_Element = etree._Element
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
_SPAN = re.compile(r'span="([^"]*)"')


def may_be_too_big(clean: str) -> bool:
    """Whether tables or lists could pass a bound. Never False where one does."""
    if len(clean) < _SHORT and "<t" not in clean:
        return False
    if clean.count("<li") > MAX_ITEMS or clean.count("<table") > MAX_TABLE_DEPTH or clean.count("<tr") > MAX_ROWS:
        return True
    cells = clean.count("<td") + clean.count("<th")
    if cells and 'span="' in clean:
        widest = max(map(_number, _SPAN.findall(clean)), default=1)
        return cells * widest * widest > MAX_CELLS
    return cells > MAX_CELLS


def with_bounds(clean: str) -> str:
    """The same HTML with tables and lists that are too big taken apart into plain blocks."""
    root = etree.fromstring(f"<div>{clean}</div>".encode(), _PARSER)[0][0]
    for table in list(root.iter("table")):
        _bound_table(table)
    for items in list(root.iter("ol", "ul")):
        _bound_list(items)
    text = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return text.removeprefix("<div>").removesuffix("</div>")


def _bound_table(table: _Element) -> None:
    depth = sum(1 for _ in table.iterancestors("table"))
    if depth >= MAX_TABLE_DEPTH or _is_too_big(table):
        for part in list(table.iter(*_TABLE_PARTS)):
            part.tag = "div"
            part.attrib.clear()


def _is_too_big(table: _Element) -> bool:
    rows = sum(1 for _ in table.iter("tr"))
    places = sum(_span(cell, "colspan") * _span(cell, "rowspan") for cell in table.iter("td", "th"))
    return rows > MAX_ROWS or places > MAX_CELLS


def _span(cell: _Element, name: str) -> int:
    return _number(cell.get(name) or "1")


def _number(said: str) -> int:
    plain = said.strip()
    return max(1, int(plain[:9])) if plain.isdecimal() else 1


def _bound_list(items: _Element) -> None:
    for item in items.findall("li")[MAX_ITEMS:]:
        item.tag = "div"
