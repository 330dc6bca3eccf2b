"""Four facts about one's own network: how far recent talks reached, whom to bring together, who has been quiet, and
what was learned. They describe the owner and grade nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from pln.model.contact import RhythmWish
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.suggestion import Candidate, Network, Pace
from pln.suggest.candidates import introduction
from pln.suggest.candidates.dormant import is_dormant
from pln.suggest.rhythm import is_paused, paces
from pln.suggest.verdicts import verdicts

_RECENT, _LEAST = 10, 3
_USUAL = timedelta(days=730)
_QUIET_DAYS, _QUIET_TALKS, _QUIET_SHOWN = 182, 2, 5


@dataclass(frozen=True, slots=True)
class Reach:
    """outside of the last `of` conversations were without anybody of the usual circle."""

    outside: int
    of: int
    usual: str


@dataclass(frozen=True, slots=True)
class QuietEdge:
    """Somebody one talked with before and has not for a while. silence: in days."""

    person_id: int
    silence: int


@dataclass(frozen=True, slots=True)
class Learned:
    """lessons: of this quarter, from so many people. most: (person, lessons) of whom one learned most often, if twice.

    ever: all lessons that were noted.
    """

    lessons: int
    people: int
    most: int | None
    ever: int


def reach(network: Network) -> Reach | None:
    """None where there are fewer than three conversations, or no circle among their people."""
    talks = _conversations(network)
    since = network.today - _USUAL
    circles = Counter(
        name for talk in talks if talk.day >= since for name in sorted({*_circles_of(talk, network)})
    )  # fmt: skip
    if len(talks) < _LEAST or not circles:
        return None
    usual = min(circles, key=lambda name: (-circles[name], name.casefold()))
    recent = talks[-_RECENT:]
    return Reach(sum(usual not in _circles_of(talk, network) for talk in recent), len(recent), usual)


def _conversations(network: Network) -> list[Meetup]:
    """With people one still has, oldest first."""
    found = [
        meetup
        for meetup in network.meetups.values()
        if meetup.kind.counts_as_contact and meetup.day <= network.today
        and any(who in network.people for who in meetup.people)
    ]  # fmt: skip
    return sorted(found, key=lambda meetup: (meetup.day, meetup.id))


def _circles_of(meetup: Meetup, network: Network) -> set[str]:
    return {name for who in meetup.people if who in network.people for name in network.people[who].circles}


def who_should_meet(network: Network) -> Candidate | None:
    """The best introduction that the owner has not set aside."""
    said = verdicts(network.responses, network.today)
    fitting = [
        one for one in introduction.find(network, paces(network), ()) if not said.against(one.key, one.kind, one.people)
    ]
    return max(fitting, key=lambda one: (one.value, one.key), default=None)


def quiet_edges(network: Network) -> tuple[QuietEdge, ...]:
    """A handful of people who have been quiet for half a year or more, others each week, by name: no order of worth.

    Left out: people one plans to meet, lets rest, or wants no rhythm with.
    """
    quiet = [
        pace
        for pace in paces(network).values()
        if _is_quiet(pace)
        and pace.person_id not in network.planned
        and network.people[pace.person_id].rhythm_wish is not RhythmWish.NONE
        and not is_paused(network.people[pace.person_id], network.today)
    ]
    year, week, _ = network.today.isocalendar()
    drawn = sorted(quiet, key=lambda pace: blake2b(f"{year}-{week}:{pace.person_id}".encode()).digest())
    shown = sorted(drawn[:_QUIET_SHOWN], key=lambda pace: network.people[pace.person_id].name.casefold())
    return tuple(QuietEdge(pace.person_id, pace.silence or 0) for pace in shown)


def _is_quiet(pace: Pace) -> bool:
    return is_dormant(pace) or (pace.n >= _QUIET_TALKS and (pace.silence or 0) >= _QUIET_DAYS)


def learned(lessons: Sequence[Mark], network: Network) -> Learned:
    """What the owner marked as learned since the quarter began."""
    begin = quarter_begin(network.today)
    recent = [mark for mark in lessons if begin <= mark.made_on <= network.today]
    sources = Counter(who for mark in recent for who in _from_whom(mark, network))
    top = [who for who, times in sources.items() if times > 1 and times == max(sources.values())]
    most = min(top, key=lambda who: network.people[who].name) if len(top) == 1 else None
    return Learned(len(recent), len(sources), most, len(lessons))


def quarter_begin(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _from_whom(mark: Mark, network: Network) -> tuple[int, ...]:
    """The person a lesson is from; of a larger company, everybody who was there."""
    meetup = network.meetups.get(mark.meetup_id)
    found = (mark.person_id,) if mark.person_id is not None else meetup.people if meetup else ()
    return tuple(who for who in found if who in network.people)
