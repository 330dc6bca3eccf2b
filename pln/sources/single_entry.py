"""One article that came by another way than a feed, cleaned like a feed's entry. Runs in the worker."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedEntry
from pln.sources.feed_entry import Draft, finish
from pln.sources.links import web_address
from pln.sources.plain_text import one_line


def packed(*, guid: str, title: str, author: str, published: datetime | None, html: str) -> bytes:
    """The article as a body for the worker."""
    when = published.isoformat() if published is not None else ""
    return json.dumps({"guid": guid, "title": title, "author": author, "when": when, "html": html}).encode()


def read(body: bytes, url: str) -> ParsedEntry:
    """The article of a body that was packed. url: its own address. Raises UnreadableInput."""
    entries, _failed = finish([json.loads(body)], lambda item: _draft(item, url))
    if not entries:
        raise UnreadableInput("The article could not be read", "It holds what PLN cannot make fit to show.")
    return entries[0]


def _draft(item: dict[str, Any], url: str) -> Draft:
    link = web_address(url)
    return Draft(
        guid=item["guid"],
        title=one_line(item["title"], is_html=True),
        link=link,
        author=one_line(item["author"], is_html=True),
        published=datetime.fromisoformat(item["when"]) if item["when"] else None,
        body=item["html"],
        is_html=True,
        base=link,
    )
