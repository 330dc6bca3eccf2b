"""`pln check` says what is unsafe as well as what is wrong."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pln.system.clock import FixedClock

from .conftest import TODAY, Pln

NONE = "There is no backup of this profile. pln backup makes one."


def test_no_backup_is_told_and_is_no_fault_of_the_store(pln: Pln) -> None:
    told = pln("check")
    assert (told.code, told.out.splitlines()) == (0, ["The store is sound.", NONE])
    data = pln("check --json").data
    assert (data["sound"], data["found"], data["unsafe"]) == (True, [], [NONE])


def test_all_is_well_with_a_backup_of_today(pln: Pln, home: Path) -> None:
    assert pln("backup").code == 0
    assert pln("check").out == "All is well.\n"
    assert pln("check --json").data["unsafe"] == []
    shutil.rmtree(home / "profile" / "backups")
    assert NONE in pln("check").out


@pytest.mark.parametrize(("days", "is_old"), [(6, False), (8, True)])
def test_old_backups_are_told(pln: Pln, monkeypatch: pytest.MonkeyPatch, days: int, is_old: bool) -> None:
    assert pln("backup").code == 0
    monkeypatch.setattr("pln.cli.session.SystemClock", lambda: FixedClock.on(TODAY + timedelta(days=days)))
    told = pln("check")
    assert told.code == 0
    assert (f"The newest backup is {days} days old" in told.out) is is_old
    assert ("All is well." in told.out) is not is_old
