"""The few steps for today: what the owner said before, one for a person, variety, and a budget that is never passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from pln.model.contact import Person
from pln.model.suggestion import Candidate, Energy, Response, StepKind
from pln.suggest.rhythm import is_paused
from pln.suggest.verdicts import done_on, verdicts

_SAME_KIND, _SAME_CIRCLE = 0.16, 0.08
_TURN = 0.05  # how far a week's turn can lift a step
_MORE = 6
_EXPLORING = (StepKind.DORMANT, StepKind.INTRODUCTION)
_JUST_MET = timedelta(days=2)
_JUST_ADDED = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A candidate and why it is not shown ("" where it is). weight: its value with the week's turn."""

    candidate: Candidate
    reason_out: str
    weight: float

    @property
    def shown(self) -> bool:
        return not self.reason_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """shown: the steps of today. more: what else could be, one a person, a handful at most.

    explained: every candidate, those shown first.
    """

    shown: tuple[Candidate, ...]
    more: tuple[Candidate, ...]
    explained: tuple[Explained, ...]

    @property
    def waiting(self) -> int:
        return len(self.more)


def choose(
    candidates: Iterable[Candidate],
    responses: Sequence[Response],
    energy: Energy,
    today: date,
    people: Mapping[int, Person],
    last_contact: Mapping[int, date],
) -> Choice:
    """Pick at most `energy.steps` steps, fewer by those already done today. The same input gives the same list all day.

    last_contact: the day of the last real contact, by person id; people without one are missing from it.
    """
    rules = _Rules(responses, today, people, last_contact)
    found = _once(candidates)
    weights = {one.key: weight(one, today) for one in found}
    ordered = sorted(found, key=lambda one: (-weights[one.key], *_tie(one.key, today)))
    out = {one.key: rules.against(one) for one in ordered}
    able = [one for one in ordered if not out[one.key]]
    shown = _pick(able, max(0, energy.steps - done_on(responses, today)), rules, weights)
    more = _others(able, shown, rules)
    rest = (one for one in ordered if one not in shown)
    explained = [
        *(Explained(candidate=one, reason_out="", weight=weights[one.key]) for one in shown),
        *(
            Explained(candidate=one, reason_out=out[one.key] or _why_waiting(one, shown, more), weight=weights[one.key])
            for one in rest
        ),
    ]
    return Choice(shown=tuple(shown), more=tuple(more), explained=tuple(explained))


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a key: the weightiest, whatever their order."""
    found: dict[str, Candidate] = {}
    for one in candidates:
        if one.key not in found or _strength(one) > _strength(found[one.key]):
            found[one.key] = one
    return list(found.values())


def _strength(one: Candidate) -> tuple[float, str, tuple[int, ...], str]:
    return one.value, one.kind, one.people, one.title


def weight(one: Candidate, today: date) -> float:
    """The value, with a small lift whose turn comes to another person each week, so that nobody is always last."""
    year, week, _ = today.isocalendar()
    return one.value + _TURN * _fraction(f"{year}-{week}:{one.people[0] if one.people else one.key}")


def _tie(key: str, today: date) -> tuple[float, str]:
    return _fraction(f"{today.isoformat()}:{key}"), key


def _fraction(text: str) -> float:
    """A number from 0 to 1 that looks random and is always the same for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest()) / 2**48


class _Rules:
    """Who may be suggested at all today."""

    def __init__(
        self,
        responses: Sequence[Response],
        today: date,
        people: Mapping[int, Person],
        last_contact: Mapping[int, date],
    ) -> None:
        self.today = today
        self.people = people
        self.last_contact = last_contact
        self.verdicts = verdicts(responses, today)

    def against(self, one: Candidate) -> str:
        """Why a step cannot be shown today, empty where it can."""
        if not one.people or any(id_ not in self.people for id_ in one.people):
            return "the person is not there any more"
        if said := self.verdicts.against(one.key, one.kind, one.people):
            return said
        if any(is_paused(self.people[id_], self.today) for id_ in one.people):
            return "paused for now"
        if one.kind not in (StepKind.PROMISE, StepKind.WARM) and any(map(self._just_met, one.people)):
            return "you have just been in touch"
        return "added a few days ago" if any(map(self._just_added, one.people)) else ""

    def _just_met(self, id_: int) -> bool:
        last = self.last_contact.get(id_)
        return last is not None and self.today - last <= _JUST_MET

    def imported(self, one: Candidate) -> bool:
        """True for a step towards somebody who came with an import and was never met since."""
        return any(self.people[id_].source and id_ not in self.last_contact for id_ in one.people)

    def _just_added(self, id_: int) -> bool:
        person = self.people[id_]
        new = person.created is not None and self.today - person.created.date() < _JUST_ADDED
        return new and bool(person.source) and id_ not in self.last_contact

    def fits(self, one: Candidate, chosen: Sequence[Candidate]) -> bool:
        """One step a person, and at most one towards people who were only imported."""
        busy = {id_ for other in chosen for id_ in other.people}
        if busy.intersection(one.people):
            return False
        return not (self.imported(one) and any(map(self.imported, chosen)))

    def circles(self, one: Candidate) -> set[str]:
        return {circle.casefold() for id_ in one.people for circle in self.people[id_].circles}


def _pick(able: Sequence[Candidate], budget: int, rules: _Rules, weights: Mapping[str, float]) -> list[Candidate]:
    """Greedy: each time the weightiest that is not too much like those before. A wider look has the last of three."""
    chosen: list[Candidate] = []
    while len(chosen) < budget:
        open_ = [one for one in able if rules.fits(one, chosen)]
        if budget > 2 and len(chosen) == budget - 1 and not any(one.kind in _EXPLORING for one in chosen):
            open_ = [one for one in open_ if one.kind in _EXPLORING] or open_
        if not open_:
            break
        chosen.append(max(open_, key=lambda one: weights[one.key] - _likeness(one, chosen, rules)))
    return chosen


def _likeness(one: Candidate, chosen: Sequence[Candidate], rules: _Rules) -> float:
    circles = rules.circles(one)
    return max(
        (
            _SAME_KIND * (one.kind is other.kind) + _SAME_CIRCLE * bool(circles & rules.circles(other))
            for other in chosen
        ),
        default=0.0,
    )


def _others(able: Sequence[Candidate], shown: Sequence[Candidate], rules: _Rules) -> list[Candidate]:
    found: list[Candidate] = []
    for one in able:
        if len(found) == _MORE:
            break
        if rules.fits(one, [*shown, *found]):
            found.append(one)
    return found


def _why_waiting(one: Candidate, shown: Sequence[Candidate], more: Sequence[Candidate]) -> str:
    if any(set(one.people) & set(other.people) for other in shown):
        return "another step for this person is shown"
    return "can wait" if one in more else "others come first this time"
