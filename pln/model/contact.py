"""People, the handles that reach them, and circles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class HandleKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    FEED = "feed"
    LINKEDIN = "linkedin"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    ADDRESS = "address"
    OTHER = "other"


class NamingConsent(StrEnum):
    """May I name this person in what I share?"""

    ASK = "ask"
    YES = "yes"
    NO = "no"


class RhythmWish(StrEnum):
    """How often one would like to be in touch. UNSET and NONE differ: nothing said, or explicitly no rhythm."""

    UNSET = "unset"
    OFTEN = "often"
    SEASONAL = "seasonal"
    YEARLY = "yearly"
    WHEN_IT_FITS = "when it fits"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """One way to reach or to recognise a person. `label` is the owner's word for it ("work")."""

    kind: HandleKind
    value: str
    label: str = ""


_PARTIAL = re.compile(r"(?:(\d{4})|-)-(\d{2})-(\d{2})")
_A_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day whose year may be unknown, written as `1988-02-29` or `--12-04` (vCard's truncated form).

    Raises ValueError where month and day name no day of that (or of any) year.
    """

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        date(self.year or _A_LEAP_YEAR, self.month, self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        found = _PARTIAL.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = found.groups()
        return cls(int(month), int(day), int(year) if year else None)

    def __str__(self) -> str:
        head = f"{self.year:04d}" if self.year else "-"
        return f"{head}-{self.month:02d}-{self.day:02d}"

    def next_after(self, today: date) -> date:
        """The next time this day comes round, today included. 29 February falls on 1 March in common years."""
        for year in (today.year, today.year + 1):
            day = self._in_year(year)
            if day >= today:
                return day
        raise AssertionError("a year later always comes")

    def _in_year(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody one learns with. Only `name` is needed; everything else may stay empty.

    id: 0 until stored. uid: stable across export and import (32 hex digits, or the UID of a vCard).
    interests, circles: in the owner's words, without "#"; asks and offers are what they look for and can give.
    extra: vCard property lines that PLN does not understand, word for word, unfolded, without the line end.
    """

    name: str
    id: int = 0
    uid: str = ""
    given: str = ""
    family: str = ""
    nickname: str = ""
    pronouns: str = ""
    org: str = ""
    role: str = ""
    place: str = ""
    birthday: PartialDate | None = None
    note: str = ""
    how_met: str = ""
    met_on: str = ""
    introduced_by: int | None = None
    naming: NamingConsent = NamingConsent.ASK
    rhythm_wish: RhythmWish = RhythmWish.UNSET
    paused_until: date | None = None
    interests: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    handles: tuple[Handle, ...] = ()
    extra: tuple[str, ...] = ()
    source: str = ""
    created: datetime | None = None

    def of_kind(self, kind: HandleKind) -> tuple[str, ...]:
        """Values of the handles of one kind, in their order."""
        return tuple(handle.value for handle in self.handles if handle.kind is kind)

    @property
    def first_name(self) -> str:
        """What one calls them: nickname, given name, or the first word of the name."""
        return self.nickname or self.given or self.name.split(" ", 1)[0]

    @property
    def subtitle(self) -> str:
        """Role and employer or place on one line, for lists."""
        return " · ".join(part for part in (self.role, self.org or self.place) if part)


def initials(name: str) -> str:
    """At most two letters for an avatar: first and last word; one letter for a single word; "?" for none."""
    words = [word for word in re.split(r"[\s.\-]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][0].upper()
    return (words[0][0] + words[-1][0]).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A named group of people, with the number of its members."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A line of the people list. `last_contact` is derived from the log; `next_meetup` is planned, not contact."""

    id: int
    name: str
    subtitle: str
    last_contact: date | None
    next_meetup: date | None
