"""Which entry of a feed is which article that is here already: decided from ids, links, titles and dates alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pln.model.feed import ParsedEntry
from pln.model.link_key import link_key, names_a_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What tells one entry of a feed from another. key: of whoever asks (a row, a place in a document)."""

    key: int
    guid: str
    link: str
    title: str
    published: datetime | None


def title_key(title: str) -> str:
    """A title without its case and its gaps."""
    return " ".join(title.split()).casefold()


def told_apart(entries: Iterable[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The entries with ids of their own, in their order.

    An entry that stands there twice counts once, the later published one. Different ones to which a feed gave one id
    (another link, or without links another title) get ids made of it and of what tells them apart.
    """
    named: dict[str, dict[str, ParsedEntry]] = {}
    order: dict[tuple[str, str], None] = {}
    for entry in entries:
        same_id = named.setdefault(entry.guid, {})
        trait = link_key(entry.url) or title_key(entry.title)
        order[entry.guid, trait] = None
        old = same_id.get(trait)
        same_id[trait] = entry if old is None or _later(entry, old) else old
    made = (
        named[guid][trait] if len(named[guid]) == 1 else replace(named[guid][trait], guid=f"{guid} {trait}")
        for guid, trait in order
    )
    return tuple({entry.guid: entry for entry in made}.values())


def _later(entry: ParsedEntry, than: ParsedEntry) -> bool:
    return entry.published is not None and (than.published is None or entry.published > than.published)


def known_again(unknown: Sequence[Traits], idle: Sequence[Traits]) -> dict[int, int]:
    """Entries whose id is new -> the article each of them is, for those that are one.

    idle: articles of the same feed whose id its document no longer holds. Two of three must be the same: link and
    title, link and date, or title and date. Link and title alone do only where no other entry has that link: a column
    that returns each week links to one page. No article is given twice.
    """
    links = Counter(each.link for each in (*unknown, *idle))
    found: dict[int, int] = {}

    def link_and_title(each: Traits) -> Hashable:
        alone = names_a_page(each.link) and links[each.link] <= 2
        return (each.link, each.title) if alone and each.title else None

    def link_and_date(each: Traits) -> Hashable:
        return (each.link, each.published) if each.link and each.published else None

    def title_and_date(each: Traits) -> Hashable:
        return (each.title, each.published) if each.title and each.published else None

    for alike in (link_and_title, link_and_date, title_and_date):
        _pair(unknown, idle, alike, found)
    return found


def _pair(
    unknown: Sequence[Traits], idle: Sequence[Traits], alike: Callable[[Traits], Hashable], found: dict[int, int]
) -> None:
    given = set(found.values())
    waiting: dict[Hashable, list[int]] = {}
    for each in reversed(idle):
        mark = alike(each)
        if mark is not None and each.key not in given:
            waiting.setdefault(mark, []).append(each.key)
    for each in unknown:
        same = waiting.get(alike(each)) if each.key not in found else None
        if same:
            found[each.key] = same.pop()
