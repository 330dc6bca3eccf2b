"""Two people who have not met and might like to: what one asks the other offers, or they share something rare."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.suggestion import ArticleMatch, Candidate, Fact, Network, Pace, StepAction, StepKind
from pln.suggest.interests import Interest, interests_of, offers_of
from pln.suggest.phrasing import letter
from pln.suggest.reasons import on_day, shortened, spoken_words
from pln.suggest.rhythm import is_paused
from pln.suggest.talks import TalkLine, line_about, talk_lines

_MOST = 12
_BASE, _BY_FIT = 0.45, 0.3
_SHARED_BY = 5  # an interest of more people than this is no reason to bring two of them together
_ASK_FITS = 0.5
_ONE_SHARED, _TWO_SHARED = 0.35, 0.55


@dataclass(frozen=True, slots=True)
class _Pair:
    """giver is asked first; asker is the one who looks for something. ask is empty where they only share interests."""

    giver: Person
    asker: Person
    shared: tuple[str, ...]
    ask: Interest | None
    offer: Interest | None
    fit: float


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """The dozen best pairs among people one has been in touch with."""
    people = {
        person.id: person
        for person in network.people.values()
        if network.contacts.get(person.id) and not is_paused(person, network.today)
    }
    strangers = _Strangers(network)
    pairs = [pair for pair in _pairs(people) if strangers.are(pair.giver, pair.asker)]
    best = nlargest(_MOST, pairs, key=lambda pair: (pair.fit, -pair.giver.id, -pair.asker.id))
    lines = talk_lines(network, {id_ for pair in best for id_ in (pair.giver.id, pair.asker.id)})
    for pair in best:
        yield _step(pair, network, lines)


class _Strangers:
    """Who has met whom, as far as the log, the meetups and the people's own records tell."""

    def __init__(self, network: Network) -> None:
        self._met: defaultdict[int, set[int]] = defaultdict(set)
        for id_, log in network.contacts.items():
            self._met[id_].update(other for contact in log for other in contact.company)
        for meetup in network.meetups.values():
            if len(meetup.people) > 1:
                for id_ in meetup.people:
                    self._met[id_].update(meetup.people)

    def are(self, one: Person, other: Person) -> bool:
        if other.id in self._met[one.id] or one.id in self._met[other.id]:
            return False
        if one.introduced_by == other.id or other.introduced_by == one.id:
            return False
        return not one.org or one.org.casefold() != other.org.casefold()


def _pairs(people: Mapping[int, Person]) -> Iterator[_Pair]:
    """Each pair with anything in common once, with everything that speaks for it."""
    asks, shared = _answered_asks(people), _shared_interests(people)
    for low, high in sorted(asks.keys() | shared.keys()):
        words = tuple(shared.get((low, high), ()))
        giver, asker, ask, offer, answer = asks.get((low, high), (low, high, None, None, 0.0))
        common = 0.0 if not words else _ONE_SHARED if len(words) == 1 else _TWO_SHARED
        fit = 1 - (1 - answer) * (1 - common)
        yield _Pair(people[giver], people[asker], words, ask, offer, fit)


def _shared_interests(people: Mapping[int, Person]) -> dict[tuple[int, int], list[str]]:
    """The rare interests that two people share, in the words of the one with the lower id."""
    holders: defaultdict[frozenset[str], dict[int, str]] = defaultdict(dict)
    for id_ in sorted(people):
        for interest in interests_of(people[id_]):
            if interest.source == "interest":
                holders[frozenset(interest.words)].setdefault(id_, interest.text)
    pairs: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for of_interest in holders.values():
        if 2 <= len(of_interest) <= _SHARED_BY:
            ids = list(of_interest)
            for at, low in enumerate(ids):
                for high in ids[at + 1 :]:
                    pairs[low, high].append(of_interest[low])
    return pairs


_Answer = tuple[int, int, Interest, Interest, float]


