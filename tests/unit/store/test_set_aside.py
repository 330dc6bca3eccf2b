"""A store that gives way to a backup: wholly the old or wholly the new, whatever happens between; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pln.model.errors import StoreFault
from pln.services.backup import backup
from pln.services.context import Context
from pln.services.restoring import STAGE, bring_in, intend, lay, replace_store, restore, set_aside
from pln.services.unlocking import unlock
from pln.store import set_aside as moving
from pln.store.vault import StoreKey
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import NOW, TODAY, fill, make_store
from vault_fixtures import THE_KEY, keys_of

VAULT, CODE = keys_of()
CLOCK = FixedClock.on(TODAY)
OLD = {"store.db": b"old store", "store.db-wal": b"old log", "store.db-shm": b"old index", "vault.json": b"old keys"}


class Killed(BaseException):
    """Stands for a crash: nothing of ours runs after it."""


@pytest.fixture
def made(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a filled profile."""
    fill(context.store)
    context.profile.vault.write_bytes(VAULT)
    return backup(context, tmp_path_factory.mktemp("away") / "b").path


@pytest.fixture
def used(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile that was used, its files standing for a store."""
    profile = Profile(tmp_path_factory.mktemp("used")).create()
    _put(profile, OLD)
    profile.settings.write_bytes(b"{}")
    (profile.backups / "mine.plnbackup").write_bytes(b"mine")
    return profile


def _put(profile: Profile, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (profile.root / name).write_bytes(data)


def _held(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name in OLD}


def _key(_stage: Profile) -> StoreKey:
    return THE_KEY


def _refused(_stage: Profile) -> StoreKey:
    raise StoreFault("no", "no")


def _after(monkeypatch: pytest.MonkeyPatch, moves: int, end: Callable[[], None]) -> None:
    """Let something happen once so many files were renamed."""
    done, real = [0], Path.rename

    def rename(source: Path, target: Path) -> Path:
        if done[0] == moves:
            end()
        done[0] += 1
        return real(source, target)

    monkeypatch.setattr(Path, "rename", rename)


def _kill() -> None:
    raise Killed


def _fail() -> None:
    raise PermissionError(13, "not now")


def test_the_store_in_use_gives_way_whole_and_the_backup_opens(made: Path, used: Profile) -> None:
    restored = bring_in(made, used, _key, set_aside=True, clock=CLOCK)
    assert restored.earlier == used.set_aside / NOW.strftime("%Y-%m-%dT%H%M")
    assert _held(restored.earlier) == OLD
    assert used.vault.read_bytes() == VAULT
    assert not (used.root / STAGE).exists()
    assert (used.backups / "mine.plnbackup").read_bytes() == b"mine"
    store = make_store(used.store, create=False)
    assert store.check() == ()
    store.close()


def test_without_leave_nothing_gives_way(made: Path, used: Profile) -> None:
    with pytest.raises(StoreFault, match="in use"):
        restore(made, used, _key)
    assert _held(used.root) == OLD
    assert not used.set_aside.exists()


def test_what_does_not_open_or_is_not_whole_moves_nothing(made: Path, used: Profile, tmp_path: Path) -> None:
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad").write_bytes(data)
    for path, key in ((tmp_path / "bad", _key), (made, _refused)):
        with pytest.raises(StoreFault):
            restore(path, used, key, set_aside=True, clock=CLOCK)
        assert _held(used.root) == OLD
        assert sorted(each.name for each in used.root.iterdir() if each.name[0] == ".") == []


@pytest.mark.parametrize("moves", range(7))
def test_a_crash_after_any_rename_leaves_wholly_the_new_at_the_next_start(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    with monkeypatch.context() as patched:
        _after(patched, moves, _kill)
        if moves < 6:  # four files give way, two come
            with pytest.raises(Killed):
                restore(made, used, _key, set_aside=True, clock=CLOCK)
        else:
            patched.setattr(moving, "_forget", lambda _root: _kill())
            with pytest.raises(Killed):
                restore(made, used, _key, set_aside=True, clock=CLOCK)
    assert moving.is_waiting(used.root)
    earlier = moving.finish(used.root)
    assert earlier is not None
    assert _held(earlier) == OLD
    assert used.vault.read_bytes() == VAULT
    make_store(used.store, create=False).close()
    assert [each.name for each in used.root.iterdir() if each.name[0] == "."] == []
    assert moving.finish(used.root) is None


@pytest.mark.parametrize("first", range(6))
@pytest.mark.parametrize("second", [0, 1, 3])
def test_a_crash_while_a_crash_is_mended_is_mended_too(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch, first: int, second: int
) -> None:
    for moves in (first, second):
        with monkeypatch.context() as patched:
            _after(patched, moves, _kill)
            try:
                if moving.is_waiting(used.root):
                    moving.finish(used.root)
                else:
                    restore(made, used, _key, set_aside=True, clock=CLOCK)
            except Killed:
                pass
    moving.finish(used.root)
    (earlier,) = used.set_aside.iterdir()
    assert _held(earlier) == OLD
    assert used.vault.read_bytes() == VAULT


def test_a_crash_before_the_plan_is_noted_leaves_wholly_the_old(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(moving, "write_atomically", lambda *_: _kill())
        with pytest.raises(Killed):
            restore(made, used, _key, set_aside=True, clock=CLOCK)
    assert moving.finish(used.root) is None
    assert _held(used.root) == OLD
    restore(made, used, _key, set_aside=True, clock=CLOCK)
    assert used.vault.read_bytes() == VAULT


@pytest.mark.parametrize("moves", range(6))
def test_a_file_that_cannot_be_moved_puts_everything_back(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    failed: list[int] = []

    def once() -> None:
        if not failed:
            failed.append(1)
            _fail()

    with monkeypatch.context() as patched:
        _after(patched, moves, once)
        with pytest.raises(StoreFault):
            restore(made, used, _key, set_aside=True, clock=CLOCK)
    assert _held(used.root) == OLD
    assert not moving.is_waiting(used.root)
    assert list(used.set_aside.iterdir()) == []


def test_a_staged_copy_that_was_taken_away_brings_the_old_back(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        _after(patched, 4, _kill)
        with pytest.raises(Killed):
            restore(made, used, _key, set_aside=True, clock=CLOCK)
    assert _held(used.root) == {}
    (used.root / STAGE / "store.db").unlink()
    moving.finish(used.root)
    assert _held(used.root) == OLD


def test_what_was_laid_while_the_store_was_open_takes_its_place_at_the_next_opening(made: Path, used: Profile) -> None:
    lay(made, used, _key)
    assert _held(used.root) == OLD
    intend(made, used, CLOCK)
    assert _held(used.root) == OLD
    (used.root / "store.db-wal").unlink()  # as closing does
    (used.root / "store.db-shm").unlink()
    earlier = moving.finish(used.root)
    assert earlier is not None
    assert _held(earlier) == {"store.db": b"old store", "vault.json": b"old keys"}
    assert used.vault.read_bytes() == VAULT


def test_two_in_one_minute_lie_apart(used: Profile) -> None:
    one = set_aside(used, NOW)
    _put(used, OLD)
    two = set_aside(used, NOW)
    assert one is not None
    assert two is not None
    assert one != two
    assert _held(one) == _held(two) == OLD
    assert set_aside(used, NOW) is None


def test_the_keys_alone_may_be_replaced(used: Profile) -> None:
    used.vault.unlink()
    (used.root / ".keys").mkdir()
    (used.root / ".keys" / "vault.json").write_bytes(b"new keys")
    assert replace_store(used, ".keys", ("vault.json",), NOW) is None
    assert _held(used.root) == {**OLD, "vault.json": b"new keys"}


@pytest.mark.parametrize(
    "note",
    [
        b"", b"[]", b"{}", b'{"format": "pln-giving-way", "aside": "../x", "names": ["a"], "stage": "", "new": []}',
        b'{"format": "pln-giving-way", "aside": "set-aside/x", "names": ["../a"], "stage": "", "new": []}',
        b'{"format": "pln-giving-way", "aside": "set-aside/x", "names": ["a"], "stage": "/tmp", "new": ["a"]}',
    ],
)  # fmt: skip
def test_a_note_that_leads_elsewhere_moves_nothing(used: Profile, note: bytes) -> None:
    (used.root / moving.NOTE).write_bytes(note)
    with pytest.raises(StoreFault, match="broken off"):
        moving.finish(used.root)
    assert _held(used.root) == OLD


def test_opening_a_profile_goes_on_with_what_was_broken_off(
    made: Path, used: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        _after(patched, 5, _kill)
        with pytest.raises(Killed):
            restore(made, used, _key, set_aside=True, clock=CLOCK)
    unlock(used, NoSecrets(), lambda: CODE).lock.release()
    assert used.vault.read_bytes() == VAULT
    assert used.store.exists()
