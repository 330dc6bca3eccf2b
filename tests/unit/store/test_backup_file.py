"""Backups as files: whole or not there, verified, never over another file, and readable by nobody without the key."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import Cancelled, StoreFault, UsageError
from pln.model.journal import Entry
from pln.services.backup import backup, restore, verify_backup
from pln.services.context import Context
from pln.store.vault import StoreKey
from pln.system.instance import acquire
from pln.system.paths import Profile
from store_fixtures import NOW, SALT, fill, make_store
from vault_fixtures import THE_KEY, keyring_only, keys_of

VAULT, CODE = keys_of()
OWN_KEY, OWN_SALT = bytes(32), bytes(16)


@pytest.fixture
def filled(context: Context) -> Context:
    fill(context.store)
    context.profile.vault.write_bytes(VAULT)
    return context


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside of the profile."""
    return tmp_path_factory.mktemp("away")


def test_a_backup_holds_store_slots_and_counts(filled: Context, tmp_path: Path, away: Path) -> None:
    report = backup(filled, away / "b.plnbackup")
    assert report.counts == {
        "person": 1, "circle": 0, "meetup": 1, "mark": 1, "interaction": 0, "feed": 1,
        "article": 1, "entry": 1, "share": 0,
    }  # fmt: skip
    assert (report.made, report.size) == (NOW, report.path.stat().st_size)
    assert verify_backup(report.path, THE_KEY) == report
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    with zipfile.ZipFile(report.path) as whole:
        assert sorted(whole.namelist()) == ["manifest.json", "store.db", "vault.json"]
        assert whole.read("vault.json") == VAULT
        assert sorted(json.loads(whole.read("manifest.json"))) == [
            "counts", "format", "made", "profile", "program", "store_version", "version", "why",
        ]  # fmt: skip
    for private in (b"Okafor", b"kumquat", b"Orchard", b"example.invalid"):
        assert private not in report.path.read_bytes()


def test_what_was_committed_last_is_in_it_though_it_lies_in_the_log(
    filled: Context, tmp_path: Path, away: Path
) -> None:
    with filled.store.write("") as work:
        work.people.add(Person(name="The last"))
    assert backup(filled, away / "b").counts["person"] == 2


def test_no_file_is_replaced_unless_asked(filled: Context, tmp_path: Path, away: Path) -> None:
    target = away / "b"
    target.write_bytes(b"mine")
    with pytest.raises(StoreFault, match="already"):
        backup(filled, target)
    assert target.read_bytes() == b"mine"
    assert backup(filled, target, over=True).size == target.stat().st_size
    with pytest.raises(UsageError, match="is a folder"):
        backup(filled, away, over=True)


def test_a_place_that_is_not_there_is_told(filled: Context, tmp_path: Path, away: Path) -> None:
    with pytest.raises(StoreFault, match="could not be written"):
        backup(filled, away / "missing" / "b")
    filled.profile.vault.unlink()
    with pytest.raises(StoreFault, match="key file"):
        backup(filled, away / "b")
    assert not (away / "b").exists()


def test_a_store_that_is_not_whole_is_not_backed_up_as_if_it_were(filled: Context, tmp_path: Path, away: Path) -> None:
    ctx = replace(filled, store=make_store(tmp_path / "other.db"))
    ctx.store.close()
    data = bytearray((tmp_path / "other.db").read_bytes())
    data[4096 * 5 + 100] ^= 1
    (tmp_path / "other.db").write_bytes(data)
    with pytest.raises(StoreFault):
        backup(ctx, away / "b")
    ctx.store.close()
    assert not list(away.iterdir())


def test_every_damage_of_a_backup_is_found(filled: Context, tmp_path: Path, away: Path) -> None:
    whole = backup(filled, away / "b").path.read_bytes()
    for place in range(50, len(whole), len(whole) // 12):
        data = bytearray(whole)
        data[place] ^= 0x10
        (tmp_path / "bad").write_bytes(data)
        with pytest.raises(StoreFault):
            verify_backup(tmp_path / "bad", THE_KEY)
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "bad").write_bytes(whole[:size])
        with pytest.raises(StoreFault):
            verify_backup(tmp_path / "bad", THE_KEY)
    with pytest.raises(StoreFault, match="key"):
        verify_backup(away / "b", StoreKey(key=bytes(32), salt=SALT))
    with pytest.raises(StoreFault, match="no such backup"):
        verify_backup(tmp_path / "missing", THE_KEY)


