"""Which words stand in which articles, and how rare each is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pln.model.suggestion import ArticleText
from pln.suggest.words import Wanted, counted

_CHARACTERS = 2_000  # what an article is about stands near its beginning
_IN_TITLE = 1.0
_IN_TEXT = (0.0, 0.4, 0.55, 0.7, 0.85)  # by the number of times; five are as good as a title
_ALIKE = len(_IN_TEXT)
_RARE_SHARE = 0.1  # what stands in more than a tenth of all articles, or of all people's talks, says little
_ALWAYS_RARE = 3


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """postings: stem to {position of the article: how much the article is about it, 0 to 1}."""

    articles: Sequence[ArticleText]
    postings: dict[str, dict[int, float]]

    def rarity(self, word_stem: str) -> float:
        """0 for a stem that stands in every article, near 1 for one that stands in a single article of many."""
        size = len(self.articles)
        found = len(self.found(word_stem))
        return math.log((1 + size) / max(1, found)) / math.log(1 + size) if size else 0.0

    def found(self, word_stem: str) -> Mapping[int, float]:
        """The articles that hold a stem, with how much they are about it."""
        return self.postings.get(word_stem, {})

    def holding(self, word_stems: Iterable[str]) -> Mapping[int, float]:
        """Articles that hold every one of the stems, with how much they are about the least prominent of them."""
        lists = sorted((self.found(word_stem) for word_stem in word_stems), key=len)
        if not lists:
            return {}
        first, *others = lists
        if not others:
            return first
        return {
            at: min(about, *(other[at] for other in others))
            for at, about in first.items()
            if all(at in other for other in others)
        }


def index_of(articles: Sequence[ArticleText], stems: Collection[str], whole: Collection[str]) -> ArticleIndex:
    """Read every article's title and the beginning of its text for these stems; of all others nothing is kept.

    Of a stem that is not rare no more articles are kept than show it, unless it is one of `whole`.
    """
    wanted, enough = Wanted(stems), rare(len(articles)) + 1
    postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for at, article in enumerate(articles):
        for word_stem, about in _prominence(article, wanted).items():
            found = postings[word_stem]
            if len(found) < enough or word_stem in whole:
                found[at] = about
    return ArticleIndex(articles, dict(postings))


def rare(size: int) -> int:
    """The most of so many articles or people that may share a word for it to say anything."""
    return max(_ALWAYS_RARE, int(size * _RARE_SHARE))


def _prominence(article: ArticleText, wanted: Wanted) -> dict[str, float]:
    found = {
        word_stem: _IN_TEXT[times] if times < _ALIKE else _IN_TITLE
        for word_stem, times in counted(article.text[:_CHARACTERS], wanted).items()
    }
    found.update(dict.fromkeys(counted(article.title, wanted), _IN_TITLE))
    return found
