"""Pictures kept for offline, in an encrypted file of their own beside the store.

The file is a cache: it is in no backup and no export, and one that is damaged, of another key or of another version is
made anew. Losing it loses nothing that cannot be fetched again. Nothing is made before there is a picture to keep.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher

from pln.durable.files import make_private, write_fault
from pln.model.errors import StoreFault, Trouble
from pln.model.offline import Picture
from pln.store.connection import check_file, connect
from pln.store.faults import told
from pln.store.unfinished import drop_store

NAME = "pictures.db"
_VERSION = 1
_TABLES = """
    CREATE TABLE picture (
        key TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
        size INTEGER NOT NULL, data BLOB NOT NULL
    );
    CREATE INDEX ix_picture_size ON picture (key, size, width, height);
    CREATE TABLE missing (key TEXT NOT NULL PRIMARY KEY, tries INTEGER NOT NULL, until INTEGER NOT NULL);
"""
_PAGE = 400
_WAITS = (timedelta(hours=2), timedelta(days=1), timedelta(days=7))  # after so many tries in vain; then never again
_NEVER = timedelta(days=3650)

Result = TypeVar("Result")


class PictureFile:
    """Safe to use from several threads: whoever reads does not wait for whoever writes.

    keys: gives the 32 bytes of key and 16 of salt when the file is first wanted.
    """

    def __init__(self, path: Path, keys: Callable[[], tuple[bytes, bytes]]) -> None:
        self.path = path
        self._keys = keys
        self._reading, self._writing = Lock(), Lock()
        self._reader: Any = None
        self._writer: Any = None
        self._closed = False

    def get(self, key: str) -> bytes | None:
        """A picture as it is to be shown (PNG or JPEG); None where it is not kept."""
        found: bytes | None = self._read(
            lambda run: _first(run("SELECT data FROM picture WHERE key = ?", (key,))), None
        )
        return found

    def there(self, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
        """(width, height) in pixels of those of these pictures that are kept."""

        def look(run: Callable[..., Any]) -> dict[str, tuple[int, int]]:
            found: dict[str, tuple[int, int]] = {}
            for page in _pages(list(keys)):
                places = ", ".join("?" * len(page))
                query = f"SELECT key, width, height FROM picture WHERE key IN ({places})"  # noqa: S608
                found.update({key: (width, height) for key, width, height in run(query, page)})
            return found

        return self._read(look, {})

    def sizes(self) -> dict[str, int]:
        """Bytes of every picture kept."""
        return self._read(lambda run: dict(run("SELECT key, size FROM picture").fetchall()), {})

    def total(self) -> tuple[int, int]:
        """How many pictures are kept, and their bytes."""

        def count(run: Callable[..., Any]) -> tuple[int, int]:
            number, size = run("SELECT count(*), coalesce(sum(size), 0) FROM picture").fetchone()
            return int(number), int(size)

        return self._read(count, (0, 0))

    def tried_in_vain(self, now: datetime) -> frozenset[str]:
        """Pictures that could not be had and are not to be asked for yet."""
        at = _stamp(now)
        rows: list[Any] = self._read(lambda run: run("SELECT key FROM missing WHERE until > ?", (at,)).fetchall(), [])
        return frozenset(row[0] for row in rows)

    def put(self, pictures: Mapping[str, Picture]) -> None:
        """Keep pictures by their keys. Raises StoreFault where the disk is full or closed to us."""
        rows = [(key, each.kind, each.width, each.height, len(each.data), each.data) for key, each in pictures.items()]

        def write(connection: Any) -> None:
            connection.executemany("INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.executemany("DELETE FROM missing WHERE key = ?", [(row[0],) for row in rows])

        if rows:
            self._write(write)

    def note_missing(self, keys: Sequence[str], now: datetime) -> None:
        """These could not be had: they are asked for again after a while, each time a longer one."""

        def write(connection: Any) -> None:
            for key in keys:
                tries = _first(connection.execute("SELECT tries FROM missing WHERE key = ?", (key,))) or 0
                wait = _WAITS[tries] if tries < len(_WAITS) else _NEVER
                row = (key, tries + 1, _stamp(now + wait))
                connection.execute("INSERT OR REPLACE INTO missing VALUES (?, ?, ?)", row)

        if keys:
            self._write(write)

    def drop(self, keys: Sequence[str]) -> None:
        """Let pictures go, and give their room back to the disk."""

        def write(connection: Any) -> None:
            connection.executemany("DELETE FROM picture WHERE key = ?", [(key,) for key in keys])

        if keys and self.path.exists():
            self._write(write)
            with self._writing, contextlib.suppress(sqlcipher.Error):
                if self._writer is not None:
                    self._writer.execute("PRAGMA incremental_vacuum").fetchall()

    def clear(self) -> None:
        """Let all pictures go, and what was noted of others."""
        with self._writing, self._reading:
            self._forget()
            drop_store(self.path)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file; () where all is well or nothing is kept yet. It mends itself when it is used."""
        try:
            if not check_file(self.path):
                return ()
            with contextlib.closing(self._reader_of_it()) as connection:
                return tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check"))
        except StoreFault as fault:
            return (fault.title,)
        except sqlcipher.DatabaseError as fault:
            return (str(fault),)

    def close(self) -> None:
        """Close the file for good: from now on nothing is found in it."""
        with self._writing, self._reading:
            self._closed = True
            self._forget()

    def _read(self, job: Callable[[Callable[..., Any]], Result], nothing: Result) -> Result:
        try:
            with self._reading:
                if not self._can_read():
                    return nothing
                return job(self._reader.execute)
        except (sqlcipher.DatabaseError, StoreFault) as error:
            if _is_damage(error):
                self._make_anew()
            return nothing

    def _can_read(self) -> bool:
        if self._closed:
            return False
        if self._reader is None and check_file(self.path):
            reader = self._reader_of_it()
            if reader.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                reader.close()
                raise StoreFault("The pictures are of another version", "They are fetched again.", Trouble.DAMAGED)
            self._reader = reader
        return self._reader is not None

    def _reader_of_it(self) -> Any:
        return connect(self.path, *self._keys(), read_only=True)

    def _write(self, job: Callable[[Any], None]) -> None:
        with self._writing:
            if self._closed:
                return
            try:
                if self._writer is None:
                    self._writer = self._opened()
                with _transaction(self._writer):
                    job(self._writer)
                return
            except sqlcipher.DatabaseError as error:
                if not _is_damage(error):
                    raise told(error) or error from error
            except OSError as error:
                raise write_fault(self.path, error) from error
        self._make_anew()  # what was to be kept is fetched again

    def _opened(self) -> Any:
        """The file, made where there is none, and made anew where it is not what it should be."""
        with contextlib.suppress(StoreFault):
            if check_file(self.path):
                connection = connect(self.path, *self._keys())
                if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
                    _settle(connection)
                    return connection
                connection.close()
        self._lay_new()
        connection = connect(self.path, *self._keys())
        _settle(connection)
        return connection

    def _lay_new(self) -> None:
        """An empty file, made under another name: who reads meanwhile must not take half a file for a damaged one."""
        new = self.path.with_name(f".{NAME}.new")
        drop_store(new)
        make_private(new)
        with contextlib.closing(connect(new, *self._keys())) as connection:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        with self._reading:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            drop_store(self.path)
            new.replace(self.path)

    def _make_anew(self) -> None:
        """The file is damaged, or not ours: it goes, and the next picture begins another."""
        with self._writing, self._reading:
            self._forget()
            if not self._closed:
                drop_store(self.path)

    def _forget(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                with contextlib.suppress(sqlcipher.Error):
                    connection.close()
        self._reader = self._writer = None


class FixedPictures(PictureFile):
    """Pictures in a folder where nothing can be written: shown as they are, and never changed."""

    def clear(self) -> None:
        """They stay."""

    def _reader_of_it(self) -> Any:
        return connect(self.path, *self._keys(), read_only=True, fixed=True)

    def _write(self, job: Callable[[Any], None]) -> None:
        """Nothing is kept, and nothing goes."""

    def _make_anew(self) -> None:
        self.close()


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault, and not the disk it lies on. An unknown error counts as one."""
    fault = error if isinstance(error, StoreFault) else told(error)
    return fault is None or fault.trouble in (Trouble.DAMAGED, Trouble.EMPTY)


def _settle(connection: Any) -> None:
    """A cache need not survive the last moment before a power cut: whole it stays all the same."""
    connection.execute("PRAGMA synchronous = NORMAL")


@contextlib.contextmanager
def _transaction(connection: Any) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlcipher.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _first(cursor: Any) -> Any:
    row = cursor.fetchone()
    return None if row is None else row[0]


def _stamp(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _pages(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _PAGE):
        yield keys[start : start + _PAGE]
