"""The journal's own lock outlives the window's: what opens the window alone does not open the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services import journal_lock
from pln.services.journal_lock import JournalState, prepare, set_up, state
from pln.services.preferences import Preferences, save_preferences
from pln.store.passphrase import Cost
from pln.ui.program.start import Start
from ui.program.whole_program import DictSecrets, new_profile, running

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
SOON = 10_000


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setattr(journal_lock, "calibrated", lambda _timer: CHEAP)
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, lambda ctx: save_preferences(ctx, Preferences(welcomed=True)))
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


def test_a_window_lifted_while_work_is_under_way_shows_no_journal(qtbot: QtBot, start: Start) -> None:
    program = start.program
    assert program is not None
    set_up(program.ctx, prepare("pears and plums"))
    assert state(program.ctx) is JournalState.OPEN
    go_on = Event()
    program.tasks.start("An import", lambda _task: go_on.wait(20))
    try:
        start.lock()
        page = start.locking().page
        assert page is not None
        page.keyring.click()
        qtbot.waitUntil(lambda: start.locking().page is None, timeout=SOON)
        assert start.program is program, "the work went on, so the store was never closed"
        assert state(program.ctx) is JournalState.LOCKED
    finally:
        go_on.set()
        qtbot.waitUntil(lambda: program.tasks.idle, timeout=SOON)
