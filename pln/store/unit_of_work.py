"""The store as the services see it: read it in one state, write it in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import StoreFault
from pln.store.articles import Articles
from pln.store.contact_log import ContactLog
from pln.store.engine import check_file, connect, reading_engine, writing_engine
from pln.store.faults import told
from pln.store.feeds import Feeds
from pln.store.interactions import Interactions
from pln.store.journal import Journal
from pln.store.meetups import Meetups
from pln.store.migrate import migrate
from pln.store.people import People
from pln.store.repository import Room
from pln.store.responses import Responses
from pln.store.search import Search
from pln.store.settings import Settings
from pln.store.shares import Shares


class Work:
    """The repositories over one transaction. `changes` grows as they write and is complete after the commit."""

    def __init__(
        self, connection: Connection, origin: str, now: Callable[[], datetime], new_uid: Callable[[], str]
    ) -> None:
        self._room = Room(connection, now, new_uid, set(), set())
        self._origin = origin

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(origin=self._origin, refs=frozenset(self._room.touched), bulk_nouns=frozenset(self._room.bulk))

    def touch(self, noun: Noun, record: int) -> None:
        """Say that a record changed in a way that a repository cannot know."""
        self._room.touched.add(Ref(noun, record))

    @cached_property
    def people(self) -> People:
        return People(self._room)

    @cached_property
    def meetups(self) -> Meetups:
        return Meetups(self._room)

    @cached_property
    def interactions(self) -> Interactions:
        return Interactions(self._room)

    @cached_property
    def contacts(self) -> ContactLog:
        return ContactLog(self._room)

    @cached_property
    def feeds(self) -> Feeds:
        return Feeds(self._room)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self._room)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._room)

    @cached_property
    def shares(self) -> Shares:
        return Shares(self._room)

    @cached_property
    def responses(self) -> Responses:
        return Responses(self._room)

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._room)

    @cached_property
    def search(self) -> Search:
        return Search(self._room)


class Store:
    """An open store. Safe to use from several threads: readers do not wait, writers take turns.

    now: an aware UTC datetime in whole milliseconds. new_uid: a fresh random id (32 hex digits).
    """

    def __init__(
        self, path: Path, key: bytes, salt: bytes, *, now: Callable[[], datetime], new_uid: Callable[[], str],
        copy_first: Callable[[], None] = lambda: None, create: bool = True,
    ) -> None:  # fmt: skip
        """Open the file, bringing it up to date. copy_first: called before an older file is changed.

        Raises StoreFault: missing (with create=False), empty, plain, damaged, newer, not writable.
        """
        if not check_file(path) and not create:
            raise StoreFault("There is no store here", f"{path} does not exist. Nothing was made.")
        self.path = path
        self._now, self._new_uid = now, new_uid
        connection = connect(path, key, salt)
        try:
            migrate(connection, copy_first=copy_first)
        finally:
            connection.close()
        self._writing = writing_engine(path, key, salt)
        self._reading = reading_engine(path, key, salt)
        self._turn = RLock()

    @contextmanager
    def write(self, origin: str) -> Iterator[Work]:
        """One transaction: committed on leaving, rolled back on an exception. Do not nest.

        Raises StoreFault where the disk is full, the file read-only or busy; nothing of the unit is kept then.
        """
        with self._turn, _told(), self._writing.begin() as connection:
            yield Work(connection, origin, self._now, self._new_uid)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """The repositories over one unchanging state; writing through them is refused by the engine."""
        with _told(), self._reading.connect() as connection:
            yield Work(connection, "", self._now, self._new_uid)

    def check(self) -> tuple[str, ...]:
        """What the engine finds wrong with the file: page signatures, structure, links, search index. () is sound."""
        with self._turn, self._writing.begin() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
            found += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check") if row[0] != "ok"]
            found += [f"broken link in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        with self.read() as work:
            found += work.search.missing()
        return tuple(found)

    def copy_to(self, target: Path) -> None:
        """Write a compact encrypted copy of the present state (same key) to a path that does not exist yet."""
        with _told(), self._reading.connect() as connection:
            # VACUUM cannot run inside a transaction, so speak to the driver's connection itself.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA query_only = OFF")
            try:
                driver.execute("COMMIT") if driver.in_transaction else None
                driver.execute("VACUUM INTO ?", (str(target),))
            finally:
                driver.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._reading.dispose()
        self._writing.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        fault = told(error)
        if fault is None:
            raise
        raise fault from error
