"""Contact that is not a meetup: an article sent, a thank-you, an introduction, a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class InteractionKind(StrEnum):
    ARTICLE = "article"
    THANKS = "thanks"
    INTRODUCTION = "introduction"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Something given to a person on a day, recorded when the owner says it was done.

    article_id: the article sent. other_id: the second person of an introduction. note: the words that went with it.
    """

    kind: InteractionKind
    person_id: int
    day: date
    id: int = 0
    uid: str = ""
    article_id: int | None = None
    other_id: int | None = None
    note: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One day on which one was really in touch with a person: a row of the log of real contact.

    kind: the value of a MeetupKind or an InteractionKind. company: the other people present.
    """

    person_id: int
    day: date
    kind: str
    company: tuple[int, ...] = ()
