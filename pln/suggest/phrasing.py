"""Kinds of contact in running text, and the frame of a letter."""

from __future__ import annotations

from pln.model.interaction import InteractionKind
from pln.model.meetup import MeetupKind

# By the value of a MeetupKind or an InteractionKind, as the log of contact has it.
OVER: dict[str, str] = {
    MeetupKind.COFFEE: "over coffee",
    MeetupKind.TEA: "over tea",
    MeetupKind.LUNCH: "over lunch",
    MeetupKind.WALK: "on a walk",
    MeetupKind.CALL: "on the phone",
    MeetupKind.VIDEO: "on a video call",
    MeetupKind.LETTER: "by letter",
    MeetupKind.EVENT: "at an event",
    MeetupKind.OTHER: "in person",
    InteractionKind.ARTICLE: "over an article you sent",
    InteractionKind.THANKS: "with a thank-you",
    InteractionKind.INTRODUCTION: "over an introduction",
    InteractionKind.MESSAGE: "by message",
}

A_MEETUP: dict[str, str] = {
    MeetupKind.COFFEE: "a coffee",
    MeetupKind.TEA: "a tea",
    MeetupKind.LUNCH: "a lunch",
    MeetupKind.WALK: "a walk",
    MeetupKind.CALL: "a call",
    MeetupKind.VIDEO: "a video call",
}


def meetup_name(kind: str) -> str:
    """ "coffee", "video call"; "meetup" where the kind names none."""
    return A_MEETUP.get(kind, "a meetup").removeprefix("a ")


def letter(name: str, *paragraphs: str) -> str:
    """A short plain-text message: greeting and paragraphs, without a signature."""
    return "\n\n".join([f"Hello {name},", *(paragraph for paragraph in paragraphs if paragraph)]) + "\n"
