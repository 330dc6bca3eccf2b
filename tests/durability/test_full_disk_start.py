"""PLN starts on a disk that is full: it says so and where, and opens by one click once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from every_table import into_every_table
from pln.model.errors import Trouble
from pln.services.context import Context
from pln.system.paths import Profile
from pln.ui.unlock.way_back_page import WayBackPage
from small_disk import SmallDisk, in_a_space_of_its_own
from ui.program.whole_program import DictSecrets, new_profile, running

LONG = 20_000


def fill(ctx: Context) -> None:
    with ctx.store.write("") as work:
        into_every_table(work, "kumquat")


@pytest.mark.allow_logs  # what cannot be written at the start is noted
def test_it_says_so_and_goes_on_when_there_is_room(qtbot: QtBot, qapp: QApplication, small_disk: SmallDisk) -> None:
    profile, secrets = Profile(small_disk.folder / "profile"), DictSecrets()
    new_profile(profile.root, secrets, fill)
    before = profile.store.read_bytes()
    small_disk.fill()
    with running(qtbot, qapp, profile.root, secrets) as start:
        qtbot.waitUntil(lambda: isinstance(start.pages.shown, WayBackPage), timeout=LONG)
        page = start.pages.shown
        assert isinstance(page, WayBackPage)
        assert page.fault.trouble is Trouble.FULL
        assert str(profile.root) in page.fault.sentence
        assert profile.store.read_bytes() == before
        small_disk.free()
        qtbot.waitUntil(page.retry.isEnabled, timeout=LONG)
        page.retry.click()
        qtbot.waitUntil(lambda: start.session is not None, timeout=LONG)
        assert start.program is not None
        assert start.program.ctx.store.check() == ()
        with start.program.ctx.store.read() as work:
            assert work.people.total() == 3


def test_all_of_these_where_we_may_not_mount(tmp_path: Path) -> None:
    in_a_space_of_its_own(Path(__file__), tmp_path)
