"""A locked window shows nothing and holds nothing; it opens again where one was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.ui.place import PlaceId
from pln.ui.program.start import Start
from ui.program.whole_program import DictSecrets, new_profile, running


@pytest.fixture
def secrets() -> DictSecrets:
    return DictSecrets()


@pytest.fixture
def code(tmp_path: Path, secrets: DictSecrets) -> str:
    return new_profile(tmp_path / "p", secrets)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path, secrets: DictSecrets, code: str) -> Iterator[Start]:
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


def test_lock_and_back(qtbot: QtBot, start: Start) -> None:
    start.window.go(PlaceId.PEOPLE)
    lock = start.locking()
    with qtbot.waitSignal(lock.closed):
        start.lock()
    assert start.session is None
    page = lock.page
    assert page is not None and page.isVisible()
    page.keyring.click()
    qtbot.waitUntil(lambda: start.program is not None)
    assert start.window.current() is PlaceId.PEOPLE
    assert lock.page is None
