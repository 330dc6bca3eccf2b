"""Several threads at one store: writers take turns, readers do not wait."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import StoreFault
from pln.store import connection
from pln.store.connection import connect
from pln.store.unit_of_work import Store
from store_fixtures import KEY, SALT


def test_writers_from_several_threads_lose_nothing(store: Store) -> None:
    def many(thread: int) -> None:
        for number in range(25):
            with store.write("") as work:
                before = work.people.total()
                work.people.add(Person(name=f"{thread}/{number}"))
                assert work.people.total() == before + 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(many, range(4)))
    with store.read() as work:
        assert len({each.name for each in work.people.everyone()}) == 100


def test_a_reader_does_not_wait_for_a_long_write_and_sees_one_state(store: Store) -> None:
    with store.write("") as work:
        work.people.add(Person(name="first"))
        with ThreadPoolExecutor(1) as pool:
            started = time.perf_counter()
            assert pool.submit(_total, store).result(timeout=3) == 0
            assert time.perf_counter() - started < 1
    with store.read() as reader:
        assert reader.people.total() == 1
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_add, store).result(timeout=3)
        assert reader.people.total() == 1  # still the state it began with
    assert _total(store) == 2


def test_a_second_writer_waits_its_turn(store: Store) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with store.write("") as work:
            work.people.add(Person(name="slow"))
            inside.set()
            assert go_on.wait(5)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow)
        assert inside.wait(5)
        second = pool.submit(_add, store)
        time.sleep(0.05)
        assert not second.done()
        go_on.set()
        first.result(timeout=5)
        second.result(timeout=5)
    assert _total(store) == 2


def test_many_readers_at_once(store: Store) -> None:
    _add(store)
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda _number: _total(store), range(200))) == [1] * 200


def test_another_program_that_holds_the_file_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    other = connect(store.path, KEY, SALT)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreFault, match="busy"):
            _add(store)
        assert _total(store) == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    _add(store)
    assert _total(store) == 1


def _add(store: Store) -> None:
    with store.write("") as work:
        work.people.add(Person(name="A"))


def _total(store: Store) -> int:
    with store.read() as work:
        return work.people.total()
