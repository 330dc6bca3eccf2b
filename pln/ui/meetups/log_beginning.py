"""What the fields of the log dialog hold before anything is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from pln.model.meetup import Meetup, MeetupKind
from pln.services.contacts import get_person
from pln.services.meetup_drafts import MeetupDraft
from pln.ui.shell import Shell

_QUARTER = 15
_WEEK = timedelta(days=7)


def beginning(shell: Shell, people: tuple[int, ...], meetup: Meetup | None, plan: bool) -> MeetupDraft:
    """What the fields hold before anything is typed: now, rounded to a quarter of an hour; for plans, in a week."""
    now = shell.ctx.clock.now()
    people = people or (meetup.people if meetup is not None else ())
    begun = MeetupDraft(
        who=tuple((who, get_person(shell.ctx, who).name) for who in people), typed="", kind=MeetupKind.COFFEE,
        day=shell.today() + _WEEK if plan else shell.today(), at=None if plan else _rounded(now.astimezone()),
        minutes="", place="", notes="", kept=now,
    )  # fmt: skip
    if meetup is None:
        return begun
    minutes = "" if meetup.minutes is None else str(meetup.minutes)
    return replace(
        begun, kind=meetup.kind, day=meetup.day, at=meetup.at, minutes=minutes, place=meetup.place, notes=meetup.notes
    )


def _rounded(now: datetime) -> time:
    """The quarter of an hour that has begun."""
    return time(now.hour, now.minute // _QUARTER * _QUARTER)
