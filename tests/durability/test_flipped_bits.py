"""One bit wrong anywhere in the store: it is found, and the newest backup brings back what it holds."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from every_table import into_every_table
from pln.model.errors import StoreFault
from pln.services.backup import BackupReport, backup, restore
from pln.services.opening import Opened, open_profile
from pln.services.vault import open_vault
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

PAGE, SALT_BYTES = 4096, 16
WORDS = "open sesame"
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


@dataclass(frozen=True)
class Kept:
    """A profile, the bytes of its store, and its newest backup."""

    profile: Profile
    whole: bytes
    report: BackupReport

    def flip(self, place: int, bit: int) -> bytes:
        """The bytes of the store, one bit wrong."""
        data = bytearray(self.whole)
        data[place] ^= 1 << bit
        self.profile.store.write_bytes(data)
        return bytes(data)


def opened(profile: Profile) -> Opened:
    return open_profile(profile, NoSecrets(), lambda: WORDS, FixedClock.on(TODAY), cost=CHEAP)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    profile = Profile(tmp_path / "profile")
    session = opened(profile)
    with session.context.store.write("") as work:
        into_every_table(work, "kumquat", 300)
    report = backup(session.context, tmp_path / "kept.plnbackup")
    session.close()
    return Kept(profile, profile.store.read_bytes(), report)


def found_out(profile: Profile) -> bool:
    """Whether opening it, or the check that follows, tells that something is wrong."""
    try:
        session = opened(profile)
    except StoreFault:
        return True
    try:
        return session.context.store.check() != ()
    finally:
        session.close()


def flip_and_bring_back(kept: Kept, times: int) -> None:
    chance, profile = random.Random(11), kept.profile
    for _ in range(times):
        place = chance.randrange(SALT_BYTES, len(kept.whole))
        damaged = kept.flip(place, chance.randrange(8))
        assert found_out(profile), f"a bit wrong at byte {place} of page {place // PAGE} was not found"
        brought_back(kept, damaged)


def brought_back(kept: Kept, damaged: bytes) -> None:
    """The damaged store gives way and is kept as it is; what opens then holds what the backup says."""
    restore(
        kept.report.path, kept.profile, lambda each: open_vault(each, NoSecrets(), lambda: WORDS).key,
        set_aside=True, clock=FixedClock.on(TODAY),
    )  # fmt: skip
    aside = sorted(kept.profile.set_aside.glob("*/store.db"), key=lambda path: path.stat().st_mtime_ns)
    assert aside[-1].read_bytes() == damaged
    session = opened(kept.profile)
    try:
        assert session.context.store.check() == ()
        assert session.context.store.examine(kept.profile.store).counts == kept.report.counts
    finally:
        session.close()


def test_60_flipped_bits_are_found_and_overcome(kept: Kept) -> None:
    flip_and_bring_back(kept, 60)


def test_a_damaged_salt_is_no_damage(kept: Kept) -> None:
    """It is kept beside the key too, so the one in the file is not needed."""
    for place in range(SALT_BYTES):
        kept.flip(place, place % 8)
        assert not found_out(kept.profile), f"byte {place} of the salt"


def test_a_store_without_a_wrong_bit_is_whole(kept: Kept) -> None:
    assert not found_out(kept.profile)
