"""The journal is moved out of the main file and back while the program is killed: it is wholly in one or the other."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from forked import Forks
from journal_lock_fixtures import (
    CANARIES,
    OWN_KEY,
    OWN_SALT,
    VAULT,
    VAULT_ID,
    canaries_in_store,
    fill_journal,
)
from pln.model.errors import StoreFault
from pln.store import journal_file
from pln.store.unit_of_work import Store
from store_fixtures import make_store

MOVING = Path(__file__).parent / "moving_child.py"


def whole(store: Store) -> tuple[object, ...]:
    """All of the journal, however it lies."""
    with store.read() as work:
        found = work.search.hits(CANARIES["title"], limit=99)
        return (
            work.journal.get_many(range(1, 99)), work.journal.ids(), work.journal.tags(), work.shares.drafts(),
            work.shares.everything(), [hit.ref for hit in found],
        )  # fmt: skip


def assert_wholly_in_one_file(path: Path, before: tuple[object, ...]) -> str:
    """Open what was left behind; where the journal was found."""
    store = make_store(path, create=False)
    try:
        assert store.check() == ()
        place = "main" if store.journal_vault is None else "its own"
        if place == "its own":
            assert store.journal_swept
            assert canaries_in_store(path) == set()
            assert path.with_name("journal-vault.json").read_bytes() == VAULT
            store.attach_journal(OWN_KEY, OWN_SALT)
            assert store.check() == ()
        else:
            assert not path.with_name("journal.db").exists()
        assert whole(store) == before
        return place
    finally:
        store.close()


def moved_and_killed(forks: Forks, path: Path, seconds: float) -> None:
    forks.start(path)
    assert forks.next() == ["go"]
    time.sleep(seconds)
    forks.kill()
    assert list(forks.rest()) == []


def kill_again_and_again(root: Path, cycles: int, seed: int) -> Counter[str]:
    path, chance, found = root / "store.db", random.Random(seed), Counter[str]()
    store = make_store(path)
    fill_journal(store)
    before = whole(store)
    store.close()
    with Forks(MOVING) as forks:
        for _ in range(cycles):
            moved_and_killed(forks, path, chance.uniform(0, 0.35))
            found[assert_wholly_in_one_file(path, before)] += 1
    return found


def test_12_kills_leave_the_journal_wholly_in_one_file(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path, 12, seed=3).total() == 12


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_60_kills_leave_the_journal_wholly_in_one_file(tmp_path: Path) -> None:
    found: Counter[str] = Counter()
    for part in range(3):
        (tmp_path / str(part)).mkdir()
        found += kill_again_and_again(tmp_path / str(part), 20, seed=part)
    assert set(found) == {"main", "its own"}


class Stopped(BaseException):
    """Stands for the end of the program: nothing tidies up after it."""


STEPS = ("_fill", "write_atomically", "put_in_place", "_take_out", "sweep", "_copy", "_index", "lay_aside")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", [Store.move_journal_back, lambda store: _out(store)], ids=["back", "out"])
def test_an_end_beside_any_step_leaves_it_wholly_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Store], object], step: str, after: bool
) -> None:
    path = tmp_path / "store.db"
    store = make_store(path)
    fill_journal(store)
    before = whole(store)
    if way is Store.move_journal_back:
        _out(store)
    real = getattr(journal_file, step)

    def broken(*given: object, **named: object) -> object:
        if after:
            real(*given, **named)
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(journal_file, step, broken)
        patch.setattr("pln.store.access.sweep", journal_file.__dict__["sweep"])
        with suppress(Stopped):
            way(store)
    store.close()
    assert_wholly_in_one_file(path, before)


class Counting:
    """A connection that ends the program at its nth statement, counted over all connections."""

    def __init__(self, real: Any, counted: list[int], last: int) -> None:
        self._real, self._counted, self._last = real, counted, last

    def execute(self, *given: object) -> Any:
        self._counted[0] += 1
        if self._counted[0] == self._last:
            raise Stopped
        return self._real.execute(*given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.mark.parametrize("way", ["out", "back"])
def test_an_end_at_any_statement_leaves_it_wholly_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    (tmp_path / "made").mkdir()
    store = make_store(tmp_path / "made" / "store.db")
    fill_journal(store, many=3)
    before = whole(store)
    if way == "back":
        _out(store)
    store.close()
    real, found, last = journal_file.FileKey.connect, Counter[str](), 0
    while True:
        last += 1
        folder = shutil.copytree(tmp_path / "made", tmp_path / str(last))
        store = make_store(folder / "store.db")
        if way == "back":
            store.attach_journal(OWN_KEY, OWN_SALT)
        counted = [0]
        with monkeypatch.context() as patch:
            patch.setattr(journal_file.FileKey, "connect", lambda key, n=counted, end=last: Counting(real(key), n, end))
            with suppress(Stopped):
                _out(store) if way == "out" else store.move_journal_back()
        store.close()
        if counted[0] < last:
            break
        found[assert_wholly_in_one_file(folder / "store.db", before)] += 1
        shutil.rmtree(folder)
    assert found.total() > 20
    assert found["its own"] > 0
    assert found["main"] > 0 or way == "back"  # which is done with its last statement


@pytest.mark.parametrize("step", ["_fill", "write_atomically", "put_in_place", "_copy"])
def test_a_fault_of_the_disk_leaves_it_where_it_was_and_the_session_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = make_store(tmp_path / "store.db")
    fill_journal(store)
    before = whole(store)

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device") if step != "_copy" else StoreFault("The disk is full", "Nothing.")

    with monkeypatch.context() as patch:
        patch.setattr(journal_file, step, full)
        with pytest.raises(StoreFault, match="disk is full"):
            _out(store)
    assert whole(store) == before
    assert store.journal_vault is None
    _out(store)
    with monkeypatch.context() as patch:
        patch.setattr(journal_file, "_copy", lambda *_given: full() if step == "_copy" else _refuse())
        with pytest.raises(StoreFault):
            store.move_journal_back()
    assert store.journal_vault == VAULT_ID
    assert whole(store) == before
    store.move_journal_back()
    assert whole(store) == before
    store.close()


def _refuse() -> None:
    raise StoreFault("The disk did not answer", "Nothing.")


def _out(store: Store) -> None:
    store.move_journal_out(OWN_KEY, OWN_SALT, VAULT_ID, VAULT)
