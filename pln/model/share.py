"""Sharing works on copies: a draft made from chosen paragraphs, never on the journal entry itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NameAction(StrEnum):
    """What happens to a name in the outgoing text. Every hit needs one; there is no silent default for sending."""

    ROLE = "role"
    INITIALS = "initials"
    KEEP = "keep"
    REMOVE = "remove"


class HitStrength(StrEnum):
    """SURE: a full name, handle, address or phone. SOFT: a first name alone or an employer, which may mean another."""

    SURE = "sure"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What the names pass may know of a person: a copy made for it, so that `share` never sees the store.

    words: every form that names them: name, given and family name, nickname, handles, addresses, phones, employer.
    naming: "yes", "no" or "ask", the person's own answer to "may I name you?".
    """

    person_id: int
    name: str
    sure: tuple[str, ...]
    soft: tuple[str, ...]
    naming: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A place in the draft where somebody is named. start and end count characters of the draft's text."""

    start: int
    end: int
    text: str
    person_ids: tuple[int, ...]
    name: str
    strength: HitStrength
    suggestion: NameAction


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDecision:
    """What to do with every occurrence of one matched text (case-folded). role: the words used for NameAction.ROLE."""

    matched: str
    action: NameAction
    role: str = "a friend"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDraft:
    """A copy prepared for sharing. entry_id only remembers where it came from; edits there change nothing here."""

    title: str
    body: str
    id: int = 0
    uid: str = ""
    entry_id: int | None = None
    created: datetime | None = None


class DestinationKind(StrEnum):
    FILE = "file"
    FOLDER = "folder"


class ShareState(StrEnum):
    """WAITING: approved once, but the program ended in between; only the user can approve it again."""

    APPROVED = "approved"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The exact bytes for one destination. files: path inside the destination -> bytes; approval is bound to sha256."""

    kind: DestinationKind
    audience: str
    files: tuple[tuple[str, bytes], ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRecord:
    """A line of the share log. Append-only: a change of state is a new line with the same uid.

    target: the file or folder written. text: the exact text that left. names_kept: names that stand in it.
    """

    uid: str
    kind: DestinationKind
    state: ShareState
    at: datetime
    target: str
    audience: str
    text: str
    sha256: str
    names_kept: tuple[str, ...] = ()
    id: int = 0
    entry_id: int | None = None
    draft_id: int | None = None
    error: str = ""
