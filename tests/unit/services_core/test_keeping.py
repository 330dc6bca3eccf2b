"""Backups by themselves: one a day, one before much is changed, where they go, which stay, and what is said else."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from pln.model.contact import Person
from pln.model.errors import StoreFault, Trouble, UsageError
from pln.services import keeping
from pln.services.backup import BackupReport, backup, verify_backup
from pln.services.context import Context
from pln.services.keeping import (
    NoBackup,
    Skipped,
    Why,
    choose_place,
    keep_before,
    keep_daily,
    keep_now,
    look_after,
    place,
    safely,
)
from pln.services.kept_backups import backups_in, folders, kept_of
from pln.store.vault import StoreKey
from pln.system.clock import FixedClock
from store_fixtures import SALT, TODAY, fill
from vault_fixtures import THE_KEY, keys_of


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def ctx(context: Context) -> Context:
    fill(context.store)
    context.profile.vault.write_bytes(keys_of()[0])
    return context


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on another disk, as it were."""
    return tmp_path_factory.mktemp("stick")


def on(ctx: Context, days: int) -> Context:
    return replace(ctx, clock=FixedClock.on(TODAY + timedelta(days=days)))


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def full(monkeypatch: pytest.MonkeyPatch, free: int = 1000) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(10**9, 10**9 - free, free))


def test_there_is_one_a_day_and_it_opens(ctx: Context) -> None:
    report = keep_daily(ctx)
    assert isinstance(report, BackupReport)
    assert report.path == ctx.profile.backups / "2026-11-22-daily.plnbackup"
    assert (report.why, report.counts["person"]) == (Why.DAILY, 1)
    assert verify_backup(report.path, THE_KEY) == report
    assert keep_daily(ctx) is None
    assert isinstance(keep_daily(on(ctx, 1)), BackupReport)
    assert [each.kept.day for each in kept_of(ctx.profile)] == [TODAY + timedelta(days=1), TODAY]


def test_sixty_days_leave_seven_days_and_four_weeks(ctx: Context) -> None:
    for day in range(60):
        keep_daily(on(ctx, day))
    days = [(each.kept.day - TODAY).days for each in kept_of(ctx.profile)]
    assert days[:7] == [59, 58, 57, 56, 55, 54, 53]
    assert len(days) <= 11
    assert days[-1] <= 59 - 21


def test_before_much_is_changed_there_is_one_each_time(ctx: Context) -> None:
    for _ in range(5):
        assert isinstance(keep_before(ctx, Why.BEFORE_IMPORT), BackupReport)
    safely(ctx, Why.BEFORE_MERGE)
    found = kept_of(ctx.profile)
    assert [each.kept.why for each in found].count(Why.BEFORE_IMPORT) == 2
    assert [each.kept.why for each in found].count(Why.BEFORE_MERGE) == 1


def test_what_is_not_ours_is_never_removed(ctx: Context) -> None:
    keep_daily(ctx)
    mine = ctx.profile.backups
    other, _code = keys_of(StoreKey(key=bytes(32), salt=SALT), vault_id="cd" * 16)
    first = mine / "2026-11-22-daily.plnbackup"
    (mine / "2026-11-22-daily (conflicted copy).plnbackup").write_bytes(first.read_bytes())
    (mine / "before the holidays.plnbackup").write_bytes(first.read_bytes())
    (mine / "2026-11-21-daily.plnbackup").write_bytes(b"no backup")
    (mine / "2026-11-20-daily.plnbackup").symlink_to(first)
    by_hand = keep_now(ctx).path
    _other_vault(first, mine / "2026-11-19-daily.plnbackup", other)
    there = {*names(mine)} - {first.name}
    for day in range(1, 40):
        keep_daily(on(ctx, day))
    assert there <= {*names(mine)}
    assert by_hand.exists()
    assert not first.exists()


