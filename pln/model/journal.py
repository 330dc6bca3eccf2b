"""The private journal. An entry has no audience: sharing works on copies (see share.py)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pln.model.changes import Ref


class EntryKind(StrEnum):
    NOTE = "note"
    IDEA = "half-formed idea"
    HOWTO = "how-to"
    QUESTION = "question"
    LESSON = "lesson"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person picked from the list. text is what stands in the body ("@Anna Lindqvist")."""

    person_id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A journal entry in Markdown. about: the meetup or article it came from. prompt: the question it answers."""

    title: str
    body: str
    id: int = 0
    uid: str = ""
    kind: EntryKind = EntryKind.NOTE
    created: datetime | None = None
    changed: datetime | None = None
    mentions: tuple[Mention, ...] = ()
    prompt: str = ""
    about: Ref | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        return hashtags(self.body)


_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"(?<![\w/&#])#([^\W\d_][\w-]{0,59})")


def hashtags(body: str) -> tuple[str, ...]:
    """Tags of a text, lower-case, each once, in their order. Headings, code blocks and parts of links are none."""
    found = (tag.rstrip("-").lower() for tag in _TAG.findall(_FENCE.sub("", body)))
    return tuple(dict.fromkeys(found))


def without_hashtags(line: str) -> str:
    """A line of running text without its tags."""
    return _TAG.sub("", line)


def kept_mentions(body: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions whose words still stand in the body, each once."""
    return tuple(dict.fromkeys(mention for mention in mentions if mention.text in body))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A line of the journal list. shared: a copy of it was shared at least once."""

    id: int
    title: str
    created: datetime
    opening: str
    shared: bool
