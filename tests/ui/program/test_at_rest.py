"""What the window does by itself once it is at rest, and that it does not make places for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.context import Context
from pln.services.preferences import preferences, save_preferences
from pln.ui.place import PlaceId
from pln.ui.program.start import Start
from ui.program.whole_program import DictSecrets, new_profile, running


def reads_nothing(ctx: Context) -> None:
    save_preferences(ctx, replace(preferences(ctx), places=()))


def rested(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: start.program is not None and start.program.tasks.idle, timeout=20_000)
    assert start.session is not None and start.session.rest is not None
    start.session.rest.first_rest()
    qtbot.waitUntil(lambda: start.program is not None and start.program.tasks.idle, timeout=20_000)
    qtbot.wait(50)


def test_feeds_refresh_by_themselves_before_reading_was_seen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "profile", secrets)
    with running(qtbot, qapp, tmp_path / "profile", secrets) as start:
        rested(qtbot, start)
        program = start.program
        assert program is not None and program.automatic is not None
        assert PlaceId.READING not in {place.id for place in start.window.made_places()}
        refresher = program.refresher
        shown = start.window.place(PlaceId.READING)
        assert shown.refresher is refresher, "the place shows the same refresh"


def test_who_does_not_read_is_asked_for_no_feeds(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "profile", secrets, reads_nothing)
    with running(qtbot, qapp, tmp_path / "profile", secrets) as start:
        rested(qtbot, start)
        assert PlaceId.READING not in start.window.visible_places()
        assert start.program is not None and start.program.automatic is None
