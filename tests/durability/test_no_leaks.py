"""No word of the owner's reaches the disk in the clear: not in the log, not in sorter files, not in copies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from every_table import assert_every_table_filled, into_every_table
from pln.model.journal import Entry
from pln.model.offline import Picture
from pln.services import journal_lock
from pln.services.backup import backup
from pln.services.context import Context
from pln.store import connection
from pln.store.passphrase import Cost
from pln.store.schema import APART
from pln.store.unit_of_work import Work
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, make_store
from vault_fixtures import keys_of

CANARY = "zq canary zq"
ROWS = 6000
CODES = ("utf-8", "utf-16-le", "utf-16-be")
LOCKED = "zq locked canary zq"
WORDS = "pears and plums"
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


def test_no_canary_in_any_file(tmp_path: Path) -> None:
    found = canaries_of_a_session(tmp_path)
    assert found == {}
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {"store.db", "pictures.db", "journal.db", "made.plnbackup", "apart.plnbackup", "copy.db"} <= names


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="deleted files are looked at through /proc")
def test_the_search_for_canaries_can_find_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same session with sorter files allowed on the disk leaks: so the test above means something."""
    pragmas = tuple("temp_store=FILE" if each == "temp_store=MEMORY" else each for each in connection._PRAGMAS)
    monkeypatch.setattr(connection, "_PRAGMAS", pragmas)
    found = canaries_of_a_session(tmp_path)
    assert sum(found.values()) > ROWS
    assert all("(deleted)" in name for name in found)


def test_a_canary_in_a_named_file_is_found_in_each_way_of_writing_it(tmp_path: Path) -> None:
    for code in CODES:
        (tmp_path / code).write_bytes(b"x" + CANARY.encode(code) + LOCKED.encode(code))
    found: dict[str, int] = {}
    _look(found, tmp_path)
    assert found.keys() == set(CODES)
    assert min(found.values()) >= 2


def canaries_of_a_session(root: Path) -> dict[str, int]:
    """Write a canary into every table, sort, make temporary tables, back up; how many stand in which file."""
    profile = Profile(root / "profile").create()
    profile.vault.write_bytes(keys_of()[0])
    store = make_store(profile.store)
    ctx = Context(store=store, profile=profile, clock=FixedClock.on(TODAY))
    found: dict[str, int] = {}
    with store.write("") as work:
        into_every_table(work, CANARY, ROWS)
        _look(found, root)
    with store.write("") as work:
        work.people.connection.execute(text("PRAGMA cache_size = 20"))
        work.people.connection.execute(text("UPDATE person SET note = note || ' changed'"))
        _look(found, root)
        _sort(work, found, root, "person", "note")
    with store.read() as work:
        work.people.connection.execute(text("PRAGMA cache_size = 20"))
        _sort(work, found, root, "person", "note")
        assert work.search.hits("canary")
    store.pictures.put({CANARY: Picture(kind=CANARY, width=1, height=1, data=CANARY.encode() * ROWS)})
    assert store.pictures.get(CANARY)
    _look(found, root)
    store.copy_to(root / "copy.db")
    backup(ctx, root / "made.plnbackup")
    _look(found, root)
    assert_every_table_filled(store)
    _with_a_journal_apart(ctx, found, root)
    ctx.close()
    _look(found, root)
    return found


def _with_a_journal_apart(ctx: Context, found: dict[str, int], root: Path) -> None:
    """The journal moves into a file of its own, is written and sorted there, is locked, and is backed up locked."""
    journal_lock.set_up(ctx, journal_lock.prepare(WORDS, CHEAP))
    _look(found, root)
    with ctx.write("") as work:
        for number in range(ROWS // 20):
            work.journal.add(Entry(title=f"{LOCKED} {number}", body=f"{LOCKED} " * 20))
        work.people.connection.execute(text("PRAGMA cache_size = 20"))
        _sort(work, found, root, f"{APART.schema}.entry", "body")
    journal_lock.lock_journal(ctx)
    _look(found, root)
    backup(ctx, root / "apart.plnbackup")


def _sort(work: Work, found: dict[str, int], root: Path, table: str, column: str) -> None:
    run = work.people.connection.exec_driver_sql
    for query in (
        f"SELECT {column} FROM {table} ORDER BY random()",
        f"SELECT DISTINCT {column} || id FROM {table} UNION SELECT {column} || -id FROM {table} ORDER BY 1",
    ):
        rows = run(query)
        rows.fetchone()
        _look(found, root)
        rows.close()
    if not run("PRAGMA query_only").scalar():
        run(f"CREATE TEMP TABLE words AS SELECT * FROM {table}")
        _look(found, root)
        run("DROP TABLE words")


def _look(found: dict[str, int], root: Path) -> None:
    for name, data in (*_named(root), *_deleted()):
        count = sum(data.count(word.encode(code)) for word in (CANARY, LOCKED) for code in CODES)
        if count:
            found[name] = found.get(name, 0) + count


def _named(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in root.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def _deleted() -> Iterator[tuple[str, bytes]]:
    """Files that have no name any more, as SQLite keeps its temporary ones."""
    listing = Path("/proc/self/fd")
    for link in list(listing.iterdir()) if listing.is_dir() else ():
        try:
            name = str(link.readlink())
            if "(deleted)" in name and not name.startswith(("/memfd:", "/dev/")):
                with link.open("rb") as file:
                    yield name, file.read()
        except OSError:
            continue
