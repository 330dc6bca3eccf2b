"""Pipes where a file should be, and a backup that lies where it would be unpacked: refused at once, and left alone."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from pln.model.errors import StoreFault, UsageError
from pln.services.backup import backup
from pln.services.context import Context
from pln.services.kept_backups import kept_of, vault_id
from pln.services.restoring import STAGE, bring_in, drop_stage, lay
from pln.store.connection import check_file
from pln.store.set_aside import NOTE, finish
from pln.system.paths import Profile
from store_fixtures import fill
from vault_fixtures import THE_KEY

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Whoever waits for a pipe is woken, and has failed."""

    def woken(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("it waited for a pipe")

    before = signal.signal(signal.SIGALRM, woken)
    signal.setitimer(signal.ITIMER_REAL, 5)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("away")


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def test_nothing_takes_the_place_of_a_pipe(context: Context, away: Path) -> None:
    there = pipe(away / "pipe")
    link = away / "link"
    link.symlink_to(there)
    for target in (there, link):
        with pytest.raises(UsageError, match="cannot be written there"):
            backup(context, target, over=True)
    assert stat.S_ISFIFO(there.lstat().st_mode)
    assert link.is_symlink()


def test_nobody_waits_for_a_backup_that_is_a_pipe(away: Path) -> None:
    with pytest.raises(StoreFault, match="cannot be read"):
        bring_in(pipe(away / "pipe"), Profile(away / "new"), lambda _stage: THE_KEY)


def test_nor_for_a_store_a_note_or_a_key_file_that_is_one(context: Context, away: Path) -> None:
    with pytest.raises(StoreFault, match="not a file"):
        check_file(pipe(away / "store.db"))
    pipe(away / NOTE)
    with pytest.raises(StoreFault, match="broken off"):
        finish(away)
    profile = Profile(away / "profile").create()
    pipe(profile.vault)
    assert vault_id(profile) is None
    assert kept_of(profile) == ()


def test_a_backup_that_lies_where_it_would_be_unpacked_stays(context: Context, away: Path) -> None:
    fill(context.store)
    into = Profile(away / "new").create()
    (into.root / STAGE).mkdir()
    mine = backup(context, into.root / STAGE / "mine.plnbackup").path
    link = away / "link.plnbackup"
    link.symlink_to(mine)
    for path in (mine, link):
        for bring in (bring_in, lay):
            with pytest.raises(StoreFault, match="where PLN unpacks"):
                bring(path, into, lambda _stage: THE_KEY)
            assert mine.exists()
    drop_stage(into)
