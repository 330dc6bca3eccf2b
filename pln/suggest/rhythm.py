"""The pace of each relation, derived from the log of real contact.

Pauses between contacts are taken as log-normal. The mean of a relation with few of them is pulled towards the owner's
own mean over all relations, or towards the rhythm that was wished for. Nothing of this is stored: it is worked out
from the log each time it is shown, so that it can never be late.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pln.model.contact import Person, RhythmWish
from pln.model.interaction import Contact, InteractionKind
from pln.model.suggestion import Network, Pace
from pln.suggest.reasons import calendar_day, every

WISHED = {RhythmWish.OFTEN: 21.0, RhythmWish.SEASONAL: 91.0, RhythmWish.YEARLY: 365.0}
_NO_DATE = (RhythmWish.NONE, RhythmWish.WHEN_IT_FITS)
_BEFORE_ANY_LOG = math.log(42.0)
_BEFORE_ANY_LOG_SPREAD = 0.6
_BEFORE_ANY_LOG_WEIGHT = 8
_PRIOR_WEIGHT = 2.0
_WISH_WEIGHT = 4.0
_SPREAD_WEIGHT = 4.0
_Z_70 = 0.524  # the normal quantile at 70 %; its mirror is the one at 30 %
_ECHOES = frozenset(InteractionKind)
_ECHO_DAYS = 3


@dataclass(frozen=True, slots=True)
class Prior:
    """The owner's usual pause over all relations: mean and standard deviation of the log of the days."""

    mean: float = _BEFORE_ANY_LOG
    spread: float = _BEFORE_ANY_LOG_SPREAD


def owner_prior(contacts: Mapping[int, Sequence[Contact]]) -> Prior:
    """Learnt from every pause in the log; with few of them it stays near six weeks."""
    by_person = [_log_gaps(log) for log in contacts.values()]
    pauses = [pause for gaps in by_person for pause in gaps]
    weight = len(pauses) + _BEFORE_ANY_LOG_WEIGHT
    mean = (math.fsum(pauses) + _BEFORE_ANY_LOG_WEIGHT * _BEFORE_ANY_LOG) / weight
    inner = math.fsum(_squares(gaps) for gaps in by_person)
    freedom = sum(max(0, len(gaps) - 1) for gaps in by_person)
    variance = (inner + _BEFORE_ANY_LOG_WEIGHT * _BEFORE_ANY_LOG_SPREAD**2) / (freedom + _BEFORE_ANY_LOG_WEIGHT)
    return Prior(mean, math.sqrt(variance))


def _squares(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def days_of_contact(contacts: Iterable[Contact]) -> list[date]:
    """The days with contact, oldest first, each once."""
    return sorted({contact.day for contact in contacts})


def beats(contacts: Iterable[Contact]) -> list[date]:
    """The days that make the rhythm: a thank-you or an article shortly after a meetup belongs to that meetup."""
    found: list[date] = []
    for day, kinds in _kinds_by_day(contacts):
        echo = found and (day - found[-1]).days <= _ECHO_DAYS and kinds <= _ECHOES
        if not echo:
            found.append(day)
    return found


def _kinds_by_day(contacts: Iterable[Contact]) -> list[tuple[date, set[str]]]:
    days: dict[date, set[str]] = {}
    for contact in contacts:
        days.setdefault(contact.day, set()).add(contact.kind)
    return sorted(days.items(), key=lambda item: item[0])


def _log_gaps(contacts: Iterable[Contact]) -> list[float]:
    days = beats(contacts)
    return [math.log((later - earlier).days) for earlier, later in pairwise(days)]


def pace(
    person: Person, contacts: Sequence[Contact], today: date, prior: Prior, resumed_on: date | None = None
) -> Pace:
    """How often two people are in touch, and when the next time would be usual.

    A person paused until later has no range. After a pause, of the app or of the person, the range starts at its end.
    """
    known = [contact for contact in contacts if contact.day <= today]
    days = days_of_contact(known)
    if not days:
        return Pace(person_id=person.id, n=0, gap=WISHED.get(person.rhythm_wish), silence=None, expected=None)
    mean, spread = _distribution(_log_gaps(known), person.rhythm_wish, prior)
    gap = math.exp(mean)
    silence = (today - days[-1]).days
    if person.rhythm_wish in _NO_DATE or is_paused(person, today):
        return Pace(person_id=person.id, n=len(days), gap=gap, silence=silence, expected=None)
    start = _restart(days[-1], person, today, resumed_on)
    width = math.exp(_Z_70 * spread)
    earliest, around, latest = (start + timedelta(days=round(gap * factor)) for factor in (1 / width, 1, width))
    return Pace(
        person_id=person.id, n=len(days), gap=gap, silence=silence, expected=(earliest, latest), around=around
    )  # fmt: skip


def _distribution(gaps: Sequence[float], wish: RhythmWish, prior: Prior) -> tuple[float, float]:
    """Mean and standard deviation of the next log pause."""
    wished = WISHED.get(wish)
    pull, weight = (prior.mean, _PRIOR_WEIGHT) if wished is None else (math.log(wished), _WISH_WEIGHT)
    mean = (math.fsum(gaps) + weight * pull) / (len(gaps) + weight)
    variance = (_squares(gaps) + _SPREAD_WEIGHT * prior.spread**2) / (max(0, len(gaps) - 1) + _SPREAD_WEIGHT)
    return mean, math.sqrt(variance * (1 + 1 / (len(gaps) + weight)))


def is_paused(person: Person, today: date) -> bool:
    """A pause lasts until the day before `paused_until`."""
    return person.paused_until is not None and today < person.paused_until


def _restart(last: date, person: Person, today: date, resumed_on: date | None) -> date:
    ends = [end for end in (person.paused_until, resumed_on) if end is not None and end <= today]
    return max([last, *ends])


def paces(network: Network) -> dict[int, Pace]:
    """The pace of every person of the network, by id."""
    prior = owner_prior(network.contacts)
    return {
        person.id: pace(person, network.contacts.get(person.id, ()), network.today, prior, network.resumed_on)
        for person in network.people.values()
    }


def rhythm_words(pace: Pace, today: date) -> str:
    """ "About every 5 weeks. Next: around 17 December." Never a lateness: past the range, any day will do."""
    if pace.n == 0:
        return "Not in touch yet."
    if pace.gap is None or pace.expected is None or pace.around is None:
        return "Whenever it fits."
    often = "In touch once so far." if pace.n == 1 else f"About {every(pace.gap)}."
    return f"{often} {_next(pace.expected, pace.around, today)}"


def _next(expected: tuple[date, date], around: date, today: date) -> str:
    earliest, latest = expected
    if today > latest:
        return "Next: any day you like."
    if today >= earliest:
        return "Next: around now."
    return f"Next: around {calendar_day(around, today)}."


def bars(contacts: Iterable[Contact], today: date, months: int = 12) -> tuple[int, ...]:
    """Days of contact in each of the last calendar months, oldest first; the last one is the month of `today`."""
    counts = [0] * months
    for day in days_of_contact(contacts):
        back = (today.year - day.year) * 12 + today.month - day.month
        if 0 <= back < months and day <= today:
            counts[months - 1 - back] += 1
    return tuple(counts)
