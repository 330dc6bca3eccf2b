"""The store as the services see it: read it in one state, write it in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from threading import RLock, get_ident
from typing import Any

from sqlalchemy import Connection, Engine

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import StoreFault, Trouble
from pln.store.articles import Articles, Shelf
from pln.store.connection import check_file
from pln.store.contact_log import ContactLog
from pln.store.copying import copy_store
from pln.store.engine import no_more, reading_engine, writing_engine
from pln.store.faults import in_words
from pln.store.feeds import Feeds
from pln.store.interactions import Interactions
from pln.store.journal import Journal
from pln.store.journal_file import (
    JOURNAL,
    FileKey,
    Home,
    JournalLocked,
    has_journal,
    move_back,
    move_out,
    settle,
    sweep,
)
from pln.store.journal_file import bring_up_to_date as bring_journal_up_to_date
from pln.store.kept_pages import RESTS_ON, KeptPages
from pln.store.meetups import Meetups
from pln.store.migrate import begin_new, bring_up_to_date
from pln.store.people import People
from pln.store.repository import Room
from pln.store.responses import Responses
from pln.store.schema import APART, HERE, JournalTables
from pln.store.search import Search
from pln.store.settings import Settings
from pln.store.shares import Shares
from pln.store.soundness import Soundness, damages, examine
from pln.store.trash import Trash


class Work:
    """The repositories over one transaction. `changes` grows as they write and is complete after the commit."""

    def __init__(
        self, connection: Connection, origin: str, now: Callable[[], datetime], new_uid: Callable[[], str], *,
        journal: JournalTables = HERE, journal_locked: bool = False,
    ) -> None:  # fmt: skip
        self._room = Room(connection, now, new_uid, set(), set(), journal, journal_locked)
        self._origin = origin

    @property
    def journal_locked(self) -> bool:
        """The journal seems empty: it lies in a file that is closed."""
        return self._room.journal_locked

    def need_journal(self) -> None:
        """Raises JournalLocked where the journal only seems to be empty."""
        if self.journal_locked:
            raise JournalLocked

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(origin=self._origin, refs=frozenset(self._room.touched), bulk_nouns=frozenset(self._room.bulk))

    def touch(self, noun: Noun, record: int) -> None:
        """Say that a record changed in a way that a repository cannot know."""
        self._room.touched.add(Ref(noun, record))

    def reindex(self) -> None:
        """Build the search index anew from the tables."""
        self.search.clear()
        self.people.reindex(self.people.ids())
        self.meetups.reindex(each.id for each in self.meetups.everything())
        self.articles.reindex(self.articles.ids(Shelf()))
        self.journal.reindex(self.journal.ids())

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
    def kept_pages(self) -> KeptPages:
        return KeptPages(self._room)

    @cached_property
    def search(self) -> Search:
        return Search(self._room)

    @cached_property
    def trash(self) -> Trash:
        return Trash(self._room)


@dataclass(frozen=True, slots=True, eq=False)
class _Access:
    """The connections, and where they find the journal."""

    writing: Engine
    reading: Engine
    journal: JournalTables
    locked: bool

    def dispose(self) -> None:
        self.reading.dispose()
        self.writing.dispose()


class Store:
    """An open store. Safe to use from several threads: readers do not wait, writers take turns.

    now: an aware UTC datetime in whole milliseconds. new_uid: a fresh random id (32 hex digits).
    changed: counts the units of work since the opening that touched what kept pages rest on.
    """

    def __init__(
        self, path: Path, key: bytes, salt: bytes, *, now: Callable[[], datetime], new_uid: Callable[[], str],
        copy_first: Callable[[], None] = lambda: None, create: bool = True,
    ) -> None:  # fmt: skip
        """Open the file, bringing it up to date. copy_first: called before an older file is changed.

        Raises StoreFault: missing (with create=False), empty, plain, damaged, newer, not writable.
        """
        if check_file(path):
            bring_up_to_date(path, key, salt, copy_first=copy_first)
        elif create:
            begin_new(path, key, salt)
        else:
            raise StoreFault(
                "There is no store here", f"{path} does not exist. Nothing was made.", Trouble.STORE_MISSING
            )
        self.path = path
        self._now, self._new_uid = now, new_uid
        self._key = (key, salt)
        self._copy: Callable[[Path], None] = partial(copy_store, path, key, salt)
        self._examine: Callable[[Path], Soundness] = partial(examine, key=key, salt=salt)
        self._main = FileKey(path, key, salt)
        self._home: Home | None = settle(self._main, now())
        self._own: FileKey | None = None
        self._access = self._connections()
        self._turn = RLock()
        self._writer: int | None = None
        self.changed = 0

    @contextmanager
    def write(self, origin: str) -> Iterator[Work]:
        """One transaction: committed on leaving, rolled back on an exception. Do not nest.

        Raises StoreFault where the disk is full, the file read-only or busy; nothing of the unit is kept then.
        """
        with self._turn:
            if self._writer == get_ident():
                raise RuntimeError("units of work do not nest")
            self._writer = get_ident()
            try:
                access = self._access
                with in_words(), access.writing.begin() as connection:
                    work = self._work(connection, origin, access)
                    yield work
                    self._age(work)
            finally:
                self._writer = None

    def _age(self, work: Work) -> None:
        """Pages kept rest on the records: in the same transaction, those whose records change grow stale."""
        if work.changes.touches(*RESTS_ON):
            work.kept_pages.grow_stale()
            self.changed += 1

    @contextmanager
    def read(self) -> Iterator[Work]:
        """The repositories over one unchanging state; writing through them is refused by the engine."""
        access = self._access
        with in_words(), access.reading.connect() as connection:
            try:
                yield self._work(connection, "", access)
            finally:
                if access is not self._access:  # the journal was opened or locked meanwhile
                    connection.invalidate()

    def _work(self, connection: Connection, origin: str, access: _Access) -> Work:
        return Work(
            connection, origin, self._now, self._new_uid, journal=access.journal, journal_locked=access.locked
        )  # fmt: skip

    @property
    def journal_vault(self) -> str | None:
        """The id of the journal's key slots where it has a file of its own, None where it lies here."""
        return None if self._home is None else self._home.vault

    @property
    def journal_open(self) -> bool:
        return self._home is None or self._own is not None

    @property
    def journal_swept(self) -> bool:
        """False where free pages of the main file may still hold parts of the journal: the disk refused so far."""
        return self._home is None or self._home.swept

    def attach_journal(self, key: bytes, salt: bytes) -> None:
        """Open the journal's own file. Raises StoreFault where it is missing, newer, or of another key."""
        own = FileKey(self.path.with_name(JOURNAL), key, salt)
        with self._alone():
            if self._home is None:
                return
            bring_journal_up_to_date(own)
            self._own = own
            self._connect_anew()

    def detach_journal(self) -> None:
        """Lock the journal: from now on nobody who reads finds any of it. Whoever is reading ends as they began."""
        with self._alone():
            if self._own is not None:
                self._own = None
                self._connect_anew()

    def move_journal_out(self, key: bytes, salt: bytes, vault_id: str, vault: bytes) -> None:
        """Give the journal a file of its own under its own key, and open it there. vault: its key slots, to be kept.

        Raises StoreFault where that cannot be done; the journal is where it was then.
        """
        own = FileKey(self.path.with_name(JOURNAL), key, salt)
        with self._alone():
            if self._home is not None:
                raise RuntimeError("the journal has a file of its own already")
            move_out(self._main, own, vault_id, vault, self._now())
            self._home, self._own = Home(vault_id, swept=False), own
            self._connect_anew()

    def move_journal_back(self) -> None:
        """Take the journal back into the main file. Raises JournalLocked, and StoreFault where it cannot be done."""
        with self._alone():
            if self._own is None:
                raise JournalLocked
            own = self._own
            try:
                self._own = None
                self._connect_anew()
                move_back(self._main, own, self._now())
                self._home = None
            except BaseException:
                self._own = own
                raise
            finally:
                self._connect_anew()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No writer meanwhile."""
        with self._turn:
            if self._writer == get_ident():
                raise RuntimeError("the journal is not opened or locked inside a unit of work")
            yield

    def _connect_anew(self) -> None:
        """Give up every connection: they know another journal. Readers who are at work give up theirs when they end."""
        old, self._access = self._access, self._connections()
        old.dispose()
        if self._home is not None and not self._home.swept:
            self._home = Home(self._home.vault, sweep(self._main))

    def _connections(self) -> _Access:
        own, (path, key, salt) = self._own, (self.path, self._main.key, self._main.salt)
        attach = no_more if own is None else partial(_attach, own)
        return _Access(
            writing_engine(path, key, salt, attach), reading_engine(path, key, salt, attach),
            HERE if own is None else APART, locked=self._home is not None and own is None,
        )  # fmt: skip

    def check(self) -> tuple[str, ...]:
        """What the engine finds wrong with the file: page signatures, structure, links, search index. () is sound."""
        # No writer meanwhile: the page signatures are read from the file itself, past the engine's view of it.
        # By a new connection: FTS5 checks with the structure that a connection remembers of an earlier search,
        # and takes what was written since for damage.
        with self._turn:
            try:
                found = self.examine(self.path).faults
            except StoreFault as fault:
                return (fault.title,)
            if self._own is not None and not found:
                found = tuple(f"journal: {each}" for each in damages(self._own.path, self._own.key, self._own.salt))
            if found:
                return found
            with self.read() as work:
                return tuple(work.search.missing())

    def copy_to(self, target: Path) -> bool:
        """Write a compact encrypted copy of the present state (same key) to a path that does not exist yet.

        Returns whether the journal is in it, False where that lies in a file of its own.
        Raises StoreFault where it cannot be written; nothing is left there then. Writers go on meanwhile.
        """
        self._copy(target)
        return has_journal(FileKey(target, self._main.key, self._main.salt))

    def examine(self, other: Path) -> Soundness:
        """Read another file written with the same key to its end, as restoring it would. Raises StoreFault."""
        return self._examine(other)

    def owns(self, fits: Callable[[bytes, bytes], bool]) -> bool:
        """What a test of its key and salt says, as whether some key slots are this store's. Neither is kept by it."""
        return fits(*self._key)

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._access.dispose()


def _attach(own: FileKey, connection: Any) -> None:
    own.attach(connection, APART.schema)
