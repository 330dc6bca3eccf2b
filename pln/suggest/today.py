"""Today: from the network to the few steps, the one article, and the explanation of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pln.model.suggestion import ArticleMatch, ArticleText, Candidate, Energy, Fact, Network
from pln.suggest.candidates import find_all
from pln.suggest.choose import Choice, choose, weight
from pln.suggest.match import matches
from pln.suggest.reasons import sentence
from pln.suggest.rhythm import paces

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthReading:
    """The one article that fits somebody; fits: its matches, best first, three people at most."""

    article: ArticleText
    fits: tuple[ArticleMatch, ...]


def suggest(network: Network, energy: Energy, found: Sequence[ArticleMatch] | None = None) -> Choice:
    """The steps for the network's day. found: `matches(network)`, where it is at hand already."""
    fits = matches(network) if found is None else found
    return choose(
        find_all(network, paces(network), fits),
        network.responses,
        energy,
        network.today,
        network.people,
        {id_: log[-1].day for id_, log in network.contacts.items() if log},
    )


def worth_reading(network: Network, found: Iterable[ArticleMatch]) -> WorthReading | None:
    """The article that fits best, all the people it fits taken together; None where none fits."""
    groups: dict[int, list[ArticleMatch]] = {}
    for match in found:
        groups.setdefault(match.article_id, []).append(match)
    articles = {article.id: article for article in network.articles if article.id in groups}
    if not articles:
        return None
    fits = {id_: sorted(groups[id_], key=lambda match: (-match.weight, match.person_id))[:_NAMED] for id_ in articles}
    best = max(fits, key=lambda id_: (sum(match.weight for match in fits[id_]), articles[id_].starred, id_))
    return WorthReading(article=articles[best], fits=tuple(fits[best]))


def explain(choice: Choice, network: Network) -> list[dict[str, object]]:
    """Every candidate as plain values, those shown first: what, who, why, what it weighed, and why it is not shown."""
    shown = [_told(one, weight(one, network.today), "") for one in choice.shown]
    return shown + [_told(one.candidate, one.weight, one.reason_out) for one in choice.explained]


def _told(one: Candidate, weighed: float, reason_out: str) -> dict[str, object]:
    return {
        "key": one.key,
        "kind": one.kind.value,
        "people": list(one.people),
        "title": one.title,
        "reason": sentence(one.facts),
        "facts": [_fact(fact) for fact in one.facts],
        "value": round(one.value, 3),
        "weight": round(weighed, 3),
        "shown": not reason_out,
        "reason_out": reason_out,
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "text": fact.text,
        "day": fact.day.isoformat() if fact.day else None,
        "quote": fact.quote,
        "ref": {"noun": fact.ref.noun.value, "id": fact.ref.id} if fact.ref else None,
    }
