"""Make the entries of a feed, of whatever kind, into what the store keeps. Runs in the worker."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pln.model.feed import Attachment, ParsedEntry
from pln.sources.head_picture import Offered, is_picture_name, with_head_picture
from pln.sources.links import web_address
from pln.sources.sanitize import prepare, prepare_plain

MAX_ATTACHED = 10
NOT_WELL_FORMED = "The feed is not well-formed ({}); what could be read was kept."

_OPENED_OUTSIDE = ("audio/", "video/", "application/", "text/")
_MEDIA = {"audio": "audio/*", "video": "video/*", "document": "application/*"}  # of media:content without a type
_NOT_FOR_OPENING = ("application/x-shockwave-flash", "application/rss+xml", "application/atom+xml")

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as its feed has it. title, author: plain text. link: absolute, or "".

    attached, offered: as they were written; what is opened outside, and pictures beside the text.
    """

    guid: str
    title: str
    link: str
    author: str
    published: datetime | None
    body: str
    is_html: bool
    base: str
    attached: tuple[Attachment, ...] = ()
    offered: tuple[Offered, ...] = ()


def finish(found: Iterable[_Found], draft_of: Callable[[_Found], Draft]) -> tuple[tuple[ParsedEntry, ...], int]:
    """Each entry with its text cleaned and a guid that no other entry has; and how many had to be left out.

    Whatever goes wrong with one entry costs that entry alone.
    """
    seen: Counter[str] = Counter()
    entries, failed = [], 0
    for each in found:
        try:
            draft = draft_of(each)
            entries.append(_entry(draft, _guid(draft, seen)))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # the libraries below fail on damaged input in more ways than can be named
            failed += 1
    return tuple(entries), failed


def problem_of(problem: str, failed: int) -> str:
    """What is wrong with a feed in words, with the entries that had to be left out."""
    if not failed:
        return problem
    left_out = "One entry of the feed could" if failed == 1 else f"{failed} entries of the feed could"
    return f"{problem} {left_out} not be read.".strip()


def attachment(url: str, kind: str, size: object = "", medium: str = "") -> Attachment | None:
    """What an enclosure brings along; None where it is a picture or no address."""
    kind = kind.strip().lower() or _MEDIA.get(medium.lower(), "")
    if not url.strip() or kind in _NOT_FOR_OPENING or (kind and not kind.startswith(_OPENED_OUTSIDE)):
        return None
    if not kind and (medium or is_picture_name(url)):
        return None
    said = str(size or "").strip()
    return Attachment(url=url, kind=kind, size=int(said) if said.isdecimal() and len(said) < 16 else 0)


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
    if draft.offered:
        body = with_head_picture(body, draft.offered, draft.base)
    return ParsedEntry(
        guid=guid,
        title=draft.title or _first_words(body.text),
        url=draft.link,
        author=draft.author,
        published=draft.published,
        html=body.html,
        text=body.text,
        attached=tuple(_attached(draft))[:MAX_ATTACHED] if draft.attached else (),
        pictures=body.pictures,
    )


def _first_words(text: str) -> str:
    """A title for what has none, as short posts do."""
    line = text.partition("\n")[0]
    return line if len(line) <= 80 else line[:80].rpartition(" ")[0] + "…"


def _attached(draft: Draft) -> Iterator[Attachment]:
    """Each with an absolute address, and once."""
    known: set[str] = set()
    for each in draft.attached:
        address = web_address(each.url, draft.base)
        if address and address not in known:
            known.add(address)
            yield Attachment(url=address, kind=each.kind, size=each.size)
