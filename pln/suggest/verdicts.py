"""What the owner has said of steps before, and what it hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pln.model.suggestion import Response, StepKind, Verdict
from pln.suggest.reasons import calendar_day

COOL_DOWN = timedelta(days=4)
_LATER_UNLESS_SAID = timedelta(days=7)
# These come with a day of their own; after it they would be out of place.
_NOT_COOLED = (StepKind.WARM, StepKind.DATE)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """closed: keys that do not come back. later: key to the day it may. rested: person to the end of the cool-down."""

    today: date
    people: frozenset[int]
    reasons: frozenset[tuple[StepKind, int]]
    closed: frozenset[str]
    later: dict[str, date]
    rested: dict[int, date]

    def against(self, key: str, kind: StepKind, people: Sequence[int]) -> str:
        """Why a step is hidden, in plain words; empty where nothing speaks against it."""
        if any(person in self.people for person in people):
            return "you asked for no steps with this person"
        if any((kind, person) in self.reasons for person in people):
            return "you asked for no steps of this kind with this person"
        if key in self.closed:
            return "done, or not wanted"
        if key in self.later and self.today < self.later[key]:
            return f"later, from {calendar_day(self.later[key], self.today)} on"
        cooling = any(self.today < self.rested.get(person, self.today) for person in people)
        return "you were in touch a few days ago" if cooling and kind not in _NOT_COOLED else ""


def verdicts(responses: Iterable[Response], today: date) -> Verdicts:
    """The sum of all responses. The newest "later" of a step counts; a "later" without a date means a week."""
    said = sorted(responses, key=lambda response: (response.at, response.id))
    of = {verdict: [one for one in said if one.verdict is verdict] for verdict in Verdict}
    return Verdicts(
        today=today,
        people=frozenset(one.person_id for one in of[Verdict.NEVER_PERSON]),
        reasons=frozenset((one.kind, one.person_id) for one in of[Verdict.NEVER_REASON]),
        closed=frozenset(one.key for one in of[Verdict.NOT_THIS] + of[Verdict.DONE]),
        later={one.key: one.until or one.at.date() + _LATER_UNLESS_SAID for one in of[Verdict.LATER]},
        rested={one.person_id: one.at.date() + COOL_DOWN for one in of[Verdict.DONE]},
    )


def done_on(responses: Iterable[Response], day: date) -> int:
    """How many steps were done on a day."""
    return sum(one.verdict is Verdict.DONE and one.at.date() == day for one in responses)
