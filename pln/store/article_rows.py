"""An entry of a feed as the columns of an article, made by hand: thousands of them come with one refresh."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from pln.model.article_identity import title_key
from pln.model.feed import Attachment, ParsedEntry
from pln.model.link_key import link_key
from pln.store.column_types import whole
from pln.store.instants import stamp

COLUMNS = (
    "id", "uid", "feed_id", "guid", "url", "title", "author", "published", "received", "sort_at", "content_hash",
    "link_key", "words", "attached",
)  # fmt: skip
INSERT = f"INSERT INTO article ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
INSERT_BODY = "INSERT INTO article_body (article_id, html, text) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Arrived:
    """An entry whose texts can be written. hash: of what a reader sees of it."""

    entry: ParsedEntry
    hash: str
    link: str

    def row(self, record: int, uid: str, feed_id: int, received: int) -> tuple[object, ...]:
        """Its columns, in the order of COLUMNS. A date in the future would hold it at the top for ever."""
        entry = self.entry
        published = None if entry.published is None else stamp(entry.published)
        sort_at = received if published is None else min(published, received)
        return (
            record, uid, feed_id, entry.guid, entry.url, entry.title, entry.author, published, received, sort_at,
            self.hash, self.link, len(entry.text.split()), attached_text(entry.attached),
        )  # fmt: skip


def arrived(entry: ParsedEntry) -> Arrived:
    """The entry with what is no character replaced, and its hash."""
    try:
        return _hashed(entry)
    except UnicodeEncodeError:
        return _hashed(_cleaned(entry))


def title_mark(title: str) -> str:
    """By which a title is known again after the title itself is gone; "" for none."""
    key = title_key(title)
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() if key else ""


def attached_text(attached: tuple[Attachment, ...]) -> str:
    if not attached:
        return "[]"
    return whole(json.dumps([[each.url, each.kind, each.size] for each in attached], ensure_ascii=False))


def _hashed(entry: ParsedEntry) -> Arrived:
    entry.guid.encode()
    parts = [entry.title, entry.url, entry.author, entry.html, entry.text]
    if entry.attached:
        parts.append(attached_text(entry.attached))
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    return Arrived(entry, digest, link_key(entry.url))


def _cleaned(entry: ParsedEntry) -> ParsedEntry:
    return replace(
        entry, guid=whole(entry.guid), title=whole(entry.title), url=whole(entry.url), author=whole(entry.author),
        html=whole(entry.html), text=whole(entry.text),
    )  # fmt: skip
