"""Mending a destroyed head, and looking at the store after an unclean end and once a week."""

from __future__ import annotations

import secrets as randomness
from datetime import timedelta
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import StoreFault, Trouble
from pln.services.backup import backup
from pln.services.contacts import save_person
from pln.services.opening import Opened, open_profile
from pln.services.soundness_watch import is_due, is_unclean, look
from pln.services.ways_back import bring_back, ways_of
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

WORDS = "a calm sentence"
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


def opened(profile: Profile, days: int = 0) -> Opened:
    clock = FixedClock.on(TODAY + timedelta(days=days))
    return open_profile(profile, NoSecrets(), lambda: WORDS, clock, cost=CHEAP)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "p")
    session = opened(made)
    for number in range(200):
        save_person(session.context, Person(name=f"Person {number}", note="words " * 40))
    session.close()
    return made


def write_over(path: Path, at: int, data: bytes) -> bytes:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(data)] = data
    path.write_bytes(whole)
    return bytes(whole)


def total(session: Opened) -> int:
    with session.context.store.read() as work:
        return work.people.total()


def test_a_destroyed_head_is_mended_and_the_file_as_it_was_is_kept(profile: Profile) -> None:
    salt = profile.store.read_bytes()[:16]
    damaged = write_over(profile.store, 0, randomness.token_bytes(16))
    session = opened(profile)
    assert session.mended is not None
    assert (session.mended / "store.db").read_bytes() == damaged
    assert profile.store.read_bytes()[:16] == salt
    assert total(session) == 200
    assert session.context.store.check() == ()
    session.close()
    again = opened(profile)
    assert again.mended is None
    again.close()
    assert len(list(profile.set_aside.iterdir())) == 1


def test_a_head_that_is_whole_is_left_alone(profile: Profile) -> None:
    session = opened(profile)
    assert session.mended is None
    session.close()
    assert not profile.set_aside.exists()


def test_more_than_the_head_is_not_mended_but_refused_as_it_is(profile: Profile) -> None:
    damaged = write_over(profile.store, 0, randomness.token_bytes(200))
    with pytest.raises(StoreFault) as told:
        opened(profile)
    assert told.value.trouble is Trouble.DAMAGED
    assert profile.store.read_bytes() == damaged
    assert not profile.set_aside.exists()
    assert not (profile.root / ".restoring").exists()


def test_a_store_is_looked_at_once_a_week(profile: Profile) -> None:
    session = opened(profile)
    assert is_due(session.context)
    assert look(session.context) is None
    assert not is_due(session.context)
    session.close()
    for days, due in ((6, False), (7, True), (-1, True)):
        later = opened(profile, days)
        assert is_due(later.context) is due
        later.close()


def test_after_an_unclean_end_it_is_looked_at_even_where_it_was_opened_and_closed_since(profile: Profile) -> None:
    session = opened(profile)
    look(session.context)
    assert profile.open_mark.exists()
    session.close()
    assert not profile.open_mark.exists()
    profile.open_mark.write_bytes(b"open\n")  # as a crash leaves it
    opened(profile).close()
    session = opened(profile)
    assert is_unclean(profile)
    assert is_due(session.context)
    assert look(session.context) is None
    assert not is_due(session.context)
    session.close()
    assert not profile.open_mark.exists()


def test_what_is_damaged_is_found_and_stays_to_be_looked_at(profile: Profile) -> None:
    profile.open_mark.write_bytes(b"open\n")
    size = profile.store.stat().st_size
    write_over(profile.store, size - 2048, b"\x00\x01\x02\x03")
    session = opened(profile)
    found = look(session.context)
    assert found is not None
    assert found.trouble is Trouble.DAMAGED
    assert is_due(session.context)
    session.close()
    assert profile.open_mark.exists()


def test_a_mark_that_cannot_be_written_keeps_nobody_out(profile: Profile) -> None:
    profile.open_mark.mkdir()
    session = opened(profile)
    assert total(session) == 200
    session.close()


def test_a_backup_of_a_newer_store_is_no_way_back(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(profile)
    kept = backup(session.context, profile.backups / "2026-11-22-by-hand.plnbackup")
    session.close()
    assert [each.path for each in ways_of(profile).backups] == [kept.path]
    monkeypatch.setattr("pln.services.ways_back.STEPS", ())
    assert ways_of(profile).newest is None


def test_a_profile_that_is_open_is_not_touched(profile: Profile) -> None:
    session = opened(profile)
    kept = backup(session.context, profile.backups / "2026-11-22-by-hand.plnbackup")
    with pytest.raises(StoreFault) as told:
        bring_back(profile, kept.path, NoSecrets(), WORDS, FixedClock.on(TODAY))
    assert told.value.trouble is Trouble.IN_USE
    session.close()
    assert not profile.set_aside.exists()
