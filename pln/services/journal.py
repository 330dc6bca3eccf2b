"""The private journal: writing, listing, related entries."""

from __future__ import annotations

from pln.model.errors import UsageError
from pln.model.journal import Entry, EntryRow
from pln.model.share import ShareRecord
from pln.services.context import Context
from pln.services.undo import UndoStep


def save_entry(ctx: Context, entry: Entry, *, origin: str = "") -> Entry:
    """Store a new entry (id 0) or write a changed one; returned with its id and its kept mentions."""
    with ctx.write(origin) as work:
        return work.journal.change(entry) if entry.id else work.journal.add(entry)


def get_entry(ctx: Context, entry_id: int) -> Entry:
    """Raises UsageError for an unknown id, JournalLocked while the journal is locked."""
    with ctx.store.read() as work:
        work.need_journal()
        entry = work.journal.get(entry_id)
    if entry is None:
        raise UsageError("No such entry", "It may have been removed.")
    return entry


def remove_entry(ctx: Context, entry_id: int, *, origin: str = "") -> UndoStep:
    """Remove an entry; the step returned brings it back."""
    with ctx.write(origin) as work:
        if not work.journal.remove(entry_id):
            raise UsageError("No such entry", "It may have been removed already.")
    step = UndoStep(label="The entry was removed", back=lambda work: work.journal.restore(entry_id))
    ctx.undo.push(step)
    return step


def entry_ids(ctx: Context, tag: str = "") -> tuple[int, ...]:
    """Entries, newest first; those with a tag only where one is given. Raises JournalLocked."""
    with ctx.store.read() as work:
        work.need_journal()
        return work.journal.ids_tagged(tag) if tag else work.journal.ids()


def entry_rows(ctx: Context, ids: tuple[int, ...]) -> tuple[EntryRow, ...]:
    with ctx.store.read() as work:
        return work.journal.rows(ids)


def share_log(ctx: Context, entry_id: int) -> tuple[ShareRecord, ...]:
    """Every line about copies of an entry, oldest first."""
    with ctx.store.read() as work:
        return work.shares.of_entry(entry_id)
