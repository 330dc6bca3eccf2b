"""Why an article fits a person, as facts: what they care about, and the talk or the passage in which it came up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.meetup import spoken_list
from pln.model.suggestion import Fact, Network
from pln.suggest.interests import Interest
from pln.suggest.passages import PassageLine
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import on_day
from pln.suggest.talks import TalkLine, line_about

_MOST = 3


def facts(
    network: Network,
    person: Person,
    found: Sequence[tuple[Interest, Collection[str]]],
    lines: Sequence[TalkLine],
    given: Sequence[PassageLine] = (),
) -> tuple[Fact, ...]:
    """At most three facts for what was found, the weightiest first; the single words of talks become one fact.

    lines, given: what was said with this person, and what was marked in articles they were sent, newest first.
    """
    kept = [interest for interest, _ in found if interest.source not in ("talk", "given")][:_MOST]
    named = [_named(network, person, interest, lines) for interest in kept]
    talk, marked = _single_words(found, "talk"), _single_words(found, "given")
    named += [_talked(network, talk, lines)] if talk else []
    named += [_marked(network, person, marked, given)] if marked else []
    return tuple(named[:_MOST])


def _single_words(found: Sequence[tuple[Interest, Collection[str]]], source: str) -> list[tuple[str, str]]:
    """(the word as written, its stem) of those known from there."""
    return [(interest.text, stem) for interest, stems in found if interest.source == source for stem in stems]


def _named(network: Network, person: Person, interest: Interest, lines: Sequence[TalkLine]) -> Fact:
    name = person.first_name
    if interest.mark is not None:
        day = on_day(interest.mark.made_on, network.today)
        return Fact(
            text=f"You noted {day} what you would like to ask {name}",
            day=interest.mark.made_on,
            quote=interest.text,
            ref=Ref(Noun.MEETUP, interest.mark.meetup_id),
        )
    line = line_about(lines, tuple(interest.words))
    asked = interest.source == "ask"
    if line is None:
        text = f"{name} is looking for {interest.text}" if asked else f"{name} cares about {interest.text}"
        return Fact(text=text, ref=Ref(Noun.PERSON, person.id))
    day = on_day(line.meetup.day, network.today)
    text = f"{name} asked about {interest.text} {day}" if asked else f"You talked about {interest.text} {day}"
    return Fact(text=text, day=line.meetup.day, quote=line.text, ref=Ref(Noun.MEETUP, line.meetup.id))


def _talked(network: Network, spoken: Sequence[tuple[str, str]], lines: Sequence[TalkLine]) -> Fact:
    line = next(line for line in lines if any(stem in line.words for _, stem in spoken))
    text = f"{spoken_list(tuple(word for word, _ in spoken[:3]))} came up {OVER[line.meetup.kind]}"
    return Fact(
        text=f"{text[:1].upper()}{text[1:]} {on_day(line.meetup.day, network.today)}",
        day=line.meetup.day,
        quote=line.text,
        ref=Ref(Noun.MEETUP, line.meetup.id),
    )


def _marked(
    network: Network, person: Person, words: Sequence[tuple[str, str]], given: Sequence[PassageLine]
) -> Fact:  # fmt: skip
    """The passage that holds the most of the words, and those of them that it holds."""
    line = max(given, key=lambda line: sum(stem in line.words for _, stem in words))
    said = tuple(word for word, stem in words if stem in line.words)
    day = on_day(line.passage.day, network.today)
    return Fact(
        text=f"You marked {spoken_list(said[:3])} in an article you sent {person.first_name} {day}",
        day=line.passage.day,
        quote=line.passage.quote,
        ref=Ref(Noun.ARTICLE, line.passage.article_id),
    )