def test_a_backup_of_a_newer_form_is_left_alone(filled: Context, tmp_path: Path, away: Path) -> None:
    path = backup(filled, away / "b").path
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["manifest.json"] = parts["manifest.json"].replace(b'"version": 1,', b'"version": 3,')
    with zipfile.ZipFile(tmp_path / "newer", "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    with pytest.raises(StoreFault, match="newer"):
        verify_backup(tmp_path / "newer", THE_KEY)


def test_a_packed_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("store.db", "vault.json", "manifest.json"):
            made.writestr(name, bytes(10_000_000))
    with pytest.raises(StoreFault, match="no backup"):
        verify_backup(tmp_path / "bomb", THE_KEY)


def test_a_restored_profile_holds_everything(filled: Context, tmp_path: Path, away: Path) -> None:
    made = backup(filled, away / "b")
    into = Profile(tmp_path / "new" / "profile")
    report = restore(made.path, into, lambda stage: THE_KEY if stage.vault.read_bytes() == VAULT else None)  # type: ignore[arg-type,return-value]
    assert report == made
    assert sorted(each.name for each in into.root.iterdir()) == [
        "backups",
        "logs",
        "pln.lock",
        "store.db",
        "vault.json",
    ]
    assert (into.vault.read_bytes(), stat.S_IMODE(into.store.stat().st_mode)) == (VAULT, 0o600)
    store = make_store(into.store, create=False)
    with store.read() as work:
        assert len(work.search.hits("kumquat")) == 4
    assert store.check() == ()
    store.close()


def test_restoring_touches_no_profile_that_is_in_use(filled: Context, tmp_path: Path, away: Path) -> None:
    made = backup(filled, away / "b")
    before = filled.profile.store.read_bytes()
    with pytest.raises(StoreFault, match="in use"):
        restore(made.path, filled.profile, lambda _stage: THE_KEY)
    assert filled.profile.store.read_bytes() == before
    other = Profile(tmp_path / "other").create()
    with acquire(other), pytest.raises(StoreFault, match="already open"):
        restore(made.path, other, lambda _stage: THE_KEY)


def test_a_backup_that_does_not_open_leaves_the_profile_empty_and_another_try_goes_through(
    filled: Context, tmp_path: Path, away: Path
) -> None:
    made = backup(filled, away / "b")
    into = Profile(tmp_path / "new")
    with pytest.raises(StoreFault):
        restore(made.path, into, lambda _stage: StoreKey(key=bytes(32), salt=SALT))
    assert not into.store.exists()
    assert not into.vault.exists()
    restore(made.path, into, lambda _stage: THE_KEY)
    assert into.store.exists()


@pytest.mark.parametrize(
    "name", ["store.db", "vault.json", "pln.lock", "settings.json", "store.db-wal", "new", "logs/x"]
)
def test_no_backup_lies_in_the_profile(filled: Context, tmp_path: Path, away: Path, name: str) -> None:
    for each in ("vault.json", "pln.lock", "settings.json"):
        (tmp_path / each).write_bytes(VAULT)
    before = {each: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()}
    (away / "by-link").symlink_to(tmp_path / name)
    (away / "folder").symlink_to(tmp_path)
    targets = [tmp_path / name, away / "by-link", away / "folder" / name, tmp_path / "logs" / ".." / name]
    if (tmp_path / name).exists():
        os.link(tmp_path / name, away / "hard")
        targets.append(away / "hard")
    for target in targets:
        with pytest.raises(UsageError, match="in the profile"):
            backup(filled, target, over=True)
    assert {each: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()} == before


def test_a_new_file_may_lie_among_the_backups_of_the_profile(filled: Context) -> None:
    target = filled.profile.backups / "mine.plnbackup"
    assert backup(filled, target).path == target
    with pytest.raises(UsageError, match="in the profile"):
        backup(filled, target, over=True)


def test_one_wrong_byte_in_a_page_that_a_copy_does_not_read_is_told(filled: Context, away: Path) -> None:
    with filled.store.write("") as work:  # pages that are free afterwards
        work.people.connection.exec_driver_sql("CREATE TABLE scratch AS SELECT zeroblob(50000) AS x")
    with filled.store.write("") as work:
        work.people.connection.exec_driver_sql("DROP TABLE scratch")
    filled.store.close()
    whole = filled.profile.store.read_bytes()
    told = 0
    for page in range(1, len(whole) // 4096):
        data = bytearray(whole)
        data[page * 4096 + 100] ^= 1
        filled.profile.store.write_bytes(data)
        with pytest.raises(StoreFault) as fault:
            backup(filled, away / "b")
        told += "pln restore --latest" in fault.value.sentence
        filled.store.close()
    assert told > 0
    assert not list(away.iterdir())
    filled.profile.store.write_bytes(whole)
    backup(filled, away / "b")


def test_a_name_that_no_file_can_have_is_told(filled: Context, away: Path) -> None:
    for name in ("x" * 300, "a\0b"):
        with pytest.raises(UsageError, match="no name of a file"):
            backup(filled, away / name)
    with pytest.raises(UsageError, match="is a folder"):
        backup(filled, Path())
    assert backup(filled, away / ("x" * 250)).size


def test_what_a_killed_backup_left_behind_goes_after_a_day(filled: Context, away: Path) -> None:
    for name, age in ((".pln-backup-old", 90_000), (".pln-backup-new", 60)):
        (away / name).mkdir()
        (away / name / "store.db").write_bytes(b"half")
        os.utime(away / name, (NOW.timestamp() - age,) * 2)
    backup(filled, away / "b")
    assert sorted(each.name for each in away.iterdir()) == [".pln-backup-new", "b"]


@pytest.mark.parametrize("kept", ["nothing", "of another store", "keyring only", "cut short"])
def test_a_backup_whose_keys_would_not_open_it_is_not_made(filled: Context, away: Path, kept: str) -> None:
    other, _code = keys_of(StoreKey(key=bytes(32), salt=SALT))
    filled.profile.vault.write_bytes(
        {"nothing": b"{}", "of another store": other, "keyring only": keyring_only(), "cut short": VAULT[:100]}[kept]
    )
    with pytest.raises(StoreFault, match="key file"):
        backup(filled, away / "b")
    assert not list(away.iterdir())


@pytest.mark.parametrize("other", [b"{}", keys_of(StoreKey(key=bytes(32), salt=SALT))[0], keyring_only()])
def test_the_keys_in_a_backup_are_verified_with_it(filled: Context, away: Path, other: bytes) -> None:
    path = backup(filled, away / "b").path
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(away / "changed", "w") as made:
        for name, data in {**parts, "vault.json": other}.items():
            made.writestr(name, data)
    with pytest.raises(StoreFault, match="key file"):
        verify_backup(away / "changed", THE_KEY)


def test_a_full_folder_for_what_is_temporary_is_no_obstacle(
    filled: Context, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(away / "not there"))
    made = backup(filled, away / "b")
    assert verify_backup(made.path, THE_KEY) == made
    restore(made.path, Profile(away / "new"), lambda _stage: THE_KEY)


def test_a_backup_that_is_called_off_leaves_nothing(filled: Context, away: Path) -> None:
    for stage in range(5):

        def stop(done: int, _all: int, stage: int = stage) -> None:
            if done == stage:
                raise Cancelled

        with pytest.raises(Cancelled):
            backup(filled, away / "b", on_stage=stop)
        assert not list(away.iterdir())


def test_a_backup_is_called_off_within_a_stage_too(filled: Context, away: Path) -> None:
    for asked in (1, 3, 5):
        told: list[int] = []

        def stop(done: int, _all: int, told: list[int] = told, asked: int = asked) -> None:
            told.append(done)
            if len(told) == asked:
                raise Cancelled

        with pytest.raises(Cancelled):
            backup(filled, away / "b", on_stage=stop)
        assert not list(away.iterdir())
    assert told == sorted(told) and len(set(told)) < len(told), "what takes long is told more than once"


def test_a_journal_with_a_file_of_its_own_comes_and_goes_with_the_store(filled: Context, away: Path) -> None:
    keys, _code = keys_of(StoreKey(key=OWN_KEY, salt=OWN_SALT), vault_id="cd" * 16)
    filled.store.move_journal_out(OWN_KEY, OWN_SALT, "cd" * 16, keys)
    with filled.store.write("") as work:
        work.journal.add(Entry(title="The last", body="quince"))
    for is_open in (True, False):
        if not is_open:
            filled.store.detach_journal()
        made = backup(filled, away / f"b {is_open}")
        assert verify_backup(made.path, THE_KEY) == made
        into = Profile(away / f"new {is_open}")
        restore(made.path, into, lambda _stage: THE_KEY)
        assert into.journal_vault.read_bytes() == keys
        store = make_store(into.store, create=False)
        assert not store.journal_open
        store.attach_journal(OWN_KEY, OWN_SALT)
        with store.read() as work:
            assert len(work.search.hits("quince")) == 1
        assert store.check() == ()
        store.close()
    filled.store.attach_journal(OWN_KEY, OWN_SALT)
