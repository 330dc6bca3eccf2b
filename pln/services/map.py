"""The Network place: the map in its three ways, and what stands beside it, read in one state of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pln.model.contact import HandleKind
from pln.model.interaction import InteractionKind
from pln.model.suggestion import Candidate, Network
from pln.services.context import Context
from pln.services.network import network_of
from pln.services.read_lessons import read_lessons
from pln.suggest.network_map import GroupKind, MapDot, MapGroup, NetworkMap, Way, network_map
from pln.suggest.reach import Learned, QuietEdge, Reach, learned, quiet_edges, reach, who_should_meet
from pln.suggest.reasons import duration, sentence
from pln.suggest.today import as_of_today

__all__ = [
    "GroupKind",
    "Introduction",
    "Learned",
    "MapDot",
    "MapGroup",
    "NetworkMap",
    "NetworkPage",
    "Quiet",
    "Reach",
    "Way",
    "network_page",
]

_IN_TOUCH = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Two people who might like to meet. names: as one calls them. why: one or two sentences. to: addresses of the
    one to ask first; draft: the letter to them."""

    people: tuple[int, int]
    names: tuple[str, str]
    why: str
    to: tuple[str, ...]
    subject: str
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Somebody who has been quiet. silence: "14 months"."""

    person_id: int
    name: str
    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """people: how many there are. in_touch: with how many there was contact within two years. circles: how many.

    reach, introduction: None where there is too little to say. learned_from: whom one learned from most often, or "".
    """

    people: int
    in_touch: int
    circles: int
    maps: Mapping[Way, NetworkMap]
    reach: Reach | None
    introduction: Introduction | None
    quiet: tuple[Quiet, ...]
    learned: Learned
    learned_from: str


def network_page(ctx: Context) -> NetworkPage:
    """Takes tens of milliseconds with hundreds of people: call it off the main thread."""
    with ctx.store.read() as work:
        network = as_of_today(network_of(work, ctx, texts=False))
        lessons = (*work.meetups.lessons(), *read_lessons(work))
        given = work.interactions.everything()
    pairs = [
        (each.person_id, each.other_id)
        for each in given
        if each.kind is InteractionKind.INTRODUCTION and each.other_id is not None
    ]
    since = network.today - _IN_TOUCH
    last = [log[-1].day for who, log in network.contacts.items() if log and who in network.people]
    found = learned(lessons, network)
    return NetworkPage(
        people=len(network.people),
        in_touch=sum(day >= since for day in last),
        circles=len({name.casefold() for one in network.people.values() for name in one.circles}),
        maps={way: network_map(network, way, pairs) for way in Way},
        reach=reach(network),
        introduction=_introduction(who_should_meet(network), network),
        quiet=tuple(_quiet(edge, network) for edge in quiet_edges(network)),
        learned=found,
        learned_from="" if found.most is None else network.people[found.most].first_name,
    )


def _introduction(found: Candidate | None, network: Network) -> Introduction | None:
    if found is None:
        return None
    one, other = (network.people[who] for who in found.people)
    return Introduction(
        people=(one.id, other.id), names=(one.first_name, other.first_name), why=sentence(found.facts[:1]),
        to=one.of_kind(HandleKind.EMAIL)[:1], subject=found.subject, draft=found.draft,
    )  # fmt: skip


def _quiet(edge: QuietEdge, network: Network) -> Quiet:
    return Quiet(person_id=edge.person_id, name=network.people[edge.person_id].name, silence=duration(edge.silence))
