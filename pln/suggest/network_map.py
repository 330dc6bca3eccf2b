"""The map of the network: everybody once, grouped by circle, by shared interest, or by the time of last contact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, groupby

from pln.model.contact import Person
from pln.model.meetup import Meetup
from pln.model.suggestion import Network
from pln.suggest.map_layout import Member, Placed, bands, clouds
from pln.suggest.reasons import long_ago
from pln.suggest.rhythm import days_of_contact

_SHOWN = 8  # groups with a name of their own
_MOST_GROUPS = 3  # of one person
_LARGE = 12  # a company so large is no meeting of each with each
_SIZES = (0, 2, 5)  # days of contact up to which a dot is of the first, second, third size
_SINCE = (31, 92, 366)


class Way(StrEnum):
    CIRCLES = "circles"
    INTERESTS = "interests"
    TIME = "time"


class GroupKind(StrEnum):
    """NAMED has a name; the words for the others are the window's."""

    NAMED = "named"
    OTHERS = "others"
    NONE = "none"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    LONGER = "longer"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGroup:
    """x, y: of the middle of its label, from 0 to 1. above: the label stands above its people, else below."""

    kind: GroupKind
    name: str
    size: int
    x: float
    y: float
    above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDot:
    """A person. x, y: from 0 to 1. size: 0 to 3 by days of contact. groups: numbers, the main one first.

    last: how long ago the last contact was, "" for none.
    """

    person_id: int
    name: str
    first_name: str
    x: float
    y: float
    size: int
    groups: tuple[int, ...]
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMap:
    """dots: group by group, in each those with most contact first. lines: ids of people who know each other."""

    way: Way
    groups: tuple[MapGroup, ...] = ()
    dots: tuple[MapDot, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()


def network_map(network: Network, way: Way, introduced: Iterable[tuple[int, int]] = ()) -> NetworkMap:
    """Place everybody. introduced: pairs of ids whom the owner brought together."""
    days = {who: len(days_of_contact(log)) for who, log in network.contacts.items()}
    people = sorted(network.people.values(), key=lambda one: (-days.get(one.id, 0), one.id))
    if way is Way.TIME:
        heads, members, placed = _by_time(people, network)
    else:
        heads, members, placed = _by_words(people, _circles if way is Way.CIRCLES else _interests)
    groups = tuple(_group(number, head, members, placed) for number, head in enumerate(heads))
    dots = (_dot(network, days, member, placed) for member in members)
    lines = () if way is Way.TIME else tuple(sorted(_acquainted(network, introduced)))
    in_order = sorted(dots, key=lambda dot: (dot.groups[0], -days.get(dot.person_id, 0), dot.person_id))
    return NetworkMap(way=way, groups=groups, dots=tuple(in_order), lines=lines)


_Head = tuple[GroupKind, str]
_Grouped = tuple[list[_Head], list[Member], Placed]


def _circles(person: Person) -> Sequence[str]:
    return person.circles


def _interests(person: Person) -> Sequence[str]:
    return person.interests


def _by_words(people: Sequence[Person], words_of: Callable[[Person], Sequence[str]]) -> _Grouped:
    """Groups by the words that most people share; the rest together, and those without a word."""
    sizes, spelling = _counted(people, words_of)
    alone = words_of is _circles  # a circle may have one person, a shared interest has two
    wanted = [word for word, size in _largest(sizes) if alone or size > 1][:_SHOWN]
    order = _neighbours(wanted, people, words_of)
    keys = {word: number for number, word in enumerate(order)}
    mine = {person.id: _groups_of(words_of(person), keys) for person in people}
    heads: list[_Head] = [(GroupKind.NAMED, spelling[word]) for word in order]
    for kind, belongs in _rests(alone):
        left = [one.id for one in people if not mine[one.id] and belongs(words_of(one))]
        if left:
            mine.update(dict.fromkeys(left, (len(heads),)))
            heads.append((kind, ""))
    members = [Member(person.id, mine[person.id]) for person in people]
    return heads, members, clouds(members, len(heads))


def _rests(circles: bool) -> tuple[tuple[GroupKind, Callable[[Sequence[str]], bool]], ...]:
    if circles:
        return (GroupKind.OTHERS, bool), (GroupKind.NONE, lambda words: not words)
    return ((GroupKind.NONE, lambda _words: True),)


def _counted(
    people: Sequence[Person], words_of: Callable[[Person], Sequence[str]]
) -> tuple[Counter[str], dict[str, str]]:
    spelling: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    for person in sorted(people, key=lambda one: one.id):
        for word in words_of(person):
            spelling.setdefault(word.casefold(), word)
        sizes.update({word.casefold() for word in words_of(person)})
    return sizes, spelling


def _largest(sizes: Counter[str]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))


