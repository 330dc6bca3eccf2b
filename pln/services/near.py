"""What lies near an entry: older entries and articles that share its rarer words and its tags."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pln.model.changes import Noun
from pln.model.feed import ArticleRow
from pln.model.journal import Entry, without_hashtags
from pln.services.context import Context
from pln.store.unit_of_work import Work
from pln.suggest.words import content

_TERMS = 40
_SHOWN, _LOOKED_AT = 3, 30
_RARE_SHARE = 0.1  # what stands in more than a tenth of all says little
_ALWAYS_RARE, _NEVER_RARE = 3, 60
_TAG_WEIGHT = 3.0
_LEAST_TERMS = 2  # one shared word is chance, a shared tag is not
_SENTENCE = re.compile(r"[^.!?…。！？\n]+[.!?…。！？]*")
_MARKS = re.compile(r"[*_`>]|^\s*[-+] ", re.MULTILINE)
_WORD = re.compile(r"\w")
_QUOTED = 120
_READ = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NearEntry:
    """An older entry with the sentence that is nearest."""

    id: int
    title: str
    created: datetime
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """At most three of each, the nearest first."""

    entries: tuple[NearEntry, ...] = ()
    articles: tuple[ArticleRow, ...] = ()


def near(ctx: Context, entry: Entry) -> Near:
    """Older entries and articles near an entry as it stands. Takes tens of milliseconds: off the main thread."""
    terms = _terms(entry)
    if not terms:
        return Near()
    with ctx.store.read() as work:
        if work.journal_locked:
            return Near()
        entries = _nearest(work, Noun.ENTRY, terms, work.journal.total())
        articles = _nearest(work, Noun.ARTICLE, terms, work.articles.total())
        known = (one for one in work.journal.get_many(entries[:_LOOKED_AT]) if _is_older(one, entry))
        found = tuple(_near_entry(one, terms) for one in list(known)[:_SHOWN])
        return Near(entries=found, articles=tuple(work.articles.rows(articles[:_SHOWN])))


def _terms(entry: Entry) -> dict[str, float]:
    """What to search for, with its weight: tags, words of the title, the longer words of the body."""
    words = content(f"{entry.title}\n{entry.body[:_READ]}")
    title = content(entry.title)
    chosen = sorted(words, key=lambda stem: (stem not in title, -len(stem)))[:_TERMS]
    terms = {_searched(stem, words[stem]): 1.0 for stem in chosen}
    return dict.fromkeys(entry.tags, _TAG_WEIGHT) | {key: weight for key, weight in terms.items() if len(key) > 2}


def _searched(stem: str, word: str) -> str:
    """The last word of a search may be just begun, so a stem finds all its forms."""
    return stem if word.startswith(stem) else word


def _nearest(work: Work, noun: Noun, terms: Mapping[str, float], total: int) -> list[int]:
    limit = min(_NEVER_RARE, max(_ALWAYS_RARE, int(total * _RARE_SHARE)))
    weights: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, float] = defaultdict(float)
    for term, weight in terms.items():
        found = work.search.ids(term, noun, limit + 1)
        if len(found) > limit:
            continue
        for record in found:
            weights[record] += weight / (1 + math.log(len(found)))
            shared[record] += weight
    enough = [record for record in weights if shared[record] >= _LEAST_TERMS]
    return sorted(enough, key=lambda record: (-weights[record], -record))


def _is_older(one: Entry, entry: Entry) -> bool:
    if one.id == entry.id:
        return False
    return entry.created is None or one.created is None or one.created <= entry.created


def _near_entry(entry: Entry, terms: Mapping[str, float]) -> NearEntry:
    assert entry.created is not None  # every stored entry has it
    return NearEntry(id=entry.id, title=entry.title, created=entry.created, sentence=_sentence(entry.body, terms))


def _sentence(body: str, terms: Mapping[str, float]) -> str:
    """The sentence that holds most of what is shared, the first of them. A line of tags alone tells nothing."""
    found = (found[0].strip() for found in _SENTENCE.finditer(_MARKS.sub("", body[:_READ])))
    sentences = [one.replace("#", "") for one in found if _WORD.search(without_hashtags(one))]
    best = max(sentences, key=lambda one: sum(term in one.casefold() for term in terms), default="").strip()
    return best if len(best) <= _QUOTED else best[: best.rfind(" ", 0, _QUOTED)] + " …"
