"""Small steps: who, what, and why as facts that can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from pln.model.changes import Ref

if TYPE_CHECKING:  # Today's steps are shown before anything that a network is made of is needed
    from pln.model.contact import Person
    from pln.model.interaction import Contact
    from pln.model.marks import Mark
    from pln.model.meetup import Meetup


class StepKind(StrEnum):
    """Why somebody comes to mind. The order is the order of preference between equals."""

    PROMISE = "promise"
    WARM = "warm"
    QUESTION = "question"
    THEIR_PROMISE = "their promise"
    DATE = "date"
    ARTICLE = "article"
    INTRODUCTION = "introduction"
    RHYTHM = "rhythm"
    DORMANT = "dormant"


class StepAction(StrEnum):
    """What the card's one button opens."""

    WRITE = "write"
    PLAN = "plan"
    READ = "read"
    INTRODUCE = "introduce"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One checkable reason: plain text, the day it rests on, the words quoted, and the record it can be read in."""

    text: str
    day: date | None = None
    quote: str = ""
    ref: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible step. key: stable over days, so that "later" and "not this" hold ("promise:17").

    people: ids, the main one first. title: the step as one would say it. chip: the short label on the card.
    draft: text ready for the mail program. value: 0 to 1, comparable between kinds; never shown.
    """

    key: str
    kind: StepKind
    people: tuple[int, ...]
    title: str
    chip: str
    facts: tuple[Fact, ...]
    action: StepAction
    action_label: str
    value: float
    draft: str = ""
    subject: str = ""
    ref: Ref | None = None


class Verdict(StrEnum):
    LATER = "later"
    NOT_THIS = "not this"
    NEVER_REASON = "never for this reason"
    NEVER_PERSON = "never for this person"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the owner said of a step. until: set for LATER; the step does not come back before."""

    key: str
    kind: StepKind
    person_id: int
    verdict: Verdict
    at: datetime
    id: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article as the matcher needs it: unread or starred ones of the last weeks."""

    id: int
    feed_id: int
    feed_title: str
    voice_id: int | None
    title: str
    text: str
    published: datetime
    starred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPassage:
    """A passage that the owner marked in an article which they gave to somebody. day: on which they gave it."""

    person_id: int
    article_id: int
    day: date
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything a suggestion may rest on, read from the store in one go. Maps go from person id.

    contacts: the log of real contact, oldest first. planned: the next planned meetup of a person.
    meetups: past ones by their own id (those that marks point at, and the last ones with each person).
    marks: open promises and questions. sent: (article id, person id) already given. given: what was marked in those.
    responses: with `at` in the owner's time zone, since their days count.
    resumed_on: the day the app's last pause ended; rhythms restart from it.
    """

    today: date
    people: Mapping[int, Person]
    contacts: Mapping[int, tuple[Contact, ...]] = field(default_factory=dict)
    planned: Mapping[int, Meetup] = field(default_factory=dict)
    meetups: Mapping[int, Meetup] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    articles: tuple[ArticleText, ...] = ()
    responses: tuple[Response, ...] = ()
    sent: frozenset[tuple[int, int]] = frozenset()
    given: tuple[GivenPassage, ...] = ()
    resumed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often two people are in touch. gap: usual pause in days; n: days of contact; silence: days since the last.

    expected: (earliest, latest) of the range in which the next contact would be usual; None where nothing is known
    or no rhythm is wanted. around: the day in its middle, None with it.
    """

    person_id: int
    n: int
    gap: float | None
    silence: int | None
    expected: tuple[date, date] | None
    around: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMatch:
    """An article that fits a person, with the words that match and where each is from ("asked", "interest", "talk")."""

    article_id: int
    person_id: int
    words: tuple[str, ...]
    facts: tuple[Fact, ...]
    weight: float


class Energy(StrEnum):
    """How much Today may show."""

    QUIET = "quiet"
    STEADY = "steady"
    OPEN = "open"

    @property
    def steps(self) -> int:
        return {Energy.QUIET: 1, Energy.STEADY: 3, Energy.OPEN: 5}[self]
