"""The journal in a file of its own, under a key of its own, attached to the store's connections while it is open.

The journal's tables stand in the main file too, and are empty there: whoever reads while the journal is locked finds
nothing. What lies in which file is decided by one row of the main file (`journal_home`), written in the same
transaction that takes the journal out of it or puts it back. A move that is broken off before is no move: what it left
is laid aside at the next opening, never deleted.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pln.durable.files import flush_folder, make_private, put_in_place, write_atomically, write_fault
from pln.model.changes import Noun, Ref
from pln.model.errors import PlnError, StoreFault
from pln.store.connection import check_file, connect
from pln.store.faults import in_words
from pln.store.folding import spaced
from pln.store.migrate import migrate
from pln.store.migrations import JOURNAL_STEPS
from pln.store.schema import APART, HERE, JournalTables
from pln.store.search import rowid
from pln.store.unfinished import drop_store

JOURNAL, JOURNAL_VAULT, ASIDE = "journal.db", "journal-vault.json", "set-aside"
_LOG = f"{JOURNAL}-wal"
_LOW, _HIGH = rowid(Ref(Noun.ENTRY, 0)), rowid(Ref(Noun.ENTRY, 1 << 40))


class JournalLocked(PlnError):
    """Something would be written into the journal, or read from it, while it is locked."""

    def __init__(self) -> None:
        super().__init__("The journal is locked", "Nothing was changed. Open the journal on its page, then try again.")


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens an encrypted file: 32 bytes of key, 16 bytes of salt. Never printed."""

    path: Path
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def connect(self) -> Any:
        return connect(self.path, self.key, self.salt)

    def attach(self, connection: Any, name: str) -> None:
        """Open the file beside another one. It must exist and be ours: SQLite would make it anew without a word."""
        if not check_file(self.path):
            raise _missing(self.path)
        spelt = f"x'{self.key.hex()}{self.salt.hex()}'"
        connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (str(self.path), spelt))


@dataclass(frozen=True, slots=True)
class Home:
    """Where the journal lies when it is not in the main file. vault: the id of its key slots.

    swept: nothing of it is left in free pages of the main file.
    """

    vault: str
    swept: bool


def journal_members(profile: Path) -> list[tuple[str, Path]]:
    """The files of a locked journal as a backup takes them, byte for byte: [(name, path)], [] where it has none.

    The log is among them where a crash left one: the newest entries lie in it.
    """
    if not (profile / JOURNAL).exists():
        return []
    found = [(name, profile / name) for name in (JOURNAL, _LOG, JOURNAL_VAULT)]
    return [(name, path) for name, path in found if path.exists() and (name != _LOG or path.stat().st_size)]


def settle(main: FileKey, now: datetime) -> Home | None:
    """At an opening: finish or undo a move that was broken off, and say where the journal lies."""
    home = home_in(main)
    if home is None:
        with suppress(StoreFault):  # it does no harm where it lies, and is tried again
            lay_aside(main.path.parent, now)
    elif not home.swept:
        home = Home(home.vault, sweep(main))
    return home


def home_of(connection: Any) -> Home | None:
    row = connection.execute("SELECT vault, swept FROM journal_home").fetchone()
    return None if row is None else Home(str(row[0]), bool(row[1]))


def home_in(main: FileKey) -> Home | None:
    """Where the journal lies if it is not in this very file, None where it is."""
    with closing(main.connect()) as connection, in_words():
        return home_of(connection)


def bring_up_to_date(journal: FileKey) -> None:
    """Open the journal's file once and run the steps that it lacks. Raises StoreFault; the file stays as it is then."""
    if not check_file(journal.path):
        raise _missing(journal.path)
    with closing(journal.connect()) as connection, in_words():
        migrate(connection, copy_first=lambda: None, steps=JOURNAL_STEPS)


def move_out(main: FileKey, journal: FileKey, vault_id: str, vault: bytes, now: datetime) -> None:
    """Move the journal out of the main file, which is still to be swept.

    vault: the journal's key slots, as its key file holds them. Nobody else may write meanwhile.
    Raises StoreFault where the disk is full or closed to us; the journal is where it was then.
    """
    folder = main.path.parent
    lay_aside(folder, now)
    temporary = FileKey(journal.path.with_name(f".{JOURNAL}.new"), journal.key, journal.salt)
    drop_store(temporary.path)
    try:
        make_private(temporary.path)
        _fill(temporary, main)
        write_atomically(folder / JOURNAL_VAULT, vault)
        put_in_place(temporary.path, journal.path)
    except OSError as fault:
        raise write_fault(journal.path, fault) from fault
    finally:
        drop_store(temporary.path)
    _take_out(main, vault_id)


def move_back(main: FileKey, journal: FileKey, now: datetime) -> None:
    """Move the journal into the main file again, and lay its own file aside. Nobody else may write meanwhile.

    Raises StoreFault where the disk is full or closed to us; the journal is where it was then.
    """
    with closing(main.connect()) as connection, in_words():
        journal.attach(connection, APART.schema)
        connection.execute("BEGIN IMMEDIATE")
        _copy(connection, APART, HERE)
        _index(connection, "main")
        connection.execute("DELETE FROM journal_home")
        connection.execute("COMMIT")
    with suppress(StoreFault):  # it is no longer in use, and the next opening tries again
        lay_aside(main.path.parent, now)


