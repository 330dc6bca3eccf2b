"""One bit wrong anywhere in the file is found by the check, or was never read as data."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import StoreFault
from store_fixtures import fill, make_store

PAGE, SALT_BYTES = 4096, 16


def flip_and_check(path: Path, times: int) -> None:
    store = make_store(path)
    fill(store)
    with store.write("") as work:
        work.people.add_many(Person(name=f"Somebody {number}", note="word " * 200) for number in range(300))
    store.close()
    whole, chance = path.read_bytes(), random.Random(11)
    for _ in range(times):
        place = chance.randrange(SALT_BYTES, len(whole))  # the salt is kept beside the key, so its place is not read
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert _found(path), f"a bit wrong at byte {place} of page {place // PAGE} was not found"
    path.write_bytes(whole)
    assert not _found(path)


def _found(path: Path) -> bool:
    try:
        store = make_store(path)
    except StoreFault:
        return True
    try:
        return store.check() != ()
    finally:
        store.close()


def test_12_flipped_bits_are_found(tmp_path: Path) -> None:
    flip_and_check(tmp_path / "store.db", 12)


@pytest.mark.long
def test_60_flipped_bits_are_found(tmp_path: Path) -> None:
    flip_and_check(tmp_path / "store.db", 60)
