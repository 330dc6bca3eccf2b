"""An invented network: four people, their meetups and articles, on a Saturday in November."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from pln.model.contact import PartialDate, Person
from pln.model.interaction import Contact
from pln.model.marks import Mark, MarkKind
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.suggestion import ArticleText, Candidate, Network, Response, StepAction, StepKind, Verdict

TODAY = date(2026, 11, 21)
ANNA, BILAL, MEI, TOMAS = 1, 2, 3, 4


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def log(
    person_id: int, days: Iterable[date], kind: str = "coffee", company: tuple[int, ...] = ()
) -> tuple[Contact, ...]:
    return tuple(Contact(person_id, day, kind, company) for day in sorted(days))


def every(person_id: int, gap: int, times: int, last: date, kind: str = "coffee") -> tuple[Contact, ...]:
    return log(person_id, [last - timedelta(days=gap * back) for back in range(times)], kind)


def article(id_: int, title: str, text: str = "", *, voice_id: int | None = None, starred: bool = False) -> ArticleText:
    return ArticleText(
        id=id_, feed_id=1, feed_title="Edges", voice_id=voice_id, title=title, text=text,
        published=datetime(2026, 11, 10, tzinfo=UTC), starred=starred,
    )  # fmt: skip


def network(*people: Person, **more: object) -> Network:
    return Network(**{"today": TODAY, "people": {person.id: person for person in people}, **more})  # type: ignore[arg-type]


def promise(id_: int, text: str, made_on: date, *, meetup_id: int = 1, person_id: int | None = ANNA) -> Mark:
    return Mark(kind=MarkKind.MINE, text=text, meetup_id=meetup_id, made_on=made_on, id=id_, person_id=person_id)


def step(key: str, kind: StepKind, *people: int, value: float = 0.5) -> Candidate:
    return Candidate(
        key=key, kind=kind, people=people, title=key, chip="", facts=(), action=StepAction.WRITE, action_label="Write",
        value=value,
    )  # fmt: skip


def said(one: Candidate, verdict: Verdict, day: date = TODAY, *, until: date | None = None) -> Response:
    at = datetime.combine(day, time(9), UTC)
    return Response(key=one.key, kind=one.kind, person_id=one.people[0], verdict=verdict, at=at, until=until)


def story() -> Network:
    """Anna was promised a paper, Bilal and Mei have not met, Mei comes for coffee on Tuesday, Tomás has gone quiet."""
    people = (
        Person(
            id=ANNA, name="Anna Lindqvist", interests=("communities of practice", "ceramics"), circles=("Mentors",),
            birthday=PartialDate(12, 4),
        ),
        Person(
            id=BILAL, name="Bilal Osman", interests=("onboarding", "allotments", "jazz"), circles=("Garden",),
            offers=("ran a pilot with two schools",),
        ),
        Person(
            id=MEI, name="Mei Chen", interests=("Onboarding", "allotment", "mentoring"), circles=("Mentors",),
            asks=("someone who has run a pilot",),
        ),
        Person(id=TOMAS, name="Tomás Ríos", interests=("peer review",), circles=("Research",)),
    )  # fmt: skip
    coffee = Meetup(
        id=1, kind=MeetupKind.COFFEE, day=date(2026, 11, 12), place="Café Lark", people=(ANNA,),
        notes="Her community stalled.\n[ ] me: send the communities-of-practice paper\n! start with the question",
    )  # fmt: skip
    call = Meetup(
        id=2, kind=MeetupKind.CALL, day=date(2026, 11, 3), people=(MEI,),
        notes="She asked for someone who has run a pilot.\n? how did the first week go",
    )  # fmt: skip
    tuesday = Meetup(
        id=9, kind=MeetupKind.COFFEE, state=MeetupState.PLANNED, day=date(2026, 11, 24), at=time(10), people=(MEI,)
    )
    return network(
        *people,
        contacts={
            ANNA: every(ANNA, 35, 5, date(2026, 11, 12)),
            BILAL: log(BILAL, [date(2026, 10, 31), date(2026, 8, 1)], "tea"),
            MEI: log(MEI, [date(2026, 11, 3), date(2026, 6, 1)], "call"),
            TOMAS: every(TOMAS, 42, 8, date(2025, 9, 21)),
        },
        planned={MEI: tuesday},
        meetups={1: coffee, 2: call},
        marks=(
            promise(17, "send the communities-of-practice paper", date(2026, 11, 12)),
            Mark(
                kind=MarkKind.QUESTION, text="how did the first week go", meetup_id=2, made_on=date(2026, 11, 3), id=18,
                person_id=MEI,
            ),
        ),
        articles=(
            article(5, "What makes a community of practice last", "...", starred=True),
            article(6, "Peer review as a conversation", "What peer review could be.", voice_id=TOMAS),
            article(7, "Learning on the edge of your network", "Onboarding and mentoring. " * 5),
        ),
    )  # fmt: skip
