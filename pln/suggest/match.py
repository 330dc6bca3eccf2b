"""Articles that fit a person, by what they ask, care about, talked about and were sent, each with its words.

First every pair of person and article gets a weight (numbers only, fast); then the few pairs kept get their reasons.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain

from pln.model.suggestion import ArticleMatch, Network
from pln.suggest.declined import Declined, declined
from pln.suggest.index import ArticleIndex, index_of, rare
from pln.suggest.interests import Interest, interests_of, open_questions
from pln.suggest.match_reasons import facts
from pln.suggest.passages import PassageLine, passage_lines
from pln.suggest.rhythm import is_paused
from pln.suggest.talks import TalkLine, talk_lines

_WEIGHTS = {"ask": 0.75, "interest": 0.65, "question": 0.45, "talk": 0.16, "given": 0.2}
_LEAST = 0.2
_PEOPLE_AN_ARTICLE = 6
_TALK_WORDS = 20
_LEAST_TALK_WORDS = 2  # one shared word of a talk is chance


@dataclass(frozen=True, slots=True)
class Cares:
    """What one person cares about, with the weight each interest has wherever it is found in full.

    talk: single words of what was said with them, and of what was marked in articles they were sent.
    """

    interests: tuple[tuple[Interest, float], ...]
    talk: tuple[tuple[Interest, float], ...]


def matches(network: Network) -> tuple[ArticleMatch, ...]:
    """All pairs of article and person that fit, best first; at most six people an article.

    Left out: what was given already, a person's own articles, people who rest, what was declined.
    """
    awake = {person.id for person in network.people.values() if not is_paused(person, network.today)}
    if not network.articles or not awake:
        return ()
    lines, given = talk_lines(network, awake), passage_lines(network, awake)
    questions = open_questions(network.marks)
    no = declined(network.responses)
    known = {
        id_: no.keeps(id_, interests_of(network.people[id_], questions.get(id_, ()))) for id_ in sorted(awake)
    }  # fmt: skip
    index = index_of(network.articles, _stems(known, lines, given), _of_phrases(known))
    cares = _cares(index, lines, given, known, no)
    fits: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for person_id, of_person in cares.items():
        for at, weight in _weights(index, of_person).items():
            if weight >= _LEAST and _may_get(network, index, at, person_id, no):
                fits[at].append((weight, -person_id))
    found = [
        _match(network, index, at, weight, cares[-negative], lines, given, -negative)
        for at, of_article in fits.items()
        for weight, negative in nlargest(_PEOPLE_AN_ARTICLE, of_article)
    ]
    return tuple(sorted(found, key=lambda match: (-match.weight, match.article_id, match.person_id)))


def _may_get(network: Network, index: ArticleIndex, at: int, person_id: int, no: Declined) -> bool:
    article = index.articles[at]
    if no.refuses(article.id, person_id):
        return False
    return article.voice_id != person_id and (article.id, person_id) not in network.sent


def _stems(known: Mapping[int, Iterable[Interest]], *lines: Mapping[int, Sequence[TalkLine | PassageLine]]) -> set[str]:
    """Every stem that an article may be asked for."""
    found = {stem for interests in known.values() for interest in interests for stem in interest.words}
    return found.union(*(line.words for kind in lines for of_person in kind.values() for line in of_person))


def _of_phrases(known: Mapping[int, Iterable[Interest]]) -> set[str]:
    """Stems that count, common as they may be, beside a rarer one of the same interest."""
    phrases = (interest.words for interests in known.values() for interest in interests if len(interest.words) > 1)
    return set(chain.from_iterable(phrases))


def _cares(
    index: ArticleIndex,
    lines: Mapping[int, Sequence[TalkLine]],
    given: Mapping[int, Sequence[PassageLine]],
    known: Mapping[int, Sequence[Interest]],
    no: Declined,
) -> dict[int, Cares]:
    popular = Counter(frozenset(interest.words) for interests in known.values() for interest in interests)
    spoken, marked = _rare_words(index, lines), _rare_words(index, given)
    return {
        id_: Cares(
            tuple((one, _weight(index, one) / (1 + math.log(popular[frozenset(one.words)]))) for one in interests),
            tuple(
                (one, _weight(index, one))
                for one in no.keeps(id_, _new_words(spoken.get(id_, {}), marked.get(id_, {}), interests))
            ),
        )
        for id_, interests in known.items()
    }


def _new_words(
    spoken: Mapping[str, str], marked: Mapping[str, str], interests: Iterable[Interest]
) -> Iterator[Interest]:
    counted = {word_stem for interest in interests for word_stem in interest.words}
    for source, words in (("talk", spoken), ("given", marked)):
        for word_stem, word in words.items():
            if word_stem not in counted:
                counted.add(word_stem)
                yield Interest(source, word, {word_stem: word})


def _weight(index: ArticleIndex, interest: Interest) -> float:
    """By where it is known from and how rare its words are; 0 where none of them is rare."""
    limit = rare(len(index.articles))
    if all(len(index.found(word_stem)) > limit for word_stem in interest.words):
        return 0.0
    rarity = math.fsum(index.rarity(word_stem) for word_stem in interest.words) / len(interest.words)
    return _WEIGHTS[interest.source] * rarity


def _weights(index: ArticleIndex, cares: Cares) -> dict[int, float]:
    """How well each article fits. Independent reasons add up, never beyond 1; words of talks alone need company."""
    missed: dict[int, float] = {}
    for interest, weight in cares.interests:
        for at, about in _about(index, interest).items() if weight else ():
            missed[at] = missed.get(at, 1.0) * (1 - weight * about)
    lists = [index.found(word_stem) for interest, _ in cares.talk for word_stem in interest.words]
    times = Counter(chain.from_iterable(lists))
    enough = {at for at, count in times.items() if count >= _LEAST_TALK_WORDS or at in missed}
    for (_, weight), found in zip(cares.talk, lists, strict=True):
        for at in enough & found.keys():
            missed[at] = missed.get(at, 1.0) * (1 - weight * found[at])
    return {at: 1 - miss for at, miss in missed.items()}


def _about(index: ArticleIndex, interest: Interest) -> Mapping[int, float]:
    """How much articles are about an interest, 0 to 1.

    Up to two content words must all be there; of a longer phrase, at least half and never fewer than two.
    """
    if len(interest.words) <= 2:
        return index.holding(interest.words)
    lists = [index.found(word_stem) for word_stem in interest.words]
    times = Counter(chain.from_iterable(lists))
    needed = _needed(interest)
    return {at: _part(lists, at) for at, count in times.items() if count >= needed}


def _part(lists: Sequence[Mapping[int, float]], at: int) -> float:
    return sum(found[at] for found in lists if at in found) / len(lists)


def _rare_words(
    index: ArticleIndex, lines: Mapping[int, Sequence[TalkLine | PassageLine]]
) -> dict[int, dict[str, str]]:
    """For each person the words of their lines that few people and few articles share: stem to the word as written."""
    spoken = {
        id_: {word_stem: word for line in reversed(of_person) for word_stem, word in line.words.items()}
        for id_, of_person in lines.items()
    }
    people = Counter(chain.from_iterable(spoken.values()))
    most_articles, most_people = rare(len(index.articles)), rare(len(spoken))
    kept = {
        word_stem
        for word_stem, count in people.items()
        if count <= most_people and 0 < len(index.found(word_stem)) <= most_articles
    }
    return {
        id_: {
            word_stem: of_person[word_stem]
            for word_stem in nlargest(_TALK_WORDS, kept & of_person.keys(), key=lambda one: (-people[one], one))
        }
        for id_, of_person in spoken.items()
    }


def _match(
    network: Network,
    index: ArticleIndex,
    at: int,
    weight: float,
    cares: Cares,
    lines: Mapping[int, Sequence[TalkLine]],
    given: Mapping[int, Sequence[PassageLine]],
    person_id: int,
) -> ArticleMatch:
    hits = sorted(_hits(index, at, cares), key=lambda hit: -hit[0])
    found = [(interest, stems) for _, interest, stems in hits]
    return ArticleMatch(
        article_id=index.articles[at].id,
        person_id=person_id,
        words=tuple(dict.fromkeys(chain.from_iterable(_said(interest, stems) for interest, stems in found))),
        facts=facts(network, network.people[person_id], found, lines.get(person_id, ()), given.get(person_id, ())),
        weight=weight,
    )


def _hits(index: ArticleIndex, at: int, cares: Cares) -> Iterator[tuple[float, Interest, tuple[str, ...]]]:
    """(weight, interest, the stems of it found) for one article."""
    for interest, weight in cares.interests + cares.talk:
        stems = tuple(stem for stem in interest.words if at in index.found(stem)) if weight else ()
        if stems and len(stems) >= _needed(interest):
            yield weight * _part([index.found(stem) for stem in interest.words], at), interest, stems


def _needed(interest: Interest) -> float:
    return max(min(2, len(interest.words)), len(interest.words) / 2)


def _said(interest: Interest, stems: Sequence[str]) -> tuple[str, ...]:
    """The whole phrase where all of it was found, else the words that were."""
    whole = len(stems) == len(interest.words)
    return (interest.text,) if whole else tuple(interest.words[stem] for stem in stems)
