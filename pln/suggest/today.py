"""Today: from the network to the few steps, the one article, and the explanation of both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nlargest

from pln.model.suggestion import ArticleMatch, Energy, Fact, Network
from pln.suggest.candidates import find_all
from pln.suggest.choose import Choice, Explained, choose
from pln.suggest.match import matches
from pln.suggest.reasons import sentence
from pln.suggest.rhythm import paces

_NAMED = 3


def suggest(network: Network, energy: Energy, found: Sequence[ArticleMatch] | None = None) -> Choice:
    """The steps for the network's day. found: `matches(network)`, where it is at hand already."""
    network = as_of_today(network)
    fits = matches(network) if found is None else found
    return choose(
        find_all(network, paces(network), fits),
        network.responses,
        energy,
        network.today,
        network.people,
        {id_: log[-1].day for id_, log in network.contacts.items() if log},
    )


def as_of_today(network: Network) -> Network:
    """The network without contact that is logged for a later day, so that any day can be looked at."""
    contacts = {
        id_: log if log and log[-1].day <= network.today else tuple(one for one in log if one.day <= network.today)
        for id_, log in network.contacts.items()
    }
    return replace(network, contacts=contacts)


def worth_reading(network: Network, found: Iterable[ArticleMatch]) -> tuple[ArticleMatch, ...] | None:
    """The matches of the one article that fits best, all its people taken together; best first, three at most.

    None where no article fits anybody.
    """
    groups: dict[int, list[ArticleMatch]] = {}
    for match in found:
        groups.setdefault(match.article_id, []).append(match)
    starred = {article.id for article in network.articles if article.starred}
    fits = {id_: nlargest(_NAMED, group, key=lambda one: (one.weight, -one.person_id)) for id_, group in groups.items()}
    if not fits:
        return None
    return tuple(fits[max(fits, key=lambda id_: (math.fsum(one.weight for one in fits[id_]), id_ in starred, id_))])


def explain(choice: Choice) -> list[dict[str, object]]:
    """Every candidate as plain values, those shown first: what, who, why, what it weighed, and why it is not shown."""
    return [_told(one) for one in choice.explained]


def _told(explained: Explained) -> dict[str, object]:
    one = explained.candidate
    return {
        "key": one.key,
        "kind": one.kind.value,
        "people": list(one.people),
        "title": one.title,
        "reason": sentence(one.facts),
        "facts": [_fact(fact) for fact in one.facts],
        "value": round(one.value, 3),
        "weight": round(explained.weight, 3),
        "shown": explained.shown,
        "reason_out": explained.reason_out,
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "text": fact.text,
        "day": fact.day.isoformat() if fact.day else None,
        "quote": fact.quote,
        "ref": {"noun": fact.ref.noun.value, "id": fact.ref.id} if fact.ref else None,
    }
