"""A restore over a store in use, killed at any moment: wholly the old store or wholly the new, and both kept."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.services.contacts import person_ids, save_person
from pln.services.keeping import keep_now
from pln.services.opening import Opened, open_profile
from pln.store.passphrase import Cost
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"


def opened(profile: Profile) -> Opened:
    return open_profile(profile, NoSecrets(), lambda: WORDS, SystemClock(), cost=CHEAP)


def stores_in(profile: Profile) -> list[Path]:
    return [profile.store, *profile.set_aside.glob("*/store.db")]


@pytest.mark.parametrize("kills", [4, pytest.param(60, marks=pytest.mark.long)])
def test_a_restore_killed_at_random_leaves_a_whole_store(tmp_path: Path, kills: int) -> None:
    profile, chance = Profile(tmp_path / "p"), random.Random(kills)
    (tmp_path / "words").write_text(f"{WORDS}\n")
    first = opened(profile)
    save_person(first.context, Person(name="Ines Okafor"))
    keep_now(first.context)
    first.close()
    line = [sys.executable, "-m", "pln", "restore", "--latest", "--profile", str(profile.root)]
    line += ["--passphrase-file", str(tmp_path / "words")]
    begun = time.monotonic()
    subprocess.run(line, check=True, capture_output=True, env=os.environ, timeout=60)
    whole = time.monotonic() - begun
    for number in range(kills):
        now = opened(profile)
        save_person(now.context, Person(name="Bilal Roux"))
        people, before = len(person_ids(now.context)), len(stores_in(profile))
        now.close()
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            time.sleep(chance.uniform(0.3, 1.1) * whole)
            running.kill()
        after = opened(profile)
        found = len(person_ids(after.context))
        assert after.context.store.check() == ()
        after.close()
        restored = len(stores_in(profile)) == before + 1
        assert found == (1 if restored else people), f"kill {number}: {found} people, {before} stores before"
        assert len(stores_in(profile)) in (before, before + 1)
