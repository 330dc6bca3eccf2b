"""What the owner said below an article: not for this person, not about this with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pln.model.suggestion import Response, StepKind, Verdict
from pln.suggest.interests import Interest

_NO_ARTICLE = "0"


@dataclass(frozen=True, slots=True)
class Declined:
    """pairs: (article, person). people: to whom nothing is passed on. topics: (person, words in small letters)."""

    pairs: frozenset[tuple[int, int]]
    people: frozenset[int]
    topics: frozenset[tuple[int, str]]

    def refuses(self, article: int, person: int) -> bool:
        return person in self.people or (article, person) in self.pairs

    def keeps(self, person: int, interests: Iterable[Interest]) -> list[Interest]:
        """The interests of a person without the topics that were declined for them."""
        if not any(who == person for who, _ in self.topics):
            return list(interests)
        known = (one for one in interests if (person, folded(one.text)) not in self.topics)
        return [left for one in known if (left := self._without(person, one)).words]

    def _without(self, person: int, one: Interest) -> Interest:
        words = {stem: word for stem, word in one.words.items() if (person, folded(word)) not in self.topics}
        return one if len(words) == len(one.words) else replace(one, words=words)


def declined(responses: Iterable[Response]) -> Declined:
    """The sum of all that was said."""
    pairs: set[tuple[int, int]] = set()
    topics: set[tuple[int, str]] = set()
    people: set[int] = set()
    for said in responses:
        never = said.verdict is Verdict.NEVER_REASON and said.kind is StepKind.ARTICLE
        if never or said.verdict is Verdict.NEVER_PERSON:
            people.add(said.person_id)
        elif said.kind is StepKind.ARTICLE and said.verdict is Verdict.NOT_THIS:
            _read(said, pairs, topics)
    return Declined(frozenset(pairs), frozenset(people), frozenset(topics))


def pair_key(article: int, person: int) -> str:
    """The key of the step that gives an article to a person, as Today has it."""
    return f"article:{article}:{person}"


def topic_key(person: int, words: str) -> str:
    """No article in particular, but a topic with this person."""
    return f"article:{_NO_ARTICLE}:{person}:{folded(words)}"


def folded(words: str) -> str:
    return " ".join(words.casefold().replace(":", " ").split())


def _read(said: Response, pairs: set[tuple[int, int]], topics: set[tuple[int, str]]) -> None:
    _, _, rest = said.key.partition(":")
    article, _, whom = rest.partition(":")
    _, _, words = whom.partition(":")
    if words and article == _NO_ARTICLE:
        topics.add((said.person_id, words))
    elif article.isdecimal():
        pairs.add((int(article), said.person_id))
