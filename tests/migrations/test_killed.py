"""kill -9 while a profile is brought up to date: it is of one version, whole, and the next start goes on from there."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from forked import Forks
from migrations.make_sample import key_of, make
from migrations.migrating_child import MORE, opened, with_more_steps
from pln.services.backup import verify_backup
from pln.store.connection import connect
from pln.store.migrate import migrate, version_of
from pln.store.migrations import STEPS
from pln.system.paths import Profile

PEOPLE = 3000
MIGRATING = Path(__file__).parent / "migrating_child.py"


@pytest.fixture
def more_steps() -> Iterator[None]:
    with_more_steps()
    yield
    with_more_steps(STEPS)


@dataclass
class Kills:
    """kept: a profile of the first version. versions: how many starts that were killed left which version."""

    kept: Path
    folder: Path
    versions: dict[int, int] = field(default_factory=dict)

    def again_and_again(self, cycles: int) -> Kills:
        chance = random.Random(3)
        with Forks(MIGRATING) as forks:
            whole = self._time_of_a_whole_one(forks)
            for cycle in range(cycles):
                # One from each stretch of the time, at random in it.
                self._kill(forks, (cycle + chance.random()) / cycles * whole)
                version = self._assert_wholly_of_one_version()
                self.versions[version] = self.versions.get(version, 0) + 1
        return self

    def _time_of_a_whole_one(self, forks: Forks) -> float:
        forks.start(self._fresh())
        forks.next()
        before = time.monotonic()
        assert [*forks.rest()] == [["done"]]
        return time.monotonic() - before

    def _kill(self, forks: Forks, seconds: float) -> None:
        forks.start(self._fresh())
        forks.next()
        time.sleep(seconds)
        forks.kill()
        list(forks.rest())

    def _fresh(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.kept, self.folder)
        return self.folder

    def _assert_wholly_of_one_version(self) -> int:
        profile = Profile(self.folder)
        key = key_of(profile)
        with closing(connect(profile.store, key.key, key.salt)) as connection:
            version = version_of(connection)
            assert _schema(connection) == _schema_of(version, self.folder / "made.db")
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT count(*) FROM person").fetchone() == (PEOPLE,)
        kept = [verify_backup(path, key).counts["person"] for path in profile.backups.glob("*.plnbackup")]
        assert kept == [PEOPLE] or (kept == [] and version == 1), "no backup of what was changed"
        session = opened(self.folder)
        assert session.context.store.check() == ()
        session.close()
        with closing(connect(profile.store, key.key, key.salt)) as connection:
            assert version_of(connection) == len(MORE)
            assert connection.execute("SELECT count(*) FROM again").fetchone() == (2 * PEOPLE,)
        return version


def _schema(connection: Any) -> list[Any]:
    return list(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"))


def _schema_of(version: int, path: Path) -> list[Any]:
    path.unlink(missing_ok=True)
    with closing(connect(path, bytes(32), bytes(16))) as connection:
        migrate(connection, copy_first=lambda: None, steps=MORE[:version])
        return _schema(connection)


@pytest.fixture
def kills(tmp_path: Path, more_steps: None) -> Kills:
    make(tmp_path / "kept", 1, PEOPLE)
    return Kills(tmp_path / "kept", tmp_path / "profile")


def test_8_kills_leave_the_old_version_or_a_newer_one(kills: Kills) -> None:
    kills.again_and_again(8)
    assert sum(kills.versions.values()) == 8


@pytest.mark.long
@pytest.mark.timeout(600)
def test_40_kills_leave_the_old_version_or_a_newer_one(kills: Kills) -> None:
    kills.again_and_again(40)
    assert {1, len(STEPS)} <= kills.versions.keys(), "the kills fell all on one side"