def _answered_asks(people: Mapping[int, Person]) -> dict[tuple[int, int], _Answer]:
    """Asks that an offer answers: (lower id, higher id) to (giver, asker, ask, offer, how well)."""
    offers: defaultdict[str, list[tuple[int, Interest]]] = defaultdict(list)
    for person in people.values():
        for offer in offers_of(person):
            for stem in offer.words:
                offers[stem].append((person.id, offer))
    rarity = {stem: 1 / (1 + math.log(len(found))) for stem, found in offers.items()}
    best: dict[tuple[int, int], _Answer] = {}
    for person in people.values():
        for ask in interests_of(person):
            for giver, offer, answer in _answers(ask, offers, rarity) if ask.source == "ask" else ():
                pair = (min(giver, person.id), max(giver, person.id))
                if giver != person.id and (pair not in best or answer > best[pair][4]):
                    best[pair] = (giver, person.id, ask, offer, answer)
    return best


def _answers(
    ask: Interest, offers: Mapping[str, Iterable[tuple[int, Interest]]], rarity: Mapping[str, float]
) -> Iterator[tuple[int, Interest, float]]:
    """Offers that hold half of the shorter side's words; weighted by how rare the common words are among offers."""
    near = {(id_, offer.text): offer for stem in ask.words for id_, offer in offers.get(stem, ())}
    for (id_, _), offer in near.items():
        common = ask.words.keys() & offer.words.keys()
        share = len(common) / min(len(ask.words), len(offer.words))
        if share >= _ASK_FITS:
            yield id_, offer, 0.4 + 0.4 * share * max(rarity[stem] for stem in common)


def _step(pair: _Pair, network: Network, lines: Mapping[int, Sequence[TalkLine]]) -> Candidate:
    giver, asker = pair.giver.first_name, pair.asker.first_name
    low, high = sorted((pair.giver.id, pair.asker.id))
    return Candidate(
        key=f"introduction:{low}:{high}",
        kind=StepKind.INTRODUCTION,
        people=(pair.giver.id, pair.asker.id),
        title=f"Introduce {giver} to {asker}",
        chip="Introduction",
        facts=tuple(_facts(pair, network, lines)),
        action=StepAction.INTRODUCE,
        action_label="Draft an introduction",
        value=_BASE + _BY_FIT * pair.fit,
        draft=_draft(pair),
        subject="Somebody you might enjoy meeting",
        ref=Ref(Noun.PERSON, pair.asker.id),
    )


def _facts(pair: _Pair, network: Network, lines: Mapping[int, Sequence[TalkLine]]) -> Iterator[Fact]:
    ref = Ref(Noun.PERSON, pair.giver.id)
    if pair.shared:
        yield Fact(
            text=f"Both care about {spoken_words(pair.shared)}, and as far as you noted they have not met", ref=ref
        )
    if pair.ask:
        yield _asked(pair.asker, pair.ask, network, lines.get(pair.asker.id, ()))
    if pair.offer:
        yield Fact(text=f"{pair.giver.first_name} can offer {shortened(pair.offer.text, 80)}", ref=ref)
    if not pair.shared:
        yield Fact(text="As far as you noted, they have not met", ref=ref)


def _asked(asker: Person, ask: Interest, network: Network, lines: Sequence[TalkLine]) -> Fact:
    line = line_about(lines, tuple(ask.words))
    wanted = shortened(ask.text, 80)
    if line is None:
        return Fact(text=f"{asker.first_name} is looking for {wanted}", ref=Ref(Noun.PERSON, asker.id))
    return Fact(
        text=f"{asker.first_name} asked you {on_day(line.meetup.day, network.today)} for {wanted}",
        day=line.meetup.day,
        quote=line.text,
        ref=Ref(Noun.MEETUP, line.meetup.id),
    )


def _draft(pair: _Pair) -> str:
    """To the giver alone and without a name: both are asked before either is named."""
    about = spoken_words(pair.shared)
    first = "I know somebody who might enjoy a conversation with you, and you with them."
    return letter(
        pair.giver.first_name,
        f"{first} You both care about {about}." if about else first,
        f"They are looking for {shortened(pair.ask.text, 120)}." if pair.ask else "",
        "Would you like to hear from them? No is fine, of course; then I will not mention it.",
    )
