"""The file of pictures: encrypted, apart, and made anew when anything is wrong with it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pln.model.offline import Picture
from pln.store.look_only import LookOnlyStore
from pln.store.picture_file import NAME, PictureFile
from pln.store.picture_key import picture_key
from pln.store.unit_of_work import Store
from store_fixtures import KEY, NOW, SALT

ONE = Picture(kind="png", width=4, height=3, data=b"canary picture bytes" * 10)


@pytest.fixture
def file(tmp_path: Path):
    opened = opened_in(tmp_path)
    yield opened
    opened.close()


def opened_in(folder: Path, key: bytes = KEY) -> PictureFile:
    return PictureFile(folder / NAME, lambda: picture_key(key, SALT))


def test_nothing_is_made_before_there_is_a_picture(file: PictureFile) -> None:
    assert (file.get("a"), file.there(["a"]), file.total(), file.sizes()) == (None, {}, (0, 0), {})
    assert not file.path.exists()


def test_what_is_kept_is_found_again_after_closing(tmp_path: Path, file: PictureFile) -> None:
    file.put({"a": ONE, "b": ONE})
    assert file.path.stat().st_mode & 0o077 == 0
    file.close()
    again = opened_in(tmp_path)
    assert again.get("a") == ONE.data
    assert again.there(["a", "x", "b"]) == {"a": (4, 3), "b": (4, 3)}
    assert again.total() == (2, 2 * len(ONE.data))
    again.close()


def test_no_byte_of_a_picture_lies_in_the_clear(tmp_path: Path, file: PictureFile) -> None:
    file.put({"canary-key": ONE})
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    file.close()
    everything += b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"canary" not in everything


def test_a_closed_file_says_nothing_more(file: PictureFile) -> None:
    file.put({"a": ONE})
    file.close()
    file.put({"b": ONE})
    assert file.get("a") is None
    assert file.total() == (0, 0)


@pytest.mark.parametrize("damage", ["cut", "emptied", "plain", "other key", "other version", "inside"])
def test_a_file_that_is_not_what_it_should_be_is_made_anew(tmp_path: Path, damage: str) -> None:
    file = opened_in(tmp_path, bytes(32) if damage == "other key" else KEY)
    file.put({str(number): ONE for number in range(300)})
    if damage == "other version":
        file._writer.execute("PRAGMA user_version = 99")
    file.close()
    data = bytearray(file.path.read_bytes())
    if damage == "cut":
        file.path.write_bytes(data[: len(data) // 2 - 100])
    elif damage == "emptied":
        file.path.write_bytes(b"")
    elif damage == "plain":
        file.path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    elif damage == "inside":
        for place in range(5000, len(data), 1000):
            data[place] ^= 255
        file.path.write_bytes(data)
    again = opened_in(tmp_path)
    assert all(again.get(str(number)) is None for number in range(300))
    again.put({"new": ONE})
    again.put({"new": ONE})  # the first may have met the damage
    assert again.get("new") == ONE.data
    assert again.faults() == ()
    again.close()


def test_pictures_that_go_give_their_room_back(file: PictureFile) -> None:
    big = Picture(kind="png", width=1, height=1, data=bytes(range(256)) * 4000)
    file.put({str(number): big for number in range(5)})
    file._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = file.path.stat().st_size
    file.drop(["0", "1", "2", "3"])
    file._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert file.path.stat().st_size < before / 3
    assert file.there(map(str, range(5))).keys() == {"4"}


def test_who_reads_while_the_file_is_made_and_filled_sees_it_grow(file: PictureFile) -> None:
    def fill() -> None:
        for number in range(10):
            file.put({f"{number}-{each}": ONE for each in range(4)})
            time.sleep(0.02)

    writer = threading.Thread(target=fill)
    writer.start()
    seen = [file.total()[0]]
    while writer.is_alive():
        seen.append(file.total()[0])
    assert seen == sorted(seen)
    assert file.total()[0] == 40


def test_what_could_not_be_had_is_tried_again_after_longer_and_longer(file: PictureFile) -> None:
    file.note_missing(["a"], NOW)
    assert file.tried_in_vain(NOW) == {"a"}
    assert file.tried_in_vain(NOW + timedelta(hours=3)) == frozenset()
    file.note_missing(["a"], NOW + timedelta(hours=3))
    assert file.tried_in_vain(NOW + timedelta(hours=6)) == {"a"}
    file.put({"a": ONE})
    assert file.tried_in_vain(NOW) == frozenset()


def test_the_store_closes_its_pictures_with_it(tmp_path: Path, store: Store) -> None:
    store.pictures.put({"a": ONE})
    assert (tmp_path / NAME).exists()
    assert picture_key(KEY, SALT)[0] != KEY
    store.pictures.close()
    assert store.pictures.get("a") is None


def test_a_store_that_is_only_looked_at_shows_its_pictures_and_leaves_them_as_they_are(tmp_path: Path) -> None:
    profile, copy = tmp_path / "a profile, 100% mine", tmp_path / "copy"
    profile.mkdir()
    copy.mkdir()
    store = Store(profile / "store.db", KEY, SALT, now=lambda: NOW, new_uid=lambda: "u1")
    store.pictures.put({"a": ONE})
    store.close()
    before = contents(profile)
    looked_at = LookOnlyStore(profile / "store.db", KEY, SALT, copy, now=lambda: NOW, new_uid=lambda: "u2")
    assert looked_at.pictures.get("a") == ONE.data and looked_at.pictures.total() == (1, len(ONE.data))
    assert looked_at.pictures.faults() == ()
    looked_at.pictures.put({"b": ONE})
    looked_at.pictures.drop(["a"])
    looked_at.pictures.clear()
    looked_at.close()
    assert contents(profile) == before


def test_damaged_pictures_that_are_only_looked_at_stay_as_they_are(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db", KEY, SALT, now=lambda: NOW, new_uid=lambda: "u1")
    store.close()
    (tmp_path / NAME).write_bytes(b"no pictures" * 1000)
    copy = tmp_path / "copy"
    copy.mkdir()
    looked_at = LookOnlyStore(tmp_path / "store.db", KEY, SALT, copy, now=lambda: NOW, new_uid=lambda: "u2")
    assert looked_at.pictures.get("a") is None and looked_at.pictures.total() == (0, 0)
    looked_at.close()
    assert (tmp_path / NAME).read_bytes() == b"no pictures" * 1000


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}
