"""Names and contents that reach the disk late: after a power cut at any moment the old is there or the new, whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from durability.late_disk import LateDisk, Left, lay_out
from pln.durable import files
from pln.model.errors import StoreFault
from pln.services import journal_lock, vault
from pln.services.backup import backup, restore, verify_backup
from pln.services.journal_lock import JournalState
from pln.services.opening import Opened, open_profile
from pln.store import migrations
from pln.store.migrate import begin_new
from pln.store.passphrase import Cost
from pln.store.soundness import examine
from pln.store.vault import StoreKey
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import KEY, SALT, TODAY, fill

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="flushes are followed through /proc")

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS, OTHER_WORDS = "open sesame", "pears and plums"
OLD, NEW = b"the earlier text " * 500, b"the later text " * 700

Watch = Callable[[Path], LateDisk]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


@contextmanager
def watched(root: Path, patch: pytest.MonkeyPatch, *, late_contents: bool = True) -> Iterator[LateDisk]:
    with LateDisk(root, late_contents).watching(patch) as disk:
        yield disk


def opened(profile: Profile, words: str = WORDS) -> Opened:
    return open_profile(profile, NoSecrets(), lambda: words, FixedClock.on(TODAY), cost=CHEAP)


# One file ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, OLD], ids=["a new file", "over an earlier one"])
def test_a_file_is_the_old_one_or_the_new_one(
    root: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    if before is not None:
        (root / "file").write_bytes(before)
    with watched(root, monkeypatch) as disk:
        files.write_atomically(root / "file", NEW)
    assert {left.get("file") for left in disk.left} == {before, NEW}
    assert [left.get("file") for left in disk.afterwards] == [NEW] * len(disk.afterwards)


def test_without_flushing_the_name_it_can_be_gone_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "flush_folder", lambda _folder: None)
    (root / "file").write_bytes(OLD)
    with watched(root, monkeypatch) as disk:
        files.write_atomically(root / "file", NEW)
    assert OLD in [left.get("file") for left in disk.afterwards]


def test_without_flushing_the_content_it_can_be_empty(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "flush_open", lambda _descriptor: None)
    (root / "file").write_bytes(OLD)
    with watched(root, monkeypatch) as disk:
        files.write_atomically(root / "file", NEW)
    assert b"" in [left.get("file") for left in disk.left]


# The store and its keys ----------------------------------------------------------------------------------------------


def test_a_new_store_is_whole_or_not_there(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(root, monkeypatch) as disk:
        begin_new(root / "store.db", KEY, SALT)
    assert all("store.db" in left for left in disk.afterwards)
    for number, left in enumerate(disk.left):
        if "store.db" in left:
            found = examine(lay_out(left, tmp_path / str(number)) / "store.db", KEY, SALT)
            assert (found.version, found.faults) == (migrations.NEWEST, ())


def test_a_first_start_that_is_cut_goes_on_at_the_next(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(root, monkeypatch) as disk:
        opened(Profile(root)).close()
    for number, left in enumerate(disk.left):
        again = opened(Profile(lay_out(left, tmp_path / str(number))))
        assert again.context.store.check() == ()
        again.close()
    assert all({"store.db", "vault.json"} <= left.keys() for left in disk.afterwards)


def test_keys_that_are_changed_open_by_the_old_words_or_the_new(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(root)
    opened(profile).close()
    key = _must(_key(profile, WORDS))
    with watched(root, monkeypatch) as disk:
        vault.set_passphrase(profile, key, "another sesame", CHEAP)
    for number, left in enumerate(disk.left):
        again = Profile(lay_out(left, tmp_path / str(number)))
        ways = [_key(again, words) for words in (WORDS, "another sesame")]
        assert ways in ([key, None], [None, key])
        if left in disk.afterwards:
            assert ways == [None, key]


def _key(profile: Profile, words: str) -> StoreKey | None:
    try:
        return vault.open_vault(profile, NoSecrets(), lambda: words).key
    except StoreFault:
        return None


# Backups -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("over", [False, True], ids=["a new file", "over an earlier one"])
def test_a_backup_is_whole_or_not_there(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    profile = Profile(tmp_path / "profile")
    session = opened(profile)
    ctx, key = session.context, _must(_key(profile, WORDS))
    if over:
        backup(ctx, root / "kept")
    fill(ctx.store)
    with watched(root, monkeypatch) as disk:
        backup(ctx, root / "kept", over=over)
    counts = []
    for number, left in enumerate(disk.left):
        if over or "kept" in left:
            whole = verify_backup(lay_out(left, tmp_path / str(number)) / "kept", key)
            counts.append(whole.counts["person"])
    assert set(counts) == ({0, 1} if over else {1})
    assert all(left.get("kept") == (root / "kept").read_bytes() for left in disk.afterwards)
    session.close()


def test_a_store_that_gives_way_to_a_backup_is_kept_whatever_happens(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(root)
    session = opened(profile)
    backup(session.context, tmp_path / "kept")
    fill(session.context.store)
    session.close()
    earlier = profile.store.read_bytes()
    with watched(root, monkeypatch) as disk:
        restore(tmp_path / "kept", profile, lambda each: _must(_key(each, WORDS)), set_aside=True)
    assert not {folder for folder in disk.unflushed if folder.startswith("set-aside")}
    found = [_people_after(left, tmp_path / str(number), earlier) for number, left in enumerate(disk.left)]
    assert set(found) == {0, 1}
    assert [_people_after(left, tmp_path / f"after{n}", earlier) for n, left in enumerate(disk.afterwards)] == (
        [0] * len(disk.afterwards)
    )


def _must(key: StoreKey | None) -> StoreKey:
    assert key is not None
    return key


def _people_after(left: Left, folder: Path, earlier: bytes) -> int:
    """How many people the profile shows after the cut; where they are none, the earlier store lies beside."""
    assert earlier in left.values(), "the only copy is gone"
    session = opened(Profile(lay_out(left, folder)))
    try:
        with session.context.store.read() as work:
            total = work.people.total()
    finally:
        session.close()
    if not total:
        assert earlier in [path.read_bytes() for path in folder.rglob("set-aside/*/store.db")]
    return total


# The journal in a file of its own -------------------------------------------------------------------------------------


def test_a_journal_that_gets_a_lock_is_in_one_file_or_the_other(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(Profile(root))
    fill(session.context.store)
    with watched(root, monkeypatch, late_contents=False) as disk:
        journal_lock.set_up(session.context, journal_lock.prepare(OTHER_WORDS, CHEAP))
    session.close()
    apart = [_has_a_lock(left, tmp_path / str(number)) for number, left in enumerate(disk.left)]
    assert set(apart) == {False, True}
    assert all(_has_a_lock(left, tmp_path / f"after{number}") for number, left in enumerate(disk.afterwards))


def _has_a_lock(left: Left, folder: Path) -> bool:
    """Whether the journal needs words of its own after the cut; its entry is there with them or without."""
    session = opened(Profile(lay_out(left, folder)))
    try:
        apart = journal_lock.state(session.context) is JournalState.LOCKED
        journal_lock.open_journal(session.context, OTHER_WORDS)
        with session.context.store.read() as work:
            assert work.journal.total() == 1
        assert session.context.store.check() == ()
    finally:
        session.close()
    return apart
