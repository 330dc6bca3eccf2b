"""What a person cares about, in the owner's words: interests, asks, and questions kept for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pln.model.contact import Person
from pln.model.marks import Mark, MarkKind, MarkState
from pln.suggest.words import content


@dataclass(frozen=True, slots=True)
class Interest:
    """source: "ask", "interest", "offer" or "question". words: stem to the word as written. mark: of a question."""

    source: str
    text: str
    words: Mapping[str, str]
    mark: Mark | None = None


def interests_of(person: Person, questions: Sequence[Mark] = ()) -> list[Interest]:
    """Asks first, then interests, then open questions; those without a content word left out."""
    named = [("ask", ask, None) for ask in person.asks] + [("interest", text, None) for text in person.interests]
    kept = [("question", mark.text, mark) for mark in questions]
    return list(_read([*named, *kept]))


def offers_of(person: Person) -> list[Interest]:
    """What a person can give, as they said it."""
    return list(_read([("offer", offer, None) for offer in person.offers]))


def _read(found: Iterable[tuple[str, str, Mark | None]]) -> Iterator[Interest]:
    for source, text, mark in found:
        found_words = content(text)
        if found_words:
            yield Interest(source, text, found_words, mark)


def open_questions(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The questions still to be asked, by the person they are for."""
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.kind is MarkKind.QUESTION and mark.state is MarkState.OPEN and mark.person_id is not None:
            found[mark.person_id].append(mark)
    return found
