"""The usual time for the next meetup has come, and none is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person, RhythmWish
from pln.model.interaction import Contact
from pln.model.suggestion import ArticleMatch, Candidate, Fact, Network, Pace, StepAction, StepKind
from pln.suggest.candidates.dormant import is_dormant
from pln.suggest.likelihood import of_pace, warmth
from pln.suggest.phrasing import A_MEETUP, OVER, letter, meetup_name
from pln.suggest.reasons import duration, every, on_day, spelt
from pln.suggest.rhythm import is_paused

_BASE, _BY_LIKELIHOOD, _WISHED = 0.4, 0.5, 0.08
_FIRST_STEP = 0.38
_WISH_WORDS = {RhythmWish.OFTEN: "often", RhythmWish.SEASONAL: "every season", RhythmWish.YEARLY: "once a year"}


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """People within or past their expected range. Somebody never met comes only where a rhythm is wished for."""
    last = {id_: log[-1].day for id_, log in network.contacts.items() if log}
    for person in network.people.values():
        if person.id in network.planned or is_paused(person, network.today):
            continue
        pace = paces[person.id]
        if pace.n == 0 and person.rhythm_wish in _WISH_WORDS:
            yield _first_step(person)
        elif pace.expected and pace.expected[0] <= network.today and not is_dormant(pace):
            log = network.contacts[person.id]
            yield _step(person, pace, log, network, of_pace(pace, warmth(log, last, network.today)))


def _step(person: Person, pace: Pace, log: Sequence[Contact], network: Network, likely: float) -> Candidate:
    name, last = person.first_name, log[-1]
    kind = _usual(log)
    when = on_day(last.day, network.today)
    wish = person.rhythm_wish in _WISH_WORDS
    return Candidate(
        key=f"rhythm:{person.id}:{last.day.isoformat()}",
        kind=StepKind.RHYTHM,
        people=(person.id,),
        title=f"Plan the next {meetup_name(kind)} with {name}",
        chip=f"Rhythm · {duration((network.today - last.day).days)}",
        facts=(_usual_pace(person, pace), _last_time(last, when, person.id)),
        action=StepAction.PLAN,
        action_label=f"Plan {A_MEETUP.get(kind, 'a meetup')}",
        value=min(0.7, _BASE + _BY_LIKELIHOOD * likely + _WISHED * wish),
        draft=letter(
            name,
            f"we were last in touch {when}, and I would enjoy {A_MEETUP.get(kind, 'a meetup')} with you again.",
            "Would one of the next weeks suit you? Any day is fine, and so is later.",
        ),
        subject=f"{A_MEETUP.get(kind, 'a meetup').capitalize()} again?",
        ref=Ref(Noun.PERSON, person.id),
    )


def _usual(log: Sequence[Contact]) -> str:
    """The kind of meetup most often had, the latest of equals; the plain one where there was none."""
    kinds = Counter(contact.kind for contact in reversed(log) if contact.kind in A_MEETUP)
    return kinds.most_common(1)[0][0] if kinds else "other"


def _usual_pace(person: Person, pace: Pace) -> Fact:
    ref = Ref(Noun.PERSON, person.id)
    if person.rhythm_wish in _WISH_WORDS:
        return Fact(text=f"You would like to be in touch {_WISH_WORDS[person.rhythm_wish]}", ref=ref)
    if pace.n == 1 or pace.gap is None:
        return Fact(text="You have been in touch once so far", ref=ref)
    return Fact(text=f"You are in touch about {spelt(every(pace.gap))}", ref=ref)


def _last_time(last: Contact, when: str, person_id: int) -> Fact:
    text = f"The last time was {OVER.get(last.kind, 'in person')} {when}"
    return Fact(text=text, day=last.day, ref=Ref(Noun.PERSON, person_id))


def _first_step(person: Person) -> Candidate:
    name = person.first_name
    return Candidate(
        key=f"rhythm:{person.id}:first",
        kind=StepKind.RHYTHM,
        people=(person.id,),
        title=f"Say hello to {name}",
        chip="A first step",
        facts=(_usual_pace(person, Pace(person_id=person.id, n=0, gap=None, silence=None, expected=None)),),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_FIRST_STEP,
        draft=letter(
            name, "I would enjoy a coffee or a call with you one of these weeks, if you like.", "Any day is fine."
        ),
        subject="Hello",
        ref=Ref(Noun.PERSON, person.id),
    )
