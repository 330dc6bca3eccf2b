"""A stored profile of every version of the store opens in today's PLN, with everything that was in it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from every_table import ELSEWHERE
from migrations.make_sample import INDEX_OF_ARTICLES_SINCE, PASSPHRASE, SAMPLES, WORD, key_of, own_tables
from pln.model.changes import Noun
from pln.services.backup import verify_backup
from pln.services.opening import Opened, open_profile
from pln.store.connection import connect
from pln.store.migrate import migrate, version_of
from pln.store.migrations import NEWEST, STEPS
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

Rows = dict[str, list[tuple[Any, ...]]]


def sample_of(version: int, folder: Path) -> Profile:
    """A copy, to be opened."""
    shutil.copytree(SAMPLES / f"v{version:04}", folder)
    return Profile(folder)


def opened(profile: Profile) -> Opened:
    return open_profile(profile, NoSecrets(), lambda: PASSPHRASE, FixedClock.on(TODAY))


def rows_of(profile: Profile, columns: dict[str, list[str]] | None = None) -> tuple[dict[str, list[str]], Rows]:
    """The columns of each table (those given, else all that there are), and every row of them."""
    key = key_of(profile)
    with closing(connect(profile.store, key.key, key.salt)) as connection:
        columns = columns or own_tables(connection)
        told = {table: ", ".join(f'"{name}"' for name in names) for table, names in columns.items()}
        return columns, {name: connection.execute(f"SELECT {told[name]} FROM {name}").fetchall() for name in told}


def test_every_version_has_its_sample() -> None:
    there = {path.name for path in SAMPLES.iterdir()}
    assert there == {f"v{number:04}" for number in range(1, NEWEST + 1)}, "see make_sample.py"


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_sample_is_what_the_steps_still_make(version: int, tmp_path: Path) -> None:
    """A step that is changed after its release would make stores that no other copy of PLN has."""
    profile = sample_of(version, tmp_path / "profile")
    key = key_of(profile)
    with (
        closing(connect(profile.store, key.key, key.salt)) as sample,
        closing(connect(tmp_path / "made.db", key.key, key.salt)) as made,
    ):
        migrate(made, copy_first=lambda: None, steps=STEPS[:version])
        assert version_of(sample) == version
        assert _schema(sample) == _schema(made)
    assert {table for table, rows in rows_of(profile)[1].items() if not rows} <= ELSEWHERE


def _schema(connection: Any) -> list[Any]:
    return list(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"))


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_sample_migrates_with_everything_in_it(version: int, tmp_path: Path) -> None:
    profile = sample_of(version, tmp_path / "profile")
    columns, before = rows_of(profile)
    session = opened(profile)
    try:
        assert session.context.store.check() == ()
        with session.context.store.read() as work:
            found = {hit.ref.noun for hit in work.search.hits(WORD)}
        marked = {Noun.HIGHLIGHT} if version >= INDEX_OF_ARTICLES_SINCE else set()
        assert found == {Noun.PERSON, Noun.MEETUP, Noun.ARTICLE, Noun.ENTRY} | marked
    finally:
        session.close()
    # A step that changes rows on purpose has its own words here.
    if version < INDEX_OF_ARTICLES_SINCE:  # the fourth step gives articles an index of their own, and `check` read it
        columns = {table: names for table, names in columns.items() if not table.startswith("search")}
    assert rows_of(profile, columns)[1] == {table: before[table] for table in columns}
    copies = [verify_backup(path, key_of(profile)) for path in profile.backups.iterdir()]
    assert [copy.counts["person"] for copy in copies] == ([3] if version < NEWEST else [])