def _neighbours(
    words: Sequence[str], people: Sequence[Person], words_of: Callable[[Person], Sequence[str]]
) -> list[str]:
    """The largest first, then each time the one that shares most people with the last: lines stay short."""
    holders = {word: {one.id for one in people if word in map(str.casefold, words_of(one))} for word in words}
    left = list(words)
    order: list[str] = []
    while left:
        last = holders[order[-1]] if order else set()
        best = max(left, key=lambda word: (len(holders[word] & last), len(holders[word]), word))
        left.remove(best)
        order.append(best)
    return order


def _groups_of(words: Iterable[str], keys: Mapping[str, int]) -> tuple[int, ...]:
    found = dict.fromkeys(keys[word.casefold()] for word in words if word.casefold() in keys)
    return tuple(found)[:_MOST_GROUPS]


def _by_time(people: Sequence[Person], network: Network) -> _Grouped:
    silence = {one.id: _silence(network, one.id) for one in people}
    kinds = (GroupKind.MONTH, GroupKind.SEASON, GroupKind.YEAR, GroupKind.LONGER, GroupKind.NEVER)
    ordered = sorted(people, key=lambda one: (_band(silence[one.id]), silence[one.id] or 0, one.id))
    blocks = [(band, [one.id for one in found]) for band, found in groupby(ordered, lambda one: _band(silence[one.id]))]
    heads: list[_Head] = [(kinds[band], "") for band, _ in blocks]
    members = [Member(who, (number,)) for number, (_, ids) in enumerate(blocks) for who in ids]
    return heads, members, bands([ids for _, ids in blocks])


def _silence(network: Network, who: int) -> int | None:
    days = [day for day in days_of_contact(network.contacts.get(who, ())) if day <= network.today]
    return (network.today - days[-1]).days if days else None


def _band(silence: int | None) -> int:
    return len(_SINCE) + 1 if silence is None else sum(silence > limit for limit in _SINCE)


def _group(number: int, head: _Head, members: Sequence[Member], placed: Placed) -> MapGroup:
    above = placed.centres[number][1] <= 0.5 or len(placed.centres) < 3
    return MapGroup(
        kind=head[0], name=head[1], size=sum(number in member.groups for member in members),
        x=placed.centres[number][0], y=placed.tops[number] if above else placed.bottoms[number], above=above,
    )  # fmt: skip


def _dot(network: Network, days: Mapping[int, int], member: Member, placed: Placed) -> MapDot:
    person, (x, y) = network.people[member.id], placed.spots[member.id]
    log = network.contacts.get(member.id)
    return MapDot(
        person_id=member.id, name=person.name, first_name=person.first_name, x=x, y=y,
        size=sum(days.get(member.id, 0) > limit for limit in _SIZES), groups=member.groups,
        last=long_ago(min(log[-1].day, network.today), network.today) if log else "",
    )  # fmt: skip


def _acquainted(network: Network, introduced: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs that met in small company or were introduced, the lower id first."""
    pairs = {(low, high) for meetup in network.meetups.values() if _is_small(meetup) for low, high in _pairs(meetup)}
    pairs |= {_sorted(one.id, one.introduced_by) for one in network.people.values() if one.introduced_by is not None}
    pairs |= {_sorted(one, other) for one, other in introduced}
    return {(low, high) for low, high in pairs if low != high and low in network.people and high in network.people}


def _is_small(meetup: Meetup) -> bool:
    return meetup.kind.counts_as_contact and len(meetup.people) <= _LARGE


def _pairs(meetup: Meetup) -> Iterator[tuple[int, int]]:
    return combinations(sorted(set(meetup.people)), 2)


def _sorted(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
