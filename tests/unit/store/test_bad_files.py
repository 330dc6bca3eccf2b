"""Files that are no store, each refused in words and left byte for byte as they were."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import StoreFault, Trouble
from pln.store.connection import connect
from pln.store.unit_of_work import Store
from store_fixtures import KEY, NOW, SALT, fill, make_store

NOBODY = 65534


def filled(path: Path) -> Path:
    store = make_store(path)
    fill(store)
    store.close()
    return path


def plain(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE person (name)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    connection = connect(filled(path), KEY, SALT)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def truncated(path: Path) -> None:
    data = filled(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def other_key(path: Path) -> None:
    Store(path, secrets.token_bytes(32), secrets.token_bytes(16), now=lambda: NOW, new_uid=lambda: "u").close()


def not_ours(path: Path) -> None:
    connection = connect(path, KEY, SALT)
    connection.execute("CREATE TABLE person (name)")
    connection.close()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "plain": (plain, "plain database"),
    "newer": (newer, "newer PLN"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "wrong key": (other_key, "does not open with this key"),
    "truncated": (truncated, "does not open|damaged"),
    "random": (lambda path: path.write_bytes(secrets.token_bytes(50_000)), "does not open"),
    "zeros": (lambda path: path.write_bytes(bytes(8192)), "does not open"),
    "few bytes": (lambda path: path.write_bytes(b"hello"), "does not open"),
    "not ours": (not_ours, "no store of PLN's"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words_and_left_as_it_was(tmp_path: Path, name: str) -> None:
    make, words = BAD[name]
    path = tmp_path / "store.db"
    make(path)
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(StoreFault, match=words) as told:
        make_store(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert told.value.sentence.endswith(".")
    assert told.value.trouble is {"newer": Trouble.NEWER, "empty": Trouble.EMPTY}.get(name, Trouble.DAMAGED)
    assert {each.name for each in tmp_path.iterdir()} == {"store.db"}


def test_a_page_that_is_cut_off_is_found_by_the_check_and_the_rest_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(filled(path).read_bytes()[:-100])
    store = make_store(path)
    assert store.check() != ()
    with store.read() as work:
        assert len(work.people.names(range(10))) == 1
    store.close()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreFault, match="not a file"):
        make_store(tmp_path / "store.db")


def test_a_store_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no store here") as told:
        make_store(tmp_path / "store.db", create=False)
    assert told.value.trouble is Trouble.STORE_MISSING
    with pytest.raises(StoreFault):
        make_store(tmp_path / "missing" / "store.db")
    assert list(tmp_path.iterdir()) == []


def test_a_key_of_another_length_is_a_bug_not_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Store(tmp_path / "store.db", b"short", SALT, now=lambda: NOW, new_uid=lambda: "u")


def test_a_destroyed_header_does_not_lock_the_owner_out(tmp_path: Path) -> None:
    data = bytearray(filled(tmp_path / "store.db").read_bytes())
    data[:16] = secrets.token_bytes(16)
    (tmp_path / "store.db").write_bytes(data)
    store = make_store(tmp_path / "store.db")
    with store.read() as work:
        assert work.people.total() == 1
    store.close()


def test_a_new_store_is_the_owners_alone_and_what_a_crash_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".store.db.new").write_bytes(b"half")
    (tmp_path / ".store.db.new-journal").write_bytes(b"half")
    make_store(tmp_path / "store.db").close()
    assert stat.S_IMODE((tmp_path / "store.db").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]


@pytest.fixture
def somebody_else() -> Iterator[Path]:
    """A folder of an ordinary user, as whom the test then runs: root may write everywhere."""
    if os.name != "posix":
        pytest.skip("permissions are another matter here")
    folder = Path(tempfile.mkdtemp(prefix="pln-permissions-"))
    as_root = os.geteuid() == 0
    if as_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if as_root:
            os.seteuid(0)
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize(("file", "folder"), [(0o000, 0o700), (0o400, 0o500), (0o600, 0o500), (0o600, 0o000)])
def test_what_may_not_be_read_or_written_is_told(somebody_else: Path, file: int, folder: int) -> None:
    path = filled(somebody_else / "store.db")
    path.chmod(file)
    somebody_else.chmod(folder)
    with pytest.raises(StoreFault) as told:
        store = make_store(path)
        try:
            with store.write("") as work:
                work.people.add(Person(name="Nobody"))
        finally:
            store.close()
    assert "not saved" in told.value.sentence or "Nothing was changed" in told.value.sentence
    assert told.value.trouble is Trouble.READ_ONLY


def test_a_new_store_in_a_folder_that_is_closed_is_told(somebody_else: Path) -> None:
    somebody_else.chmod(0o500)
    with pytest.raises(StoreFault):
        make_store(somebody_else / "store.db")


@pytest.mark.parametrize("name", ["empty", "truncated", "random", "not ours"])
def test_a_lost_store_names_the_shortest_way_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "store.db"
    BAD[name][0](path)
    with pytest.raises(StoreFault, match="pln restore --latest") as told:
        make_store(path)
    assert "--profile" not in told.value.sentence  # it comes back where it was; no other profile is needed
