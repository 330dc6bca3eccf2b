"""What a shared folder holds, by its own list. The list is as public as the folder: names, titles, dates, share ids."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pln.model.errors import UnreadableInput
from pln.share.destinations.writing import content_of, sha256
from pln.share.page import SharedPage, article_in

MANIFEST = "pln-share.json"
_FLAT = re.compile(r"[a-z0-9][a-z0-9.\-]{0,120}\.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """A folder before a share. written: file -> SHA-256 of every content PLN may have left in it. taken: all names."""

    pages: tuple[SharedPage, ...] = ()
    feed_id: str = ""
    written: tuple[tuple[str, tuple[str, ...]], ...] = ()
    taken: frozenset[str] = frozenset()

    def wrote(self, name: str, content: bytes) -> bool:
        """Whether PLN itself left this content under this name."""
        return sha256(content) in dict(self.written).get(name, ())


def read_state(folder: Path) -> FolderState:
    """Raises UnreadableInput for a list that PLN did not write, OSError for a folder that cannot be read."""
    if not folder.exists():
        return FolderState()
    taken = frozenset(path.name for path in folder.iterdir())
    content = content_of(folder / MANIFEST)
    if content is None:
        return FolderState(taken=taken)
    state = replace(parse(content), taken=taken)
    return replace(state, pages=tuple(_with_article(page, folder, state) for page in state.pages))


def parse(content: bytes) -> FolderState:
    """The list as it was written, without the articles."""
    try:
        known = json.loads(content)
        pages = tuple(_page(each) for each in known["pages"])
        written = tuple((str(name), tuple(map(str, hashes))) for name, hashes in known["files"].items())
        return FolderState(pages=pages, feed_id=str(known["feed"]), written=written)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UnreadableInput(
            "The folder's list cannot be read",
            f"{MANIFEST} in this folder is damaged or another program's. Nothing was written. Choose another folder.",
        ) from fault


def manifest(state: FolderState) -> bytes:
    listed = {
        "what": "Files that PLN wrote here. It never changes or deletes any other.",
        "feed": state.feed_id,
        "files": {name: list(hashes) for name, hashes in state.written},
        "pages": [
            {
                "id": page.uid,
                "file": page.file,
                "title": page.title,
                "published": page.published.isoformat(),
                "updated": page.updated.isoformat(),
            }
            for page in state.pages
        ],
    }
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def _page(listed: dict[str, Any]) -> SharedPage:
    published, updated = (datetime.fromisoformat(listed[name]) for name in ("published", "updated"))
    if published.utcoffset() is None or updated.utcoffset() is None or not _FLAT.fullmatch(listed["file"]):
        raise ValueError("a time without zone or a file outside the folder")
    return SharedPage(
        uid=str(listed["id"]),
        file=str(listed["file"]),
        title=str(listed["title"]),
        published=published,
        updated=updated,
    )


def _with_article(page: SharedPage, folder: Path, state: FolderState) -> SharedPage:
    """Its text too, for the feed, unless somebody else changed the file."""
    content = content_of(folder / page.file)
    return replace(page, article=article_in(content)) if content and state.wrote(page.file, content) else page
