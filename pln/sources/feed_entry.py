"""Make the entries of a feed, of whatever kind, into what the store keeps. Runs in the worker."""

from __future__ import annotations

import hashlib
import html as entities
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from pln.model.feed import ParsedEntry
from pln.sources.links import web_address
from pln.sources.sanitize import prepare, prepare_plain

MAX_ATTACHED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as its feed has it. title, author: plain text. link: absolute, or "". attached: links of enclosures."""

    guid: str
    title: str
    link: str
    author: str
    published: datetime | None
    body: str
    is_html: bool
    base: str
    attached: tuple[str, ...] = ()


def finish(drafts: Iterable[Draft]) -> tuple[ParsedEntry, ...]:
    """Clean each entry's text and give each a guid that no other entry of the feed has."""
    seen: Counter[str] = Counter()
    return tuple(_entry(draft, _guid(draft, seen)) for draft in drafts)


def links_of(links: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Addresses of sound, film and documents that an entry brings along; pictures are not among them."""
    found = (str(each.get("href") or "") for each in links if _is_attached(each))
    return tuple(dict.fromkeys(found))[:MAX_ATTACHED]


def _is_attached(link: Mapping[str, Any]) -> bool:
    return link.get("rel") == "enclosure" and not str(link.get("type") or "").startswith("image/")


def _guid(draft: Draft, seen: Counter[str]) -> str:
    guid = draft.guid.strip()[:2000] or draft.link or _fingerprint(draft)
    seen[guid] += 1
    if seen[guid] == 1:
        return guid
    longer = f"{guid} {draft.link}"
    seen[longer] += 1
    return longer if seen[longer] == 1 else f"{longer} {seen[longer]}"


def _fingerprint(draft: Draft) -> str:
    words = f"{draft.title}\n{draft.published.isoformat() if draft.published else draft.body}"
    return "pln:" + hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _entry(draft: Draft, guid: str) -> ParsedEntry:
    body = prepare(draft.body, draft.base) if draft.is_html else prepare_plain(draft.body)
    return ParsedEntry(
        guid=guid,
        title=draft.title or _first_words(body.text),
        url=draft.link,
        author=draft.author,
        published=draft.published,
        html=body.html + _attachments(draft),
        text=body.text,
    )


def _first_words(text: str) -> str:
    """A title for what has none, as short posts do."""
    line = text.partition("\n")[0]
    return line if len(line) <= 80 else line[:80].rpartition(" ")[0] + "…"


def _attachments(draft: Draft) -> str:
    addresses = (web_address(each, draft.base) for each in draft.attached)
    return "".join(
        f'<p><a href="{entities.escape(address)}">[{entities.escape(_file_name(address))}]</a></p>'
        for address in addresses
        if address
    )


def _file_name(address: str) -> str:
    parts = urlsplit(address)
    return unquote(parts.path.rpartition("/")[2])[:100] or parts.netloc
