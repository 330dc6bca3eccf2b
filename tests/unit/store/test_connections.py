"""What every connection of the store is set to: durability and secrecy rest on it."""

from __future__ import annotations

import pytest

from pln.store.unit_of_work import Store

WANTED = {
    "journal_mode": "wal", "synchronous": 2, "temp_store": 2, "foreign_keys": 1, "recursive_triggers": 1,
    "trusted_schema": 0, "secure_delete": 1, "fullfsync": 1, "checkpoint_fullfsync": 1, "cell_size_check": 1,
}  # fmt: skip


@pytest.mark.parametrize("name", WANTED)
def test_every_connection_is_set_so(store: Store, name: str) -> None:
    with store.write("") as writer, store.read() as reader:
        for work in (writer, reader):
            assert work.people.connection.exec_driver_sql(f"PRAGMA {name}").scalar() == WANTED[name]


def test_readers_only_read(store: Store) -> None:
    with store.read() as reader:
        assert reader.people.connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_the_key_and_the_texts_stay_out_of_what_is_printed(store: Store) -> None:
    shown = repr(store._access.now.writing) + repr(store._access.now.writing.url) + repr(store)
    assert bytes(range(32)).hex() not in shown
    assert store._access.now.writing.hide_parameters
