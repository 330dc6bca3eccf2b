"""Meetups: one-to-one or in small company, planned or past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class MeetupKind(StrEnum):
    COFFEE = "coffee"
    TEA = "tea"
    LUNCH = "lunch"
    WALK = "walk"
    CALL = "call"
    VIDEO = "video"
    LETTER = "letter"
    EVENT = "event"
    OTHER = "other"

    @property
    def counts_as_contact(self) -> bool:
        """Sitting in the same hall is not yet contact; everything else is."""
        return self is not MeetupKind.EVENT

    @property
    def spoken(self) -> str:
        """What one calls it, with a capital, as in "Coffee" or "Video call"."""
        return {MeetupKind.VIDEO: "Video call", MeetupKind.OTHER: "Meetup"}.get(self, self.value.capitalize())


class MeetupState(StrEnum):
    PLANNED = "planned"
    HAPPENED = "happened"
    FELL_THROUGH = "fell through"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetup:
    """A conversation. Day and time are wall-clock values of the place where it happens; `at` None: some time that day.

    people: ids of those met, in the order they were named. notes: plain text with the four marks (see marks.py).
    minutes: how long it took, None where nobody looked at the clock.
    """

    kind: MeetupKind
    day: date
    id: int = 0
    uid: str = ""
    state: MeetupState = MeetupState.HAPPENED
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    notes: str = ""
    people: tuple[int, ...] = ()
    created: datetime | None = None

    def title(self, names: tuple[str, ...]) -> str:
        """ "Coffee with Anna Lindqvist and Bilal Osman"; the kind alone where nobody is named."""
        return f"{self.kind.spoken} with {spoken_list(names)}" if names else self.kind.spoken


def spoken_list(words: tuple[str, ...]) -> str:
    """ "A", "A and B", "A, B and C"; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetupRow:
    """A line of the meetups list. names: of the people met; open_promises: marks of either side still open."""

    id: int
    kind: MeetupKind
    state: MeetupState
    day: date
    at: time | None
    place: str
    names: tuple[str, ...]
    people: tuple[int, ...]
    open_promises: int
    note_lines: int
