"""The real program under a virtual display: locked, asked for by a second start, and opened again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from e2e.test_a_day import start
from pln.services.contacts import add_person
from pln.services.opening import open_profile
from pln.services.preferences import preferences, save_preferences
from pln.services.vault import code_kept
from pln.store.passphrase import Cost
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

WORDS = "a calm sentence"

pytestmark = [
    pytest.mark.timeout(200),
    pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed"),
]


def test_a_window_is_locked_and_opened_again(tmp_path: Path) -> None:
    (tmp_path / "pf").write_text(WORDS + "\n")
    cost = Cost(memory_kib=8, iterations=1, lanes=1)
    opened = open_profile(Profile(tmp_path / "p"), NoSecrets(), lambda: WORDS, SystemClock(), cost=cost)
    save_preferences(opened.context, replace(preferences(opened.context), welcomed=True))
    add_person(opened.context, "Anna Lindqvist")
    code_kept(opened.context.profile)
    opened.close()
    with start("locked_day.py", tmp_path / "p", tmp_path / "pf") as day:
        out, errors = day.communicate(timeout=150)
    assert day.returncode == 0, f"{out}{errors}"
