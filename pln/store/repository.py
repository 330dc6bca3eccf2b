"""What every repository works with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Insert, Table, func, select, update

from pln.model.changes import Noun, Ref
from pln.model.errors import UsageError
from pln.store.schema import HERE, JournalTables

Value = TypeVar("Value")

# SQLite takes 32,766 parameters in one statement. Its program grows with them and is kept prepared, so pages are small.
_PAGE = 400


@dataclass(frozen=True, slots=True)
class Room:
    """One transaction, the clock, the maker of ids, and the list of what was touched.

    journal: where the journal's tables lie. journal_locked: they lie in a file that is closed; those here are empty.
    """

    connection: Connection
    now: Callable[[], datetime]
    new_uid: Callable[[], str]
    touched: set[Ref]
    bulk: set[Noun]
    journal: JournalTables = HERE
    journal_locked: bool = False


class Repository:
    """Reads and writes one noun. Every method that writes says what it touched."""

    noun: Noun

    def __init__(self, room: Room) -> None:
        self.room = room
        self.connection = room.connection

    def touched(self, *ids: int) -> None:
        self.room.touched.update(Ref(self.noun, record) for record in ids)

    def next_id(self, table: Table) -> int:
        """The first id never used by a table: AUTOINCREMENT remembers those of removed rows too."""
        highest = self.connection.exec_driver_sql(
            f"SELECT seq FROM {table.schema or 'main'}.sqlite_sequence WHERE name = ?",  # noqa: S608
            (table.name,),
        ).scalar()
        return int(highest or 0) + 1

    def set_removed(self, table: Table, record: int, *, removed: bool) -> bool:
        """Put a record away or bring it back. False where there is none in that state."""
        was = table.c.removed_at.is_(None) if removed else table.c.removed_at.is_not(None)
        when = self.room.now() if removed else None
        done = self.connection.execute(update(table).where(table.c.id == record, was).values(removed_at=when))
        if done.rowcount:
            self.touched(record)
        return bool(done.rowcount)

    def is_live(self, table: Table, record: int) -> bool:
        """False for a removed record and for one that never was."""
        query = select(table.c.id).where(table.c.id == record, table.c.removed_at.is_(None))
        return self.connection.execute(query).first() is not None

    def live(self, table: Table, ids: Iterable[int]) -> tuple[int, ...]:
        """Those of these ids whose records are not removed."""
        found: set[int] = set()
        wanted = tuple(ids)
        for page in pages(wanted):
            query = select(table.c.id).where(table.c.id.in_(page), table.c.removed_at.is_(None))
            found.update(self.connection.execute(query).scalars())
        return tuple(record for record in wanted if record in found)

    def written(self, done: CursorResult[Any]) -> None:
        """Raises UsageError where an UPDATE found no record: it was deleted meanwhile, or never was."""
        if not done.rowcount:
            raise UsageError(
                f"No such {self.noun}", "Nothing was saved: it is no longer there. What was typed can still be copied."
            )

    def count(self, table: Table) -> int:
        """Records that are not removed."""
        query = select(func.count()).select_from(table)
        if "removed_at" in table.c:
            query = query.where(table.c.removed_at.is_(None))
        return int(self.connection.execute(query).scalar_one())


def new_key(connection: Connection, statement: Insert) -> int:
    """Run an INSERT of one row and return the id it was given."""
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def pages(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """Ids cut into pages that fit into one statement."""
    all_ids = list(ids)
    for start in range(0, len(all_ids), _PAGE):
        yield all_ids[start : start + _PAGE]


def in_order(ids: Sequence[int], found: dict[int, Value]) -> tuple[Value, ...]:
    """The values of `found` in the order of `ids`; ids without one are passed over."""
    return tuple(found[record] for record in ids if record in found)


def columns(table: Table, *without: str) -> list[Any]:
    """A table's columns but those named."""
    return [column for column in table.c if column.name not in without]
