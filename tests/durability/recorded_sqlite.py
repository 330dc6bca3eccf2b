"""What SQLite writes and flushes, recorded call by call, and the files that a power cut would leave of it.

The recorder is a file system of apsw's, so the pages are those of plain SQLite; pragmas, tables and statements are the
store's own. Encryption changes what stands in a page, not when it is written or flushed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, Engine, event

from pln.store import connection as store_connection
from pln.store.migrate import migrate

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

Unit = list[tuple[str, Any]]
"""The statements of one transaction with their values."""


@dataclass(frozen=True, slots=True)
class Write:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Flush:
    file: str


@dataclass(frozen=True, slots=True)
class Remove:
    file: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A commit has returned. state: fingerprint of the whole store then."""

    state: str


Event = Write | Truncate | Flush | Remove | Acknowledged
Files = dict[str, bytearray]


@contextmanager
def recorded_units() -> Iterator[list[Unit]]:
    """A list that grows with every writing transaction that any store commits meanwhile."""
    units: list[Unit] = []
    open_units: dict[Connection, Unit] = {}

    def said(connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement == "BEGIN IMMEDIATE":
            open_units[connection] = []
        elif connection in open_units:
            open_units[connection].extend((statement, each) for each in (values if many else (values,)))

    def done(connection: Connection) -> None:
        if connection in open_units:
            units.append(open_units.pop(connection))

    def given_up(connection: Connection) -> None:
        open_units.pop(connection, None)

    listeners = (("before_cursor_execute", said), ("commit", done), ("rollback", given_up))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield units
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


class _Plain(apsw.Connection):
    """Spells the one call that a migration makes as the standard library and SQLCipher spell it."""

    def create_function(self, name: str, arguments: int, function: Any, *, deterministic: bool) -> None:
        self.create_scalar_function(name, function, arguments, deterministic=deterministic)


@dataclass
class Recorder:
    """Replays units against plain SQLite in a folder and keeps what was done to its files, in order."""

    folder: Path
    pragmas: Sequence[str] = store_connection._PRAGMAS
    events: list[Event] = field(default_factory=list)

    def run(self, units: Sequence[Unit]) -> list[Event]:
        file_system = _Recording(self.events)
        connection = _Plain(str(self.folder / "store.db"), vfs=file_system.name)
        try:
            self._prepare(connection)
            for unit in units:
                self._commit(connection, unit)
        finally:
            connection.close()
            file_system.unregister()
        return self.events

    def _prepare(self, connection: apsw.Connection) -> None:
        """As `connection.connect` and `migrate.begin_new` do; then the store stands and the first commit is it."""
        for pragma in self.pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        migrate(connection, copy_first=lambda: None)
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.events.append(Acknowledged(fingerprint(connection)))

    def _commit(self, connection: apsw.Connection, unit: Unit) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in unit:
            connection.execute(statement, tuple(values)).fetchall()
        connection.execute("COMMIT")
        self.events.append(Acknowledged(fingerprint(connection)))


class _Recording(apsw.VFS):
    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.name = f"recording-{id(self)}"
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _RecordedFile(name, flags, self.events)

    def xDelete(self, name: str, sync: bool) -> None:
        super().xDelete(name, sync)
        self.events.append(Remove(Path(name).name))


class _RecordedFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], events: list[Event]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.file, self.events = Path(path).name if path else "", events
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.events.append(Write(self.file, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self.events.append(Truncate(self.file, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.events.append(Flush(self.file))


def fingerprint(connection: apsw.Connection) -> str:
    """Of every row of every table, the tables in which FTS5 keeps its index among them."""
    digest = hashlib.sha256()
    listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    for (table,) in connection.execute(listing).fetchall():
        digest.update(table.encode())
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Cut:
    """files: what the disk holds when the power comes back. acknowledged: commits that had returned before the cut."""

    files: Files
    acknowledged: int


def cuts(events: Sequence[Event], places: Sequence[int], chance: random.Random) -> Iterator[Cut]:
    """What each cut leaves: everything flushed, and of the rest what the disk happened to take."""
    flushed: Files = {}
    waiting: dict[str, list[Write | Truncate]] = {}
    acknowledged, wanted = 0, set(places)
    for number, each in enumerate(events):
        if number in wanted:
            yield Cut(_as_chance_wills(flushed, waiting, chance), acknowledged)
        match each:
            case Acknowledged():
                acknowledged += 1
            case Flush(file):
                for done in waiting.pop(file, []):
                    _apply(flushed, done)
            case Remove(file):
                flushed.pop(file, None)
                waiting.pop(file, None)
            case _:
                waiting.setdefault(each.file, []).append(each)


def _as_chance_wills(flushed: Files, waiting: dict[str, list[Write | Truncate]], chance: random.Random) -> Files:
    """Each write that waits is kept, dropped, or torn between sectors; no disk is bound to the order of writing."""
    files = {name: bytearray(data) for name, data in flushed.items()}
    for each in (one for row in waiting.values() for one in row):
        luck = chance.random()
        if luck < 0.4:
            _apply(files, each)
        elif luck < 0.7 and isinstance(each, Write):
            for start in range(0, len(each.data), SECTOR):
                if chance.random() < 0.5:
                    _apply(files, Write(each.file, each.offset + start, each.data[start : start + SECTOR]))
    return files


def _apply(files: Files, done: Write | Truncate) -> None:
    data = files.setdefault(done.file, bytearray())
    if isinstance(done, Truncate):
        del data[done.size :]
        return
    if len(data) < done.offset:
        data.extend(bytes(done.offset - len(data)))
    data[done.offset : done.offset + len(done.data)] = done.data