def lay_aside(folder: Path, now: datetime) -> None:
    """Put a journal file that is not in use away, with its key slots, into a folder of its own."""
    left = [folder / name for name in (JOURNAL, _LOG, f"{JOURNAL}-shm", JOURNAL_VAULT) if (folder / name).exists()]
    if not left:
        return
    try:
        aside = _free(folder / ASIDE / f"journal-{now:%Y-%m-%dT%H%M%S}")
        aside.mkdir(parents=True, mode=0o700)
        for path in left:
            path.replace(aside / path.name)
        flush_folder(aside)
        flush_folder(folder)
    except OSError as fault:
        raise write_fault(folder / ASIDE, fault) from fault


def sweep(main: FileKey) -> bool:
    """Write the main file anew without its free pages, and empty its log: False where that cannot be done now."""
    with suppress(StoreFault, MemoryError), closing(main.connect()) as connection, in_words():
        connection.execute("VACUUM")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return False
        connection.execute("UPDATE journal_home SET swept = 1")
        return True
    return False


def _fill(temporary: FileKey, main: FileKey) -> None:
    """Everything of the journal into a new file, and a look whether it is all there."""
    with closing(temporary.connect()) as connection, in_words():
        migrate(connection, copy_first=lambda: None, steps=JOURNAL_STEPS)
        main.attach(connection, "store")
        connection.execute("BEGIN")
        _copy(connection, JournalTables("store", *HERE.all), HERE)
        _index(connection, "main")
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE store")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _copy(connection: Any, source: JournalTables, target: JournalTables) -> None:
    """All rows from one schema of a connection into the other, whose tables are empty, with the numbers used up."""
    for table in HERE.all:
        old, new = f"{source.schema}.{table.name}", f"{target.schema}.{table.name}"
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        rows = f"SELECT {names} FROM {old}"  # noqa: S608
        if table is HERE.entry_mention and target is HERE and source is APART:
            rows += " WHERE person_id IN (SELECT id FROM main.person)"  # a link cannot lead nowhere in the main file
        connection.execute(f"INSERT INTO {new} ({names}) {rows}")
        lost = f"SELECT count(*) FROM ({rows} EXCEPT SELECT {names} FROM {new})"  # noqa: S608
        counts = f"SELECT (SELECT count(*) FROM ({rows})) - (SELECT count(*) FROM {new})"  # noqa: S608
        if connection.execute(lost).fetchone()[0] or connection.execute(counts).fetchone()[0]:
            raise StoreFault(
                "The journal could not be copied whole",
                "It stays where it was; nothing was changed. Please report this.",
            )
        _keep_number(connection, table.name, source.schema, target.schema)


def _keep_number(connection: Any, table: str, source: str, target: str) -> None:
    """Ids are never used twice, in whichever file the journal lies."""
    used = [
        row[0]
        for schema in (source, target)
        for row in connection.execute(f"SELECT seq FROM {schema}.sqlite_sequence WHERE name = ?", (table,))  # noqa: S608
    ]
    if used:
        connection.execute(f"DELETE FROM {target}.sqlite_sequence WHERE name = ?", (table,))  # noqa: S608
        connection.execute(f"INSERT INTO {target}.sqlite_sequence(name, seq) VALUES (?, ?)", (table, max(used)))  # noqa: S608


def _index(connection: Any, schema: str) -> None:
    found = connection.execute(f"SELECT id, title, body FROM {schema}.entry WHERE removed_at IS NULL")  # noqa: S608
    rows = ((_LOW + record, spaced(title), spaced(body)) for record, title, body in found.fetchall())
    connection.executemany(f"INSERT INTO {schema}.search(rowid, title, body) VALUES (?, ?, ?)", rows)  # noqa: S608


def _take_out(main: FileKey, vault_id: str) -> None:
    """The one moment of the move: the rows go and the new home is written down, in one transaction."""
    keeps = "share_log_no_delete"
    with closing(main.connect()) as connection, in_words():
        connection.execute("BEGIN IMMEDIATE")
        rule = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (keeps,)).fetchone()[0]
        connection.execute(f"DROP TRIGGER {keeps}")  # the log is not shortened: it lies in the other file
        for table in reversed(HERE.all):
            connection.execute(f"DELETE FROM main.{table.name}")  # noqa: S608
        connection.execute(rule)
        connection.execute("DELETE FROM main.search WHERE rowid >= ? AND rowid < ?", (_LOW, _HIGH))
        connection.execute("INSERT INTO main.search(search) VALUES ('optimize')")  # deleted words lie there until then
        connection.execute("INSERT INTO journal_home(vault) VALUES (?)", (vault_id,))
        connection.execute("COMMIT")


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _missing(path: Path) -> StoreFault:
    return StoreFault(
        "The journal's file is missing",
        f"{path.name} is not in the profile, although the journal lies in it. Nothing was changed. "
        "Put it back from a backup.",
    )
