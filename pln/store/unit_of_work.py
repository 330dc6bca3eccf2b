"""The store as the services see it: read it in one state, write it in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from threading import RLock, get_ident

from sqlalchemy import Connection

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import StoreFault, Trouble
from pln.store.access import Access, Connections
from pln.store.article_around import ArticlesAround
from pln.store.article_fulls import FullTexts
from pln.store.article_pictures import ArticlePictures
from pln.store.article_room import ArticleRoom
from pln.store.articles import Articles
from pln.store.brought import Brought
from pln.store.connection import check_file
from pln.store.contact_log import ContactLog
from pln.store.copying import copy_store
from pln.store.faults import in_words
from pln.store.feeds import Feeds
from pln.store.fetch_records import FetchRecords
from pln.store.highlights import Highlights
from pln.store.interactions import Interactions
from pln.store.journal import Journal
from pln.store.journal_file import FileKey, JournalLocked, home_in
from pln.store.journal_soundness import missing
from pln.store.kept_pages import RESTS_ON, KeptPages
from pln.store.meetups import Meetups
from pln.store.migrate import begin_new, bring_up_to_date
from pln.store.people import People
from pln.store.picture_file import NAME as PICTURES
from pln.store.picture_file import PictureFile
from pln.store.picture_key import picture_key
from pln.store.reading_rules import ReadingRules
from pln.store.repository import Room
from pln.store.responses import Responses
from pln.store.schema import HERE, JournalTables
from pln.store.search import Search
from pln.store.settings import Settings
from pln.store.shares import Shares
from pln.store.smart_folders import SmartFolders
from pln.store.soundness import Soundness, damages, examine, never
from pln.store.sync import Sync
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
        self.articles.reindex(self.articles.every_id())
        self.highlights.reindex()
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
    def fetched(self) -> FetchRecords:
        return FetchRecords(self._room)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self._room)

    @cached_property
    def around(self) -> ArticlesAround:
        return ArticlesAround(self._room)

    @cached_property
    def full_texts(self) -> FullTexts:
        return FullTexts(self._room)

    @cached_property
    def article_pictures(self) -> ArticlePictures:
        return ArticlePictures(self._room)

    @cached_property
    def highlights(self) -> Highlights:
        return Highlights(self._room)

    @cached_property
    def rules(self) -> ReadingRules:
        return ReadingRules(self._room)

    @cached_property
    def brought(self) -> Brought:
        return Brought(self._room)

    @cached_property
    def smart_folders(self) -> SmartFolders:
        return SmartFolders(self._room)

    @cached_property
    def article_room(self) -> ArticleRoom:
        return ArticleRoom(self._room)

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
    def sync(self) -> Sync:
        return Sync(self._room)

    @cached_property
    def trash(self) -> Trash:
        return Trash(self._room)


class Store:
    """An open store. Safe to use from several threads: readers do not wait, writers take turns.

    now: an aware UTC datetime in whole milliseconds. new_uid: a fresh random id (32 hex digits).
    changed: counts the units of work since the opening that touched what kept pages rest on.
    writable: False where it can only be looked at. pictures: those kept for offline, in a file of their own.
    """

    writable = True

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
                "There is no store here",
                f"{path} does not exist. Nothing was made. A backup brings it back: pln restore --latest.",
                Trouble.STORE_MISSING,
            )
        self.path = path
        self._now, self._new_uid = now, new_uid
        self._key = (key, salt)
        self._copy: Callable[[Path], None] = partial(copy_store, path, key, salt)
        self._examine: Callable[..., Soundness] = partial(examine, key=key, salt=salt)
        self._main = FileKey(path, key, salt)
        self._access = Access(self._main, now())
        self._turn = RLock()
        self._writer: int | None = None
        self.changed = 0
        self.pictures = PictureFile(path.with_name(PICTURES), partial(picture_key, key, salt))

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
                now = self._access.now
                with in_words(), now.writing.begin() as connection:
                    work = self._work(connection, origin, now)
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
        now = self._access.now
        with in_words(), now.reading.connect() as connection:
            try:
                yield self._work(connection, "", now)
            finally:
                if now is not self._access.now:  # the journal was opened or locked meanwhile
                    connection.invalidate()

    def _work(self, connection: Connection, origin: str, now: Connections) -> Work:
        return Work(connection, origin, self._now, self._new_uid, journal=now.journal, journal_locked=now.locked)

    @property
    def journal_vault(self) -> str | None:
        """The id of the journal's key slots where it has a file of its own, None where it lies here."""
        return self._access.vault

    @property
    def journal_open(self) -> bool:
        return self._access.is_open

    @property
    def journal_swept(self) -> bool:
        """False where free pages of the main file may still hold parts of the journal: the disk refused so far."""
        return self._access.is_swept

    def attach_journal(self, key: bytes, salt: bytes) -> None:
        """Open the journal's own file. Raises StoreFault where it is missing, newer, or of another key."""
        with self._alone():
            self._access.attach(key, salt)

    def detach_journal(self) -> None:
        """Lock the journal: from now on nobody who reads finds any of it. Whoever is reading ends as they began."""
        with self._alone():
            self._access.detach()

    def move_journal_out(self, key: bytes, salt: bytes, vault_id: str, vault: bytes) -> None:
        """Give the journal a file of its own under its own key, and open it there. vault: its key slots, to be kept.

        Raises StoreFault where that cannot be done; the journal is where it was then.
        """
        with self._alone():
            self._access.move_out(key, salt, vault_id, vault, self._now())

    def move_journal_back(self) -> None:
        """Take the journal back into the main file. Raises JournalLocked, and StoreFault where it cannot be done."""
        with self._alone():
            self._access.move_back(self._now())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No writer meanwhile."""
        with self._turn:
            if self._writer == get_ident():
                raise RuntimeError("the journal is not opened or locked inside a unit of work")
            yield

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
            found = found or self.journal_faults()
            if found:
                return found
            with self.read() as work:
                return tuple(work.search.missing())

    def journal_faults(self) -> tuple[str, ...]:
        """What is wrong with the journal's own file and its key slots, as far as can be told while it is locked."""
        with self._turn:  # as in `check`
            vault, own = self._access.vault, self._access.own
            if vault is None:
                return ()
            found = missing(self.path.parent, vault)
            try:
                found = found or (() if own is None else damages(own.path, own.key, own.salt))
            except StoreFault as fault:
                found = (fault.title,)
            return tuple(f"journal: {each}" for each in found)

    def copy_to(self, target: Path) -> bool:
        """Write a compact encrypted copy of the present state (same key) to a path that does not exist yet.

        Returns whether the journal is in it, False where that lies in a file of its own.
        Raises StoreFault where it cannot be written; nothing is left there then. Writers go on meanwhile.
        """
        self._copy(target)
        return home_in(FileKey(target, self._main.key, self._main.salt)) is None

    def examine(self, other: Path, *, cancelled: Callable[[], bool] = never) -> Soundness:
        """Read a file written with the same key to its end, as restoring it would. Raises StoreFault, Cancelled."""
        return self._examine(other, cancelled=cancelled)

    def owns(self, fits: Callable[[bytes, bytes], bool]) -> bool:
        """What a test of its key and salt says, as whether some key slots are this store's. Neither is kept by it."""
        return fits(*self._key)

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self.pictures.close()
        self._access.dispose()
