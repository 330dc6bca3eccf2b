"""One timeline of everything between two people, and the brief before a meetup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from pln.model.changes import Ref
from pln.model.highlight import Highlight
from pln.model.marks import Mark
from pln.model.meetup import Meetup


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """kind: a MeetupKind, an InteractionKind, a HighlightKind, or "journal". body: the first lines.

    marks: those of a meetup.
    """

    day: date
    at: time | None
    kind: str
    title: str
    body: str
    ref: Ref
    minutes: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is good to know before a meetup with one person. Every list may be empty.

    lessons: from talks, and from what they wrote (then of no meetup). to_ask: passages marked as questions for them.
    """

    person_id: int
    name: str
    last: tuple[Meetup, ...]
    times_met: int
    mine: tuple[Mark, ...]
    theirs: tuple[Mark, ...]
    questions: tuple[Mark, ...]
    lessons: tuple[Mark, ...]
    dates: tuple[tuple[str, date], ...]
    common: tuple[str, ...]
    reading: tuple[tuple[int, str], ...]
    reach: tuple[str, ...]
    to_ask: tuple[Highlight, ...] = ()
