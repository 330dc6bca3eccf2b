"""Why an article fits a person, as facts: what they care about, and the line of the talk in which it came up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.meetup import spoken_list
from pln.model.suggestion import Fact, Network
from pln.suggest.interests import Interest
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import on_day
from pln.suggest.talks import TalkLine, line_about

_MOST = 3


def facts(
    network: Network,
    person: Person,
    found: Sequence[tuple[Interest, Collection[str]]],
    lines: Mapping[int, Sequence[TalkLine]],
) -> tuple[Fact, ...]:
    """At most three facts for what was found, the weightiest first; the single words of talks become one fact."""
    own = lines.get(person.id, ())
    kept = [interest for interest, _ in found if interest.source != "talk"][:_MOST]
    named = [_named(network, person, interest, own) for interest in kept]
    talk = [(interest.text, stem) for interest, stems in found if interest.source == "talk" for stem in stems]
    return tuple(([*named, _talked(network, talk, own)] if talk else named)[:_MOST])


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
