"""Smart folders: searches that are saved and stand in the feed list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartFolder:
    """Which articles it shows; every "" , None or False is no condition.

    words: all of them stand in the article. feed: a feed's uid. folder: with the folders in it. tag: of the article or
    its feed. days: not older than so many days.
    """

    name: str
    id: int = 0
    uid: str = ""
    words: str = ""
    unread: bool = False
    starred: bool = False
    later: bool = False
    tag: str = ""
    feed: str = ""
    folder: str = ""
    days: int | None = None


_TEXTS = ("words", "tag", "feed", "folder")
_FLAGS = ("unread", "starred", "later")


def to_body(folder: SmartFolder) -> str:
    """Its conditions as JSON."""
    body: dict[str, Any] = {name: getattr(folder, name) for name in (*_TEXTS, *_FLAGS, "days")}
    return json.dumps({key: value for key, value in body.items() if value not in ("", False, None)}, ensure_ascii=False)


def from_body(name: str, body: str) -> SmartFolder:
    """The other way; what is not understood is passed over."""
    try:
        data = json.loads(body)
    except ValueError:
        data = {}
    data = data if isinstance(data, dict) else {}
    texts: dict[str, Any] = {key: data[key] for key in _TEXTS if isinstance(data.get(key), str)}
    flags: dict[str, Any] = {key: data.get(key) is True for key in _FLAGS}
    days = data.get("days")
    return SmartFolder(name=name, **texts, **flags, days=days if type(days) is int and days > 0 else None)
