"""Opening a profile: first start, next start, what is missing, and what is told of its state."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pln.model.changes import Noun
from pln.model.errors import StoreFault, Trouble, UsageError, WrongSecret
from pln.services import opening
from pln.services.backup import backup, restore
from pln.services.contacts import add_person, person_ids, remove_person
from pln.services.fresh import is_fresh
from pln.services.keeping import keep_now
from pln.services.kept_backups import kept_of
from pln.services.opening import Opened, check, empty_trash, open_profile, rebuild_search
from pln.services.vault import NeedsPassphrase, open_vault
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"


def opened(profile: Profile, words: Callable[[], str] | None = lambda: WORDS, day: int = 22) -> Opened:
    return open_profile(profile, NoSecrets(), words, FixedClock.on(TODAY.replace(day=day)), cost=CHEAP)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


def test_a_first_start_gives_a_code_and_the_next_one_what_was_written(profile: Profile) -> None:
    first = opened(profile)
    assert (first.way, first.recovery_code != "") == ("passphrase", True)
    add_person(first.context, "Ines Okafor")
    assert check(first.context) == ()
    first.close()
    first.close()
    second = opened(profile)
    assert second.recovery_code == ""
    assert len(person_ids(second.context)) == 1
    second.close()
    third = opened(profile, lambda: first.recovery_code)
    assert third.way == "recovery"
    third.close()
    assert first.recovery_code not in repr(first)


def test_one_profile_is_open_once(profile: Profile) -> None:
    first = opened(profile)
    with pytest.raises(StoreFault, match="already open"):
        opened(profile)
    first.close()
    opened(profile).close()


def test_a_fault_on_the_way_lets_go_of_the_profile(profile: Profile) -> None:
    with pytest.raises(NeedsPassphrase):
        opened(profile, None)
    with pytest.raises(UsageError):
        opened(profile, lambda: "short")
    opened(profile).close()
    with pytest.raises(WrongSecret):
        opened(profile, lambda: "another one")
    profile.store.write_bytes(b"")
    with pytest.raises(StoreFault, match="empty"):
        opened(profile)
    assert profile.store.read_bytes() == b""


@pytest.mark.parametrize("log_left", [False, True])
def test_a_lost_store_is_told_and_not_covered_by_an_empty_one(profile: Profile, log_left: bool) -> None:
    opened(profile).close()
    profile.store.unlink()
    if log_left:
        (profile.root / "store.db-wal").write_bytes(b"")
    with pytest.raises(StoreFault, match="missing"):
        opened(profile)
    assert not profile.store.exists()


def test_lost_key_slots_are_told(profile: Profile) -> None:
    opened(profile).close()
    profile.vault.unlink()
    before = profile.store.read_bytes()
    with pytest.raises(StoreFault, match="key file"):
        opened(profile)
    assert (profile.store.read_bytes(), profile.vault.exists()) == (before, False)


@pytest.mark.parametrize(
    "left", ["backups/2026-11-20-daily.plnbackup", "set-aside/2026/store.db", "journal.db", ".open"]
)
def test_a_profile_that_lost_store_and_keys_is_not_begun_anew(profile: Profile, left: str) -> None:
    remains = profile.root / left
    remains.parent.mkdir(parents=True)
    remains.write_bytes(b"what a store left behind")
    for _ in range(2):  # the first start must not make the second one pass
        with pytest.raises(StoreFault, match="restore --latest") as caught:
            opened(profile)
        assert caught.value.trouble is Trouble.STORE_MISSING
    assert not is_fresh(profile)
    assert not (profile.vault.exists() or profile.store.exists())


def test_what_was_lost_with_its_keys_comes_back_from_the_newest_backup(profile: Profile) -> None:
    first = opened(profile)
    add_person(first.context, "Ines Okafor")
    keep_now(first.context)
    first.close()
    profile.vault.unlink()
    for path in profile.root.glob("store.db*"):
        path.unlink()
    with pytest.raises(StoreFault):
        opened(profile)
    newest = kept_of(profile)[0].path
    restore(newest, profile, lambda stage: open_vault(stage, NoSecrets(), lambda: WORDS).key)
    again = opened(profile)
    assert len(person_ids(again.context)) == 1
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
def test_nothing_is_brought_back_over_an_open_store_whose_lock_file_was_removed(profile: Profile) -> None:
    one = opened(profile)
    kept = keep_now(one.context)
    profile.lock.unlink()
    with pytest.raises(StoreFault, match="already open"):
        restore(kept.path, profile, lambda stage: open_vault(stage, NoSecrets(), lambda: WORDS).key, set_aside=True)
    add_person(one.context, "Ines Okafor")
    one.close()
    again = opened(profile)
    assert len(person_ids(again.context)) == 1
    again.close()


def test_a_first_start_that_was_broken_off_goes_on_and_gives_a_code_that_works(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(opening, "Store", killed)
        with pytest.raises(KeyboardInterrupt):
            opened(profile)
    assert profile.vault.exists()
    again = opened(profile)
    assert again.recovery_code
    again.close()
    opened(profile, lambda: again.recovery_code).close()
    profile.store.unlink()
    with pytest.raises(StoreFault, match="missing"):
        opened(profile)


def test_a_profile_made_from_a_backup_opens_with_the_same_words(profile: Profile, tmp_path: Path) -> None:
    first = opened(profile)
    add_person(first.context, "Ines Okafor")
    made = backup(first.context, tmp_path / "b.plnbackup")
    first.close()
    into = Profile(tmp_path / "new")
    restore(made.path, into, lambda stage: open_vault(stage, NoSecrets(), lambda: WORDS).key)
    second = opened(into)
    assert (len(person_ids(second.context)), second.recovery_code) == (1, "")
    second.close()


def test_check_tells_of_an_index_out_of_step_and_it_can_be_built_anew(profile: Profile) -> None:
    first = opened(profile)
    add_person(first.context, "Ines Okafor")
    with first.context.write("") as work:
        work.search.clear()
    (line,) = check(first.context)
    assert line == "The store: search index: 1 too few and 0 too many of kind person."
    rebuild_search(first.context)
    assert check(first.context) == ()
    profile.vault.unlink()
    assert "key file is missing" in check(first.context)[0]
    first.close()


def emptied(profile: Profile, day: date) -> int:
    """How many people a start on that day deletes for good."""
    store = open_profile(profile, NoSecrets(), lambda: WORDS, FixedClock.on(day), cost=CHEAP)
    try:
        return empty_trash(store.context)[Noun.PERSON]
    finally:
        store.close()


def test_the_trash_is_emptied_after_thirty_days(profile: Profile) -> None:
    first = opened(profile, day=1)
    remove_person(first.context, add_person(first.context, "Ines Okafor").id)
    first.close()
    begun = TODAY.replace(day=1)
    assert [emptied(profile, begun + timedelta(days=day)) for day in range(0, 31, 2)] == [0] * 16
    assert emptied(profile, begun + timedelta(days=31)) == 1


def test_a_clock_that_is_years_ahead_empties_nothing(profile: Profile) -> None:
    first = opened(profile, day=1)
    remove_person(first.context, add_person(first.context, "Ines Okafor").id)
    assert empty_trash(first.context)[Noun.PERSON] == 0
    first.close()
    assert emptied(profile, TODAY.replace(year=2036)) == 0
    assert emptied(profile, TODAY.replace(day=2)) == 0, "the clock was put right"
    assert emptied(profile, TODAY.replace(month=12, day=31)) == 0, "after an absence things are kept for longer"