def _other_vault(path: Path, target: Path, vault: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(target, "w") as made:
        for name in whole.namelist():
            made.writestr(name, vault if name == "vault.json" else whole.read(name))


def test_where_space_is_short_none_is_made_and_that_is_said(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_daily(ctx)
    before = names(ctx.profile.backups)
    full(monkeypatch)
    found = keep_daily(on(ctx, 1))
    assert isinstance(found, Skipped)
    assert found.trouble is Trouble.FULL
    assert "too little room" in found.title
    assert names(ctx.profile.backups) == before
    with pytest.raises(StoreFault, match="too little room"):
        keep_now(ctx)
    with pytest.raises(NoBackup, match="Nothing was changed"):
        safely(ctx, Why.BEFORE_IMPORT)
    safely(ctx, Why.BEFORE_IMPORT, without=True)
    assert names(ctx.profile.backups) == before


def test_a_damaged_key_file_makes_no_row_of_useless_backups(ctx: Context) -> None:
    keep_daily(ctx)
    ctx.profile.vault.write_bytes(b"{}")
    for day in range(1, 40):
        assert isinstance(keep_daily(on(ctx, day)), Skipped)
    assert names(ctx.profile.backups) == ["2026-11-22-daily.plnbackup"]


def test_the_trash_is_emptied_only_with_the_days_backup(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    with ctx.store.write("") as work:
        gone = work.people.add(Person(name="Odile Farrant"))
        work.people.remove(gone.id)
    emptied: list[int] = []
    monkeypatch.setattr(keeping, "empty_trash", lambda _ctx, origin: emptied.append(1))
    with monkeypatch.context() as patched:
        full(patched)
        assert isinstance(look_after(ctx), Skipped)
    assert emptied == []
    assert isinstance(look_after(ctx), BackupReport)
    assert look_after(ctx) is None
    assert emptied == [1, 1]


def test_backups_go_to_the_folder_that_was_chosen(ctx: Context, stick: Path) -> None:
    assert place(ctx).folder == ctx.profile.backups
    assert choose_place(ctx, stick).folder == stick
    keep_daily(ctx)
    assert names(stick) == [".pln-backups", "2026-11-22-daily.plnbackup"]
    assert folders(ctx.profile) == (ctx.profile.backups, stick)
    assert [each.path.parent for each in kept_of(ctx.profile)] == [stick]
    assert choose_place(ctx, None).folder == ctx.profile.backups
    assert (stick / "2026-11-22-daily.plnbackup").exists()


def test_a_folder_that_is_not_there_is_told_and_the_profiles_own_stands_in(ctx: Context, stick: Path) -> None:
    choose_place(ctx, stick)
    for away in ("unplugged", "another drive at the same place"):
        shutil.rmtree(stick, ignore_errors=True)
        if away != "unplugged":
            stick.mkdir()
        found = place(ctx)
        assert (found.folder, found.chosen, found.missing) == (ctx.profile.backups, stick, True)
    keep_daily(ctx)
    assert names(ctx.profile.backups) == ["2026-11-22-daily.plnbackup"]
    assert names(stick) == []
    assert folders(ctx.profile) == (ctx.profile.backups,)


def test_no_folder_is_taken_that_could_not_serve(ctx: Context, stick: Path) -> None:
    for folder in (stick / "missing", Path("here"), ctx.profile.root, ctx.profile.root / "logs"):
        with pytest.raises(UsageError):
            choose_place(ctx, folder)
    assert choose_place(ctx, ctx.profile.backups).chosen is None
    assert place(ctx).chosen is None


def test_a_stick_that_knows_no_permissions_will_do(ctx: Context, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *_mode: object, **_options: object) -> None:
        if stick in (path, *path.parents):
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    choose_place(ctx, stick)
    assert isinstance(keep_daily(ctx), BackupReport)
    assert len(backups_in(stick)) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(ctx: Context, stick: Path) -> None:
    stick.chmod(0o500)
    with pytest.raises(StoreFault, match="could not be written"):
        choose_place(ctx, stick)


def test_backups_of_two_profiles_in_one_folder_do_not_meet(ctx: Context, stick: Path) -> None:
    other, _code = keys_of(StoreKey(key=bytes(32), salt=SALT), vault_id="cd" * 16)
    path = backup(ctx, stick / "b").path
    _other_vault(path, stick / "2026-11-22-daily.plnbackup", other)
    path.unlink()
    choose_place(ctx, stick)
    assert isinstance(keep_daily(ctx), BackupReport)
    assert names(stick) == [".pln-backups", "2026-11-22-daily-2.plnbackup", "2026-11-22-daily.plnbackup"]
    assert len(backups_in(stick)) == 2
    assert len(kept_of(ctx.profile)) == 1
