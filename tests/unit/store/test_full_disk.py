"""A disk that runs full, for real: a small file system of its own where that can be mounted, else a small limit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pln.model.errors import StoreFault
from pln.model.journal import Entry
from pln.services.backup import backup
from pln.services.context import Context
from pln.store.unit_of_work import Store
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, make_store
from vault_fixtures import keys_of

PAGE = "word " * 4000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("this system does not let us mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def write_until_full(store: Store) -> int:
    """Number of commits that were acknowledged."""
    with pytest.raises(StoreFault, match="disk is full"):
        for number in range(10_000):
            with store.write("") as work:
                work.journal.add(Entry(title=str(number), body=f"{number} {PAGE}"))
    return number


def test_what_was_saved_before_is_there_and_the_same_store_goes_on(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    store = make_store(small_disk / "store.db")
    saved = write_until_full(store)
    assert saved > 3
    with store.read() as work:
        assert work.journal.total() == saved
    ballast.unlink()
    with store.write("") as work:
        work.journal.add(Entry(title="after", body=PAGE))
    assert store.check() == ()
    store.close()
    again = make_store(small_disk / "store.db")
    with again.read() as work:
        assert work.journal.total() == saved + 1
    again.close()


def test_a_new_store_that_finds_no_room_leaves_nothing(small_disk: Path) -> None:
    with (small_disk / "ballast").open("wb") as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(64 * 1024))
            file.flush()
    with pytest.raises(StoreFault, match="disk is full"):
        make_store(small_disk / "store.db")
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]
    (small_disk / "ballast").unlink()
    make_store(small_disk / "store.db").close()


def test_a_backup_that_finds_no_room_leaves_nothing_and_keeps_the_last(small_disk: Path, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile").create()
    store = make_store(profile.store)
    profile.vault.write_bytes(keys_of()[0])
    ctx = Context(store=store, profile=profile, clock=FixedClock.on(TODAY))
    last = backup(ctx, small_disk / "last")
    kept = last.path.read_bytes()
    with store.write("") as work:
        for number in range(200):
            work.journal.add(Entry(title="", body=f"{number} {PAGE}"))
    for target, over in ((small_disk / "next", False), (small_disk / "last", True)):
        with pytest.raises(StoreFault, match="disk is full"):
            backup(ctx, target, over=over)
    assert [each.name for each in small_disk.iterdir()] == ["last"]
    assert last.path.read_bytes() == kept
    ctx.close()


def test_a_limit_of_pages_ends_one_unit_and_no_more(store: Store) -> None:
    with store.write("") as work:
        pages = work.search.connection.execute(text("PRAGMA page_count")).scalar_one()
    with store.write("") as work:
        work.search.connection.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
    saved = write_until_full(store)
    with store.write("") as work:
        work.search.connection.execute(text("PRAGMA max_page_count = 1000000"))
        work.journal.add(Entry(title="after", body=PAGE))
        assert work.journal.total() == saved + 1
