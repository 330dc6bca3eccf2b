"""The connections of an open store, and where they find the journal: here, in a file of its own, or nowhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from pln.model.errors import StoreFault
from pln.store.engine import no_more, reading_engine, writing_engine
from pln.store.journal_file import (
    JOURNAL,
    FileKey,
    Home,
    JournalLocked,
    bring_up_to_date,
    home_in,
    move_back,
    move_out,
    settle,
    sweep,
)
from pln.store.schema import APART, HERE, JournalTables


@dataclass(frozen=True, slots=True, eq=False)
class Connections:
    """journal: where its tables are found. locked: they lie in a file that is closed; those here are empty."""

    writing: Engine
    reading: Engine
    journal: JournalTables
    locked: bool

    def dispose(self) -> None:
        self.reading.dispose()
        self.writing.dispose()


class Access:
    """now: as it stands; replaced as a whole when the journal is opened, locked or moved.

    Whoever calls what changes it sees to it that nobody writes meanwhile. Who is reading ends as they began.
    """

    def __init__(self, main: FileKey, when: datetime) -> None:
        self._main = main
        self._home: Home | None = settle(main, when)
        self._own: FileKey | None = None
        self.now = self._connections()

    @property
    def vault(self) -> str | None:
        """The id of the journal's key slots where it has a file of its own."""
        return None if self._home is None else self._home.vault

    @property
    def is_open(self) -> bool:
        return self._home is None or self._own is not None

    @property
    def is_swept(self) -> bool:
        return self._home is None or self._home.swept

    @property
    def own(self) -> FileKey | None:
        """The journal's own file while it is open."""
        return self._own

    def attach(self, key: bytes, salt: bytes) -> None:
        if self._home is not None:
            own = self._own_file(key, salt)
            bring_up_to_date(own)
            self._take(own)

    def detach(self) -> None:
        if self._own is not None:
            self._take(None)

    def move_out(self, key: bytes, salt: bytes, vault_id: str, vault: bytes, when: datetime) -> None:
        if self._home is not None:
            raise RuntimeError("the journal has a file of its own already")
        own = self._own_file(key, salt)
        try:
            move_out(self._main, own, vault_id, vault, when)
        finally:
            self._look(own)

    def move_back(self, when: datetime) -> None:
        own = self._own
        if own is None:
            raise JournalLocked
        self._take(None)  # the file is to be folded and put away: nobody may have it open
        try:
            move_back(self._main, own, when)
        finally:
            self._look(own)

    def dispose(self) -> None:
        self.now.dispose()

    def _own_file(self, key: bytes, salt: bytes) -> FileKey:
        return FileKey(self._main.path.with_name(JOURNAL), key, salt)

    def _look(self, own: FileKey) -> None:
        """After a move, one that was broken off too: the main file alone says where the journal lies."""
        with suppress(StoreFault):
            self._home = home_in(self._main)
        self._take(None if self._home is None else own)

    def _take(self, own: FileKey | None) -> None:
        """Give up every connection: they know another journal."""
        old, self._own = self.now, own
        self.now = self._connections()
        old.dispose()
        if self._home is not None and not self._home.swept:
            self._home = Home(self._home.vault, sweep(self._main))

    def _connections(self) -> Connections:
        own, main = self._own, self._main
        attach = no_more if own is None else partial(_attach, own)
        return Connections(
            writing_engine(main.path, main.key, main.salt, attach),
            reading_engine(main.path, main.key, main.salt, attach),
            HERE if own is None else APART, locked=self._home is not None and own is None,
        )  # fmt: skip


def _attach(own: FileKey, connection: Any) -> None:
    own.attach(connection, APART.schema)
