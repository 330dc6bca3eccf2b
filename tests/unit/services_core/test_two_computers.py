"""Two computers with one vault, whose backups go into one synced folder: each has its own, and removes no other's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pln.services.backup import BackupReport
from pln.services.context import Context
from pln.services.keeping import Why, choose_place, is_due, keep_before, keep_daily, keep_now
from pln.services.kept_backups import Found, backups_in, kept_of, own_in, profile_id
from pln.services.restoring import bring_in
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, fill, make_store
from vault_fixtures import THE_KEY


@pytest.fixture
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("synced")


@pytest.fixture
def first(context: Context, synced: Path) -> Context:
    fill(context.store)
    choose_place(context, synced)
    return context


@pytest.fixture
def second(first: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """Another computer, into which a backup of the first was brought."""
    profile = Profile(tmp_path_factory.mktemp("second"))
    made = keep_now(first).path
    bring_in(made, profile, lambda _stage: THE_KEY)
    made.unlink()
    there = replace(first, profile=profile, store=make_store(profile.store))
    yield there
    there.store.close()


def on(ctx: Context, days: int) -> Context:
    return replace(ctx, clock=FixedClock.on(TODAY + timedelta(days=days)))


def own(ctx: Context, synced: Path) -> tuple[Found, ...]:
    return own_in(synced, ctx.profile)


def test_each_has_a_backup_of_each_day(first: Context, second: Context, synced: Path) -> None:
    for day in range(12):
        assert isinstance(keep_daily(on(first, day)), BackupReport)
        assert is_due(on(second, day))
        assert isinstance(keep_daily(on(second, day)), BackupReport)
        assert not is_due(on(first, day))
        assert not is_due(on(second, day))
    assert len(own(first, synced)) == len(own(second, synced)) >= 7
    assert profile_id(first.profile) != profile_id(second.profile)


def test_one_removes_none_of_the_others(first: Context, second: Context, synced: Path) -> None:
    keep_before(first, Why.BEFORE_IMPORT)
    kept = own(first, synced)
    for _ in range(6):
        keep_before(second, Why.BEFORE_IMPORT)
    assert own(first, synced) == kept
    assert len(own(second, synced)) == 3


def test_either_can_bring_back_what_the_other_made(first: Context, second: Context) -> None:
    made = {keep_now(first).path, keep_now(second).path}
    assert {each.path for each in kept_of(first.profile)} == made
    assert {each.path for each in kept_of(second.profile)} == made


def test_a_backup_that_does_not_tell_who_made_it_is_its_own_in_its_own_folder_only(
    first: Context, synced: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pln.services.backup.profile_id", lambda _profile, make: "")
    told = keep_now(first).path
    inside = first.profile.backups / told.name
    inside.write_bytes(told.read_bytes())
    assert len(backups_in(synced)) == 1
    assert own(first, synced) == ()
    assert [each.path for each in own_in(first.profile.backups, first.profile)] == [inside]


def test_a_file_that_is_no_id_is_made_anew(first: Context) -> None:
    path = first.profile.root / ".profile-id"
    assert profile_id(first.profile) == ""
    path.write_bytes(b"\xff no id")
    assert profile_id(first.profile) == ""
    made = profile_id(first.profile, make=True)
    assert len(made) == 32
    assert profile_id(first.profile) == profile_id(first.profile, make=True) == made
