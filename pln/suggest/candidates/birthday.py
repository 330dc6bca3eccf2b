"""A birthday within ten days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.suggestion import ArticleMatch, Candidate, Fact, Network, Pace, StepAction, StepKind
from pln.suggest.phrasing import letter
from pln.suggest.reasons import WEEKDAYS, calendar_day, on_day, short_day

_DAYS = 10
_ON_THE_DAY, _A_DAY_EARLIER = 0.88, 0.04


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """One candidate for each birthday coming."""
    for person in network.people.values():
        if person.birthday is not None:
            day = person.birthday.next_after(network.today)
            if (day - network.today).days <= _DAYS:
                yield _step(person, day, network.today)


def _step(person: Person, day: date, today: date) -> Candidate:
    name, left = person.first_name, (day - today).days
    when = on_day(day, today) if left < 2 else f"on {WEEKDAYS[day.weekday()]}, {calendar_day(day, today)}"
    return Candidate(
        key=f"date:{person.id}:{day.year}",
        kind=StepKind.DATE,
        people=(person.id,),
        title=f"Write {name} a line for their birthday",
        chip=f"Birthday · {'today' if left == 0 else short_day(day, today)}",
        facts=(Fact(text=f"{name}’s birthday is {when}", day=day, ref=Ref(Noun.PERSON, person.id)),),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_ON_THE_DAY - _A_DAY_EARLIER * left,
        draft=letter(name, "Happy birthday! I hope the day is a good one, and the year after it too."),
        subject="Happy birthday",
        ref=Ref(Noun.PERSON, person.id),
    )
