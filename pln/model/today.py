"""What Today shows, as values: enough to draw the page without the store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from pln.model.meetup import Meetup
from pln.model.suggestion import Candidate, Energy
from pln.model.timeline import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """One article that fits somebody. minutes: to read it. names: of those it fits, best first."""

    article_id: int
    title: str
    feed_title: str
    minutes: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """What Today shows. steps: those of the day; more: what else could be, one a person.

    paused_until: the whole app rests; no steps then. names: of the people in steps and meetup. knows_people: False in
    an empty network. prompt: the question for the journal.
    """

    day: date
    energy: Energy
    steps: tuple[Candidate, ...] = ()
    more: tuple[Candidate, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    knows_people: bool = True
    meetup: Meetup | None = None
    brief: Brief | None = None
    worth: Worth | None = None
    prompt: str = ""
    purpose: str = ""
    paused_until: date | None = None

    @property
    def waiting(self) -> int:
        return len(self.more)

    def on(self, day: date) -> TodayPage | None:
        """The page of an earlier day as it can be shown on another until that day's own is there.

        None where it would say what is no longer so: a rest that is over.
        """
        if self.paused_until is not None and self.paused_until <= day:
            return None
        if self.meetup is not None and self.meetup.day < day:
            return replace(self, day=day, meetup=None, brief=None)
        return replace(self, day=day)
