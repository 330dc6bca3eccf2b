"""While it is warm: a short thank-you on one of the two days after a meetup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.interaction import InteractionKind
from pln.model.marks import MarkKind, read_marks
from pln.model.meetup import Meetup, MeetupState
from pln.model.suggestion import ArticleMatch, Candidate, Fact, Network, Pace, StepAction, StepKind
from pln.suggest.phrasing import OVER, meetup_name
from pln.suggest.phrasing import letter as written
from pln.suggest.reasons import on_day, shortened

_DAYS = (1, 2)
_VALUE = {1: 0.86, 2: 0.78}


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """One candidate for each person of yesterday's and the day before's meetups who has not been thanked since."""
    for meetup in network.meetups.values():
        if meetup.state is not MeetupState.HAPPENED or not meetup.kind.counts_as_contact:
            continue
        if (network.today - meetup.day).days in _DAYS:
            for id_ in meetup.people:
                if id_ in network.people and not _answered(network, id_, meetup.day):
                    yield _step(meetup, network.people[id_], network)


def _answered(network: Network, person_id: int, day: date) -> bool:
    log = network.contacts.get(person_id, ())
    return any(one.day > day or (one.day == day and one.kind == InteractionKind.THANKS) for one in log)


def _step(meetup: Meetup, person: Person, network: Network) -> Candidate:
    name, when = person.first_name, on_day(meetup.day, network.today)
    lessons = [mark.text for mark in read_marks(meetup.notes) if mark.kind is MarkKind.LESSON]
    place = f", {meetup.place}" if meetup.place else ""
    ref = Ref(Noun.MEETUP, meetup.id)
    met = Fact(text=f"You were in touch {OVER[meetup.kind]} {when}{place}", day=meetup.day, ref=ref)
    learned = (Fact(text="You learned", day=meetup.day, quote=lesson, ref=ref) for lesson in lessons)
    return Candidate(
        key=f"warm:{meetup.id}:{person.id}",
        kind=StepKind.WARM,
        people=(person.id,),
        title=f"Thank {name} for the {meetup_name(meetup.kind)} {when}",
        chip="While it is warm",
        facts=(met, *learned),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_VALUE[(network.today - meetup.day).days],
        draft=thank_you(name, meetup, when, lessons),
        subject=f"Thank you for the {meetup_name(meetup.kind)}",
        ref=ref,
    )


def thank_you(name: str, meetup: Meetup, when: str, lessons: Sequence[str]) -> str:
    """A short letter with the first of the lessons. when: "today", "on Thursday"."""
    kept = f"What I took away: “{shortened(lessons[0], 200)}”." if lessons else ""
    return written(
        name,
        f"Thank you for the {meetup_name(meetup.kind)} {when}. I enjoyed it.",
        kept,
        "Until the next one, whenever it suits you.",
    )
