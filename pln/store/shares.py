"""Share drafts (copies) and the append-only share log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, select

from pln.model.changes import Noun, Ref
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.store.journal_file import JournalLocked
from pln.store.repository import Repository, Room

_PLAIN = ("uid", "entry_id", "draft_id", "at", "target", "audience", "text", "sha256", "names_kept", "error")


class Shares(Repository):
    """Copies of entries: they lie where the journal lies, and are locked with it."""

    noun = Noun.SHARE

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._draft, self._log = room.journal.share_draft, room.journal.share_log

    def add_draft(self, new: ShareDraft) -> ShareDraft:
        self._refuse_locked()
        uid, created = new.uid or self.room.new_uid(), new.created or self.room.now()
        stored = replace(new, id=self.next_id(self._draft), uid=uid, created=created)
        values = {name: getattr(stored, name) for name in ("id", "uid", "entry_id", "title", "body", "created")}
        self.connection.execute(insert(self._draft).values(**values))
        self.touched(stored.id)
        return stored

    def drafts(self) -> tuple[ShareDraft, ...]:
        """Oldest first."""
        rows = self.connection.execute(select(self._draft).order_by(self._draft.c.id))
        return tuple(
            ShareDraft(
                id=row.id, uid=row.uid, entry_id=row.entry_id, title=row.title, body=row.body, created=row.created
            )
            for row in rows
        )

    def log(self, new: ShareRecord) -> ShareRecord:
        """Append a line. There is no way to change or remove one."""
        self._refuse_locked()
        stored = replace(new, id=self.next_id(self._log))
        values = {name: getattr(stored, name) for name in _PLAIN}
        row = {"id": stored.id, "kind": stored.kind.value, "state": stored.state.value, **values}
        self.connection.execute(insert(self._log).values(**row))
        self.touched(stored.id)
        if stored.entry_id is not None:
            self.room.touched.add(Ref(Noun.ENTRY, stored.entry_id))
        return stored

    def of_entry(self, entry_id: int) -> tuple[ShareRecord, ...]:
        """Every line about copies of an entry, oldest first."""
        return self._records(self._log.c.entry_id == entry_id)

    def of_share(self, uid: str) -> tuple[ShareRecord, ...]:
        return self._records(self._log.c.uid == uid)

    def everything(self) -> tuple[ShareRecord, ...]:
        return self._records(self._log.c.id > 0)

    def _refuse_locked(self) -> None:
        if self.room.journal_locked:
            raise JournalLocked

    def _records(self, condition: Any) -> tuple[ShareRecord, ...]:
        rows = self.connection.execute(select(self._log).where(condition).order_by(self._log.c.id))
        return tuple(_build(row) for row in rows)


def _build(row: Row[Any]) -> ShareRecord:
    values = {name: getattr(row, name) for name in _PLAIN}
    return ShareRecord(id=row.id, kind=DestinationKind(row.kind), state=ShareState(row.state), **values)
