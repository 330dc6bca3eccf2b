"""A journal with a lock of its own in backups: there and whole, or no backup; and one that was read stays."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from journal_lock_fixtures import fill_journal
from pln.model.errors import StoreFault, Trouble
from pln.services import journal_lock
from pln.services.backup import BackupReport, backup_before_update, verify_backup
from pln.services.context import Context
from pln.services.keeping import Skipped, keep_daily, keep_now
from pln.services.kept_backups import backups_in
from pln.services.soundness_watch import look
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, make_store
from vault_fixtures import THE_KEY, keys_of

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "pears and plums"


@pytest.fixture
def ctx(context: Context, tmp_path: Path) -> Iterator[Context]:
    """With a journal apart, which is open; it need not be sound at the end."""
    profile = Profile(tmp_path / "own").create()
    own = replace(context, profile=profile, store=make_store(profile.store))
    fill_journal(own.store)
    profile.vault.write_bytes(keys_of()[0])
    journal_lock.set_up(own, journal_lock.prepare(WORDS, CHEAP))
    yield own
    own.store.close()


def on(ctx: Context, days: int) -> Context:
    return replace(ctx, clock=FixedClock.on(TODAY + timedelta(days=days)))


def flip_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096 + 100, len(data), 4096):
        data[at] ^= 0xFF
    path.write_bytes(data)


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


DAMAGES: dict[str, Callable[[Profile], object]] = {
    "missing": lambda profile: profile.journal.unlink(),
    "empty": lambda profile: profile.journal.write_bytes(b""),
    "cut off": lambda profile: shorten(profile.journal),
    "keys missing": lambda profile: profile.journal_vault.unlink(),
    "keys damaged": lambda profile: profile.journal_vault.write_bytes(b"{}"),
    "keys of another": lambda profile: profile.journal_vault.write_bytes(keys_of(vault_id="cd" * 16)[0]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_locked_journal_that_is_not_whole_is_told_and_makes_no_backup(ctx: Context, damage: str) -> None:
    keep_now(ctx)
    journal_lock.lock_journal(ctx)
    DAMAGES[damage](ctx.profile)
    with pytest.raises(StoreFault, match="The journal is") as told:
        keep_now(ctx)
    assert told.value.trouble is Trouble.DAMAGED
    assert isinstance(keep_daily(ctx), Skipped)
    assert len(backups_in(ctx.profile.backups)) == 1
    found = look(ctx)
    assert found is not None
    assert "journal" in found.title
    assert ctx.store.check()
    assert not [*ctx.profile.backups.glob(".pln-backup-*")]


def test_of_an_open_journal_the_pages_are_read(ctx: Context) -> None:
    flip_pages(ctx.profile.journal)
    with pytest.raises(StoreFault, match="The journal is damaged"):
        keep_now(ctx)
    found = look(ctx)
    assert found is not None
    assert found.trouble is Trouble.DAMAGED


def test_before_an_update_too(ctx: Context) -> None:
    ctx.profile.journal.unlink()
    ctx.store.close()
    with pytest.raises(StoreFault, match="The journal is not whole"):
        backup_before_update(ctx.profile, THE_KEY, ctx.clock)
    assert not [*ctx.profile.backups.glob("*.plnbackup")]


def test_a_whole_one_is_in_it_and_said_to_be_read_or_not(ctx: Context) -> None:
    assert look(ctx) is None
    read = keep_now(ctx)
    journal_lock.lock_journal(ctx)
    assert look(ctx) is None
    unread = keep_now(ctx)
    assert (read.journal_unread, unread.journal_unread) == (False, True)
    for each in (read, unread):
        assert verify_backup(each.path, THE_KEY) == each
        with zipfile.ZipFile(each.path) as whole:
            assert {"journal.db", "journal-vault.json"} <= {*whole.namelist()}
    assert {each.path: each.kept.verified for each in backups_in(ctx.profile.backups)} == {
        read.path: True, unread.path: False,
    }  # fmt: skip


def test_the_last_backup_whose_journal_was_read_outlives_those_that_could_not_be(ctx: Context) -> None:
    read = keep_daily(ctx)
    assert isinstance(read, BackupReport)
    journal_lock.lock_journal(ctx)
    flip_pages(ctx.profile.journal)  # nobody can tell while it is locked
    for day in range(1, 60):
        assert isinstance(keep_daily(on(ctx, day)), BackupReport)
    assert read.path.exists()


def test_once_the_journal_is_open_the_days_backup_is_made_with_it_read(ctx: Context) -> None:
    journal_lock.lock_journal(ctx)
    assert isinstance(keep_daily(ctx), BackupReport)
    assert keep_daily(ctx) is None
    journal_lock.open_journal(ctx, WORDS)
    again = keep_daily(ctx)
    assert isinstance(again, BackupReport)
    assert not again.journal_unread
    assert keep_daily(ctx) is None


def test_a_backup_that_lacks_its_journal_does_not_count_as_whole(ctx: Context, tmp_path: Path) -> None:
    made, bare = keep_now(ctx).path, tmp_path / "bare.plnbackup"
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(bare, "w") as less:
        for name in ("vault.json", "store.db", "manifest.json"):
            less.writestr(name, whole.read(name))
    with pytest.raises(StoreFault, match="The journal is not whole"):
        verify_backup(bare, THE_KEY)
