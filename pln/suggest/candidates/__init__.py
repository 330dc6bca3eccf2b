"""Possible steps, one module a kind. Each has `find(network, paces, matches)` and yields candidates in no order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pln.model.suggestion import ArticleMatch, Candidate, Network, Pace
from pln.suggest.candidates import (
    article,
    birthday,
    dormant,
    introduction,
    promise,
    question,
    rhythm,
    their_promise,
    warm,
)

Finder = Callable[[Network, Mapping[int, Pace], Sequence[ArticleMatch]], Iterator[Candidate]]

FINDERS: tuple[Finder, ...] = (
    promise.find,
    warm.find,
    question.find,
    their_promise.find,
    birthday.find,
    article.find,
    introduction.find,
    rhythm.find,
    dormant.find,
)


def find_all(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """The candidates of every kind."""
    for find in FINDERS:
        yield from find(network, paces, matches)
