"""HTML elements that a page would not show, or that are named private: what is in them stays here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"<(?P<name>[a-z][\w\-]*)(?P<rest>[\s/](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+)>", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BARE = re.compile(r"(?<![\w=\-])hidden(?![\w\-])", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:private|hidden)\b", re.IGNORECASE)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def hidden_element(text: str) -> str:
    """The name of the first hidden element that opens in a text; empty where none does."""
    return next(_hidden_names(text), "")


def closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE)


def stays_open(text: str) -> bool:
    """Whether a hidden element of a text has no end in it, so that what follows may be inside."""
    return any(_count(f"<{name}", text) > _count(f"</{name}", text) for name in set(_hidden_names(text)))


def _count(start: str, text: str) -> int:
    return len(re.findall(rf"{re.escape(start)}\b", text, re.IGNORECASE))


def _hidden_names(text: str) -> Iterator[str]:
    for tag in _TAG.finditer(text):
        if tag["name"].lower() not in _VOID and _hides(tag["rest"]):
            yield tag["name"].lower()


def _hides(attributes: str) -> bool:
    """Plain searches rather than exact ones: a long tag costs little, and a doubtful one stays here."""
    read = html.unescape(attributes)
    named = _CLASS.search(read) and _NAMED.search(read)
    return bool(_BARE.search(_QUOTED.sub("", attributes)) or named or _UNSEEN.search(read))
