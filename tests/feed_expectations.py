"""What the header of one of feedparser's own test feeds expects to be found in it, as values and never as code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import cast

_HEADER = re.compile(r"Description:.*?Expect:\s*(?P<expect>.*?)\s*-->", re.DOTALL)
_CONTENT_TYPE = re.compile(r"^Header:\s*content-type:\s*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_BIG = {b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe\x00\x00": "utf-32", b"\x4c\x6f\xa7\x94": "cp037"}
_TWO = {b"\xfe\xff": "utf-16", b"\xff\xfe": "utf-16"}
_FOUR = {b"\x00\x00\x00<": "utf-32-be", b"<\x00\x00\x00": "utf-32-le"}
_PAIR = {b"\x00<": "utf-16-be", b"<\x00": "utf-16-le"}

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That something is found: ("entries", 0, "title") is value. An empty path: the feed is well-formed, or not."""

    path: Path
    value: object


@dataclass(frozen=True, slots=True)
class Header:
    """What a test feed says of itself. odd: parts of its expectation that are no such claims."""

    claims: tuple[Claim, ...]
    odd: tuple[str, ...] = ()
    content_type: str = ""


def read_header(body: bytes) -> Header | None:
    """The header of a feed, None where it has none."""
    text = _decoded(body)
    found = _HEADER.search(text)
    if found is None:
        return None
    said = _CONTENT_TYPE.search(found[0])
    content_type = said[1] if said else ""
    try:
        whole = ast.parse(found["expect"], mode="eval").body
    except (SyntaxError, ValueError):
        return Header((), ("not an expression",), content_type)
    claims: list[Claim] = []
    odd: list[str] = []
    for part in _parts(whole):
        told = _claims(part)
        claims += told
        odd += [] if told else [ast.unparse(part)]
    return Header(tuple(claims), tuple(odd), content_type)


def _decoded(body: bytes) -> str:
    for marks, length in ((_BIG, 4), (_FOUR, 4), (_TWO, 2), (_PAIR, 2)):
        if body[:length] in marks:
            return body.decode(marks[body[:length]], "replace")
    return body.decode("utf-8-sig", "replace")


def _parts(whole: ast.expr) -> list[ast.expr]:
    if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And):
        return [part for value in whole.values for part in _parts(value)]
    return [whole]


def _claims(part: ast.expr) -> list[Claim]:
    if _is_name(part, "bozo"):
        return [Claim((), False)]
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) and _is_name(part.operand, "bozo"):
        return [Claim((), True)]
    if not isinstance(part, ast.Compare) or not all(isinstance(each, ast.Eq) for each in part.ops):
        return []
    *places, last = (part.left, *part.comparators)  # a == b == value
    value = _value(last)
    told = [_claim(place, value) for place in places]
    return [each for each in told if each is not None] if value is not None and None not in told else []


def _claim(place: ast.expr, value: object) -> Claim | None:
    if isinstance(place, ast.Call) and _is_name(place.func, "ord") and isinstance(value, int):
        place, value = place.args[0], chr(value)
    path = _path(place)
    return None if path is None else Claim(path, value)


def _path(node: ast.expr) -> Path | None:
    """entries[0]["title"], entries[0].title, len(entries)."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Call) and _is_name(node.func, "len") and len(node.args) == 1:
        above, step = _path(node.args[0]), cast(object, "len()")
    elif isinstance(node, ast.Attribute):
        above, step = _path(node.value), node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        above, step = _path(node.value), node.slice.value
    else:
        return None
    return (*above, step) if above is not None and isinstance(step, str | int) else None


def _value(node: ast.expr) -> object | None:
    """Text, a number or a tuple of them; texts that are written in pieces are joined."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _value(node.left), _value(node.right)
        return left + right if isinstance(left, str) and isinstance(right, str) else None
    try:
        return cast(object, ast.literal_eval(node))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
