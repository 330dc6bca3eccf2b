"""One bit wrong anywhere in the store: the window leads to the newest backup, and what it held is there again."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from every_table import into_every_table
from pln.model.errors import Trouble
from pln.services.context import Context
from pln.services.keeping import keep_now
from pln.services.kept_backups import kept_of
from pln.services.vault import open_vault
from pln.store.connection import connect
from pln.system.paths import Profile
from pln.ui.program.start import Start
from pln.ui.unlock.way_back_page import WayBackPage
from ui.program.whole_program import DictSecrets, new_profile, running

LONG = 30_000
PAGE, SALT_BYTES = 4096, 16
WORD = "kumquat"

pytestmark = pytest.mark.allow_logs  # a page that cannot be read may be met by whatever reads at the start


def _fill(ctx: Context) -> None:
    with ctx.store.write("") as work:
        into_every_table(work, WORD, 200)
    keep_now(ctx)


@dataclass
class Flips:
    """kept: a profile with a backup of all that is in it. refused, opened: how the starts with a wrong bit went."""

    kept: Path
    secrets: DictSecrets
    counts: Mapping[str, int]
    qtbot: QtBot
    app: QApplication
    refused: int = 0
    opened: int = 0

    def overcome(self, root: Path, place: int, bit: int) -> None:
        """place: the byte of the file; of what lies in it only the salt may be wrong without harm."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.kept, root)
        store = Profile(root).store
        data = bytearray(store.read_bytes())
        data[place] ^= 1 << bit
        store.write_bytes(data)
        with running(self.qtbot, self.app, root, self.secrets) as start:
            self.qtbot.waitUntil(lambda: _arrived(start), timeout=LONG)
            untouched = start.session is None
            if untouched:
                self.refused += 1
            else:
                self._found_at_rest(start)
            self._brought_back(start)
            (aside,) = Profile(root).set_aside.glob("*/store.db")
            assert aside.stat().st_size >= len(data)
            assert not untouched or aside.read_bytes() == data

    def _found_at_rest(self, start: Start) -> None:
        """It opened, since what is damaged was not read yet. The look at the whole store finds it, and leads on."""
        self.opened += 1
        assert start.session is not None
        assert start.program is not None
        assert start.program.troubles is not None
        start.session.rest.sound.look()
        bar = start.program.troubles.bar
        self.qtbot.waitUntil(lambda: "cannot be read" in bar.text.text(), timeout=LONG)
        while start.session is not None:  # twice where what was typed cannot be stored
            bar.action.click()
            self.qtbot.wait(20)
        self.qtbot.waitUntil(lambda: _arrived(start), timeout=LONG)

    def _brought_back(self, start: Start) -> None:
        page = start.pages.shown
        assert isinstance(page, WayBackPage)
        assert page.fault.trouble is Trouble.DAMAGED
        self.qtbot.waitUntil(page.bring.isEnabled, timeout=LONG)
        assert "200 people" in page.newest.text()
        page.bring.click()
        self.qtbot.waitUntil(lambda: start.session is not None, timeout=LONG)
        assert start.program is not None
        found = start.program.ctx.store
        assert found.check() == ()
        assert found.examine(found.path).counts == self.counts


def _arrived(start: Start) -> bool:
    return start.session is not None or isinstance(start.pages.shown, WayBackPage)


@pytest.fixture
def flips(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Flips:
    secrets = DictSecrets()
    new_profile(tmp_path / "kept", secrets, _fill)
    (newest,) = kept_of(Profile(tmp_path / "kept"))
    return Flips(tmp_path / "kept", secrets, newest.counts, qtbot, qapp)


def overcome_many(flips: Flips, root: Path, number: int) -> None:
    chance, size = random.Random(11), Profile(flips.kept).store.stat().st_size
    for _ in range(number):
        flips.overcome(root, chance.randrange(SALT_BYTES, size), chance.randrange(8))


def test_12_wrong_bits_are_overcome(flips: Flips, tmp_path: Path) -> None:
    overcome_many(flips, tmp_path / "profile", 12)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_60_wrong_bits_are_overcome(flips: Flips, tmp_path: Path) -> None:
    overcome_many(flips, tmp_path / "profile", 60)
    sys.stdout.write(f"{flips.refused} did not open, {flips.opened} opened and were found at rest\n")
    assert flips.refused
    assert flips.opened


@pytest.mark.parametrize("table", ["setting", "sqlite_master"])
def test_a_wrong_bit_in_what_the_window_reads_first_leads_to_its_page(flips: Flips, tmp_path: Path, table: str) -> None:
    profile = Profile(flips.kept)
    key = open_vault(profile, flips.secrets).key
    with closing(connect(profile.store, key.key, key.salt)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    page = found[0] if found else 1
    flips.overcome(tmp_path / "profile", (page - 1) * PAGE + 100, 3)
    assert flips.refused == 1
