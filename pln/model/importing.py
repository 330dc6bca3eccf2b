"""What an import will do, row by row, before it does it; and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pln.model.contact import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A person as a file describes them. source_row: line of the file where the record starts, counted from 1.

    unread: what could not be understood and is not kept in `person` (each a short sentence); empty in the good case.
    introducer_uid: uid of who introduced them, for where that person is only known once the file is stored.
    """

    person: Person
    source_row: int
    unread: tuple[str, ...] = ()
    introducer_uid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that gives no person, with the reason in words."""

    source_row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a reader found in one file. format: the words shown to the user ("LinkedIn connections")."""

    format: str
    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()


class RowAction(StrEnum):
    ADD = "add"
    MERGE = "merge"
    SAME = "already here"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """One row of the preview. match_id, match_why: the stored person it belongs to, and by what ("same address").

    draft is what this row writes: for ADD the new person, for MERGE what is to be merged into the stored one. It is
    None where the row writes nothing by itself: SAME, SKIP, and a MERGE whose news went into the draft of an earlier
    row of the same file (`detail` names that row). So at most one row of a plan writes to one person.
    """

    source_row: int
    action: RowAction
    name: str
    detail: str
    draft: Draft | None = None
    match_id: int | None = None
    match_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The preview of one file."""

    path: str
    format: str
    rows: tuple[RowPlan, ...]
    warnings: tuple[str, ...] = ()

    def count(self, action: RowAction) -> int:
        return sum(row.action is action for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. unread: what could not be understood, with its row."""

    path: str
    format: str
    added: int
    merged: int
    same: int
    skipped: tuple[Skipped, ...]
    unread: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    person_ids: tuple[int, ...] = ()
