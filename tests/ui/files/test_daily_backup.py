"""The backup of each day as the window makes it: once, again when the day changes, and said once where it cannot be."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.model.errors import StoreFault, Trouble
from pln.services.contacts import save_person
from pln.services.context import Context
from pln.services.keeping import Why
from pln.services.kept_backups import kept_of
from pln.services.vault import open_vault
from pln.store.connection import connect
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.ui.files.daily_backup import DailyBackup
from store_fixtures import TODAY
from ui.program.whole_program import DictSecrets, new_profile, running
from ui.settings.conftest import WORDS
from ui.shell_double import ShellDouble


@pytest.fixture
def daily(shell: ShellDouble) -> DailyBackup:
    save_person(shell.ctx, Person(name="Ines Okafor"))
    return DailyBackup(shell, shell)


def look(qtbot: QtBot, shell: ShellDouble, daily: DailyBackup) -> None:
    daily.look()
    qtbot.waitUntil(lambda: not daily.busy and shell.tasks.idle, timeout=20_000)


def tomorrow(shell: ShellDouble) -> None:
    day = shell.ctx.clock.today() + timedelta(days=1)
    shell.ctx = replace(shell.ctx, clock=FixedClock.on(day))


def test_there_is_one_a_day(qtbot: QtBot, shell: ShellDouble, daily: DailyBackup) -> None:
    for _ in range(3):
        look(qtbot, shell, daily)
    assert [each.kept.day for each in kept_of(shell.ctx.profile)] == [TODAY]
    tomorrow(shell)
    look(qtbot, shell, daily)
    assert [each.kept.day for each in kept_of(shell.ctx.profile)] == [TODAY + timedelta(days=1), TODAY]
    assert shell.noted.toasts == []
    assert shell.noted.faults == []


def test_what_hinders_it_is_said_once_a_day(
    qtbot: QtBot, shell: ShellDouble, daily: DailyBackup, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=0))
        for _ in range(3):
            look(qtbot, shell, daily)
        assert len(shell.noted.toasts) == 1
        assert "too little room" in shell.noted.toasts[0][0]
        tomorrow(shell)
        look(qtbot, shell, daily)
        assert len(shell.noted.toasts) == 2
    look(qtbot, shell, daily)
    assert len(kept_of(shell.ctx.profile)) == 1


def test_a_damaged_store_is_told_by_the_line_that_lasts_and_by_no_other(
    qtbot: QtBot, shell: ShellDouble, daily: DailyBackup
) -> None:
    damage(shell.ctx)
    for _ in range(2):
        look(qtbot, shell, daily)
    assert shell.noted.toasts == []
    (fault,) = shell.noted.faults
    assert isinstance(fault, StoreFault)
    assert fault.trouble is Trouble.DAMAGED
    assert kept_of(shell.ctx.profile) == ()


def damage(ctx: Context) -> None:
    """A wrong bit in the last page, which nobody reads but whoever looks for damage."""
    key = open_vault(ctx.profile, ctx.secrets, lambda: WORDS).key
    with closing(connect(ctx.store.path, key.key, key.salt)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    data = bytearray(ctx.store.path.read_bytes())
    data[-2048] ^= 1
    ctx.store.path.write_bytes(data)


def test_the_program_makes_it_by_itself_when_it_is_at_rest(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, lambda ctx: save_person(ctx, Person(name="Ines Okafor")))
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)
        assert start.session is not None
        start.session.rest.first_rest()
        qtbot.waitUntil(lambda: len(kept_of(Profile(tmp_path / "p"))) == 1, timeout=20_000)
    (made,) = kept_of(Profile(tmp_path / "p"))
    assert (made.kept.why, made.counts["person"]) == (Why.DAILY, 1)
