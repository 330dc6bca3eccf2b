"""The steps make what schema.py says, whole or not at all, and never touch a newer file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine

from pln.model.errors import StoreFault
from pln.services.backup import verify_backup
from pln.services.opening import open_profile
from pln.store import migrate as migrating
from pln.store import migrations
from pln.store.connection import connect
from pln.store.engine import writing_engine
from pln.store.migrate import migrate, version_of
from pln.store.passphrase import Cost
from pln.store.schema import metadata
from pln.store.unit_of_work import Store
from pln.store.vault import StoreKey
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import KEY, SALT, TODAY, fill, make_store

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
ONE_MORE = (*migrations.STEPS, ("ALTER TABLE person ADD COLUMN colour TEXT",))
BAD_STEP = (*migrations.STEPS, ("CREATE TABLE half (id)", "INSERT INTO half VALUES (1)", "SELECT * FROM nowhere"))
LINK_BREAKER = (*migrations.STEPS, ("DELETE FROM person",))


def differences(store: Store, wanted: MetaData) -> list[Any]:
    engine = writing_engine(store.path, KEY, SALT)
    try:
        with engine.connect() as connection:
            options = {"compare_type": True, "include_name": _ours}
            return list(compare_metadata(MigrationContext.configure(connection, opts=options), wanted))
    finally:
        engine.dispose()


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """The tables that FTS5 keeps for itself are left out."""
    return not (kind == "table" and name is not None and re.match(r"search(_\w+)?$", name))


def test_the_steps_make_what_the_schema_says(store: Store) -> None:
    assert differences(store, metadata) == []


def test_the_comparison_would_see_a_difference(store: Store) -> None:
    other = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(other)
    other.tables["person"].append_column(Column("colour", Integer))
    Table("tide", other, Column("id", Integer, primary_key=True))
    assert sorted(difference[0] for difference in differences(store, other)) == ["add_column", "add_table"]


def test_defaults_keys_links_and_indexes_are_the_same_too(store: Store) -> None:
    memory = create_engine("sqlite://")
    metadata.create_all(memory)
    with memory.connect() as said, store.read() as work:
        for name in metadata.tables:
            assert _told(work.people.connection, name) == _told(said, name)
    memory.dispose()


def _told(connection: Connection, table: str) -> list[Any]:
    """What the engine says of a table, without the order of its columns."""
    ask = connection.exec_driver_sql
    sql = ask("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    indexes = [(row.unique, row.origin, row.partial, ask(f"PRAGMA index_info('{row.name}')").all())
               for row in ask(f"PRAGMA index_list({table})")]  # fmt: skip
    return [
        sorted(tuple(row)[1:] for row in ask(f"PRAGMA table_info({table})")),
        sorted(tuple(row)[2:] for row in ask(f"PRAGMA foreign_key_list({table})")),
        sorted((unique, origin, partial, [column.name for column in columns])
               for unique, origin, partial, columns in indexes),
        ["AUTOINCREMENT" in sql, "NOCASE" in sql],
    ]  # fmt: skip


def test_every_step_has_its_module_in_order() -> None:
    names = sorted(path.stem for path in Path(migrations.__file__).parent.glob("v*.py"))
    assert [int(re.fullmatch(r"v(\d{4})_\w+", name)[1]) for name in names] == list(range(1, len(names) + 1))  # type: ignore[index]
    assert tuple(getattr(migrations, name).STATEMENTS for name in names) == migrations.STEPS
    assert len(migrations.STEPS) == migrations.NEWEST


def _filled(path: Path) -> Path:
    store = make_store(path)
    fill(store)
    store.close()
    return path


def test_an_older_file_is_copied_first_then_changed(tmp_path: Path) -> None:
    connection = connect(_filled(tmp_path / "store.db"), KEY, SALT)
    seen: list[int] = []
    assert migrate(connection, copy_first=lambda: seen.append(version_of(connection)), steps=ONE_MORE) == len(ONE_MORE)
    assert seen == [len(migrations.STEPS)]
    assert migrate(connection, copy_first=lambda: seen.append(0), steps=ONE_MORE) == len(ONE_MORE)
    assert len(seen) == 1
    assert connection.execute("SELECT count(colour) FROM person").fetchone() == (0,)
    connection.close()


def test_a_new_file_is_not_copied_and_one_that_is_up_to_date_neither(tmp_path: Path) -> None:
    def never() -> None:
        raise AssertionError("nothing to copy")

    make_store(tmp_path / "store.db", copy_first=never).close()
    make_store(tmp_path / "store.db", copy_first=never).close()


def test_without_a_copy_nothing_is_changed(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store.db")
    before = path.read_bytes()
    connection = connect(path, KEY, SALT)

    def full() -> None:
        raise StoreFault("The disk is full", "There is no room for a copy.")

    with pytest.raises(StoreFault, match="full"):
        migrate(connection, copy_first=full, steps=ONE_MORE)
    connection.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(("steps", "fault"), [(BAD_STEP, "nowhere"), (LINK_BREAKER, "brought up to date")])
def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, steps: Any, fault: str) -> None:
    path = _filled(tmp_path / "store.db")
    connection = connect(path, KEY, SALT)
    before = list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1"))
    with pytest.raises(Exception, match=fault):
        migrate(connection, copy_first=lambda: None, steps=steps)
    assert version_of(connection) == len(migrations.STEPS)
    assert list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1")) == before
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connection.close()
    store = make_store(path)
    with store.read() as work:
        assert work.people.total() == 1
    assert store.check() == ()
    store.close()


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store.db")
    connection = connect(path, KEY, SALT)
    migrate(connection, copy_first=lambda: None, steps=ONE_MORE)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="newer PLN"):
        make_store(path)
    assert path.read_bytes() == before


def test_a_profile_gets_a_verified_backup_before_its_store_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(tmp_path / "profile")
    for steps in (migrations.STEPS, ONE_MORE, (*ONE_MORE, ("CREATE TABLE tide (id)",))):
        monkeypatch.setattr(migrating, "STEPS", steps)
        monkeypatch.setattr(migrate, "__kwdefaults__", {"steps": steps})
        opened = open_profile(profile, NoSecrets(), lambda: "open sesame", FixedClock.on(TODAY), cost=CHEAP)
        if steps is migrations.STEPS:
            fill(opened.context.store)
            assert list(profile.backups.iterdir()) == []
        opened.close()
    made = sorted(each.name for each in profile.backups.iterdir())
    assert made == ["2026-11-22-before-update-2.plnbackup", "2026-11-22-before-update.plnbackup"]
    key = _key(profile)
    assert [verify_backup(profile.backups / name, key).counts["person"] for name in made] == [1, 1]


def _key(profile: Profile) -> StoreKey:
    from pln.services.vault import open_vault

    return open_vault(profile, NoSecrets(), lambda: "open sesame").key
