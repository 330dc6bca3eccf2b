"""While PLN is in use: a full disk and a damaged file are told in one lasting line, and lead on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.errors import PlnError, StoreFault, Trouble
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context
from pln.services.meetups import get_meetup
from pln.services.vault import open_vault
from pln.store.connection import connect
from pln.ui.meetups import saver
from pln.ui.meetups.place import MeetupsPlace
from pln.ui.place import PlaceId
from pln.ui.program import trouble_bar
from pln.ui.program.start import Start
from pln.ui.toasts import Toast
from pln.ui.unlock.way_back_page import WayBackPage
from small_disk import SmallDisk, small_disk  # noqa: F401  - a fixture
from store_fixtures import TODAY
from ui.program.whole_program import DictSecrets, new_profile, running
from ui.unlock.test_ways_back import LONG, NAMES, aside, everybody, fill, opened, shown

DAMAGED = StoreFault("The store is damaged", "Nothing was changed.", Trouble.DAMAGED)
FULL = StoreFault("The disk is full", "Nothing was changed.", Trouble.FULL)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, fill)
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        opened(qtbot, made)
        yield made


def bar(start: Start) -> trouble_bar.TroubleBar:
    assert start.program is not None
    assert start.program.troubles is not None
    return start.program.troubles.bar


def toasts(start: Start) -> list[str]:
    return [each.accessibleName() for each in start.window.findChildren(Toast) if each.isVisible()]


def test_a_full_disk_elsewhere_is_told_as_usual(start: Start) -> None:
    assert start.program is not None
    start.program.fail(FULL)
    assert not bar(start).isVisible()
    assert len(toasts(start)) == 1


def test_a_full_disk_is_told_until_something_is_saved(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start.program is not None
    monkeypatch.setattr(trouble_bar.Troubles, "_free", lambda _self: 0)
    for _ in range(3):
        start.program.fail(FULL)
    assert bar(start).isVisible()
    assert bar(start).text.text() == "Not saved: the disk is full. PLN keeps trying."
    assert toasts(start) == []
    start.program.toggle_quiet()
    qtbot.waitUntil(lambda: not bar(start).isVisible(), timeout=LONG)


def test_it_goes_when_there_is_room(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    assert start.program is not None
    monkeypatch.setattr(trouble_bar.Troubles, "_free", lambda _self: 0)
    start.program.fail(FULL)
    assert bar(start).isVisible()
    monkeypatch.setattr(trouble_bar.Troubles, "_free", lambda _self: 1 << 40)
    qtbot.waitUntil(lambda: not bar(start).isVisible(), timeout=LONG)


def test_it_is_out_of_sight_while_the_window_is_locked(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    start.program.fail(DAMAGED)
    shown_bar = bar(start)
    assert shown_bar.isVisible()
    with qtbot.waitSignal(start.locking().closed, timeout=LONG):
        start.lock()
        assert not shown_bar.isVisible()
    assert not start.window.findChildren(trouble_bar.TroubleBar)


def test_damage_leads_to_the_page_and_back(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    start.program.fail(DAMAGED)
    assert toasts(start) == []
    bar(start).action.click()
    page = shown(qtbot, start)
    assert isinstance(page, WayBackPage)
    assert start.session is None
    before = start.profile.store.read_bytes()
    page.bring.click()
    opened(qtbot, start)
    assert everybody(start) == NAMES
    assert aside(start.profile, "store.db") == before
    assert any("kept in set-aside/" in each for each in toasts(start))


def test_what_cannot_be_saved_is_not_left_behind_unsaid(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start.program is not None
    assert start.program.troubles is not None
    faults: list[PlnError | None] = [DAMAGED]
    monkeypatch.setattr(start.program.troubles, "_settle", lambda: faults[0])
    start.program.fail(DAMAGED)
    bar(start).action.click()
    qtbot.wait(50)
    assert start.session is not None
    assert "Copy it first" in bar(start).text.text()
    bar(start).action.click()
    shown(qtbot, start)


def test_what_the_look_at_rest_finds_is_told(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, fill)
    (tmp_path / "p" / ".open").write_bytes(b"open\n")  # as a crash leaves it
    store = tmp_path / "p" / "store.db"
    data = bytearray(store.read_bytes())
    data[-2048] ^= 1  # the last page: nobody reads it at an opening
    store.write_bytes(data)
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        opened(qtbot, start)
        assert start.session is not None
        assert start.session.rest is not None
        start.session.rest.sound.look()
        qtbot.waitUntil(lambda: bar(start).isVisible(), timeout=LONG)
        bar(start).action.click()
        page = shown(qtbot, start)
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
    assert aside(start.profile, "store.db")[:4096] == bytes(data[:4096])


def test_notes_stay_on_a_full_disk_and_are_saved_when_there_is_room(
    qtbot: QtBot,
    qapp: QApplication,
    small_disk: SmallDisk,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saver, "_AGAIN", 100)
    monkeypatch.setattr(trouble_bar, "_LITTLE", 1024 * 1024)
    secrets, root = DictSecrets(), small_disk.folder / "p"

    def planned(ctx: Context) -> None:
        fill(ctx)
        with ctx.write("test") as work:
            work.meetups.add(Meetup(kind=MeetupKind.TEA, day=TODAY, notes="Rain."), TODAY)

    new_profile(root, secrets, planned)
    with running(qtbot, qapp, root, secrets) as start:
        opened(qtbot, start)
        assert start.program is not None
        ctx = start.program.ctx
        place = start.window.go(PlaceId.MEETUPS)
        assert isinstance(place, MeetupsPlace)
        qtbot.waitUntil(lambda: start.program is not None and start.program.tasks.idle, timeout=LONG)
        place.show_meetup(1)
        qtbot.waitUntil(lambda: place.detail.notes.text() == "Rain.", timeout=LONG)
        key = open_vault(start.profile, secrets).key
        with closing(connect(start.profile.store, key.key, key.salt)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        small_disk.fill()
        place.detail.notes.setPlainText("Rain. And sun")
        qtbot.waitUntil(lambda: bar(start).isVisible(), timeout=LONG)
        assert "keeps trying" in bar(start).text.text()
        assert toasts(start) == []
        assert place.detail.notes.text() == "Rain. And sun"
        small_disk.free()
        qtbot.waitUntil(lambda: get_meetup(ctx, 1).notes == "Rain. And sun", timeout=LONG)
        qtbot.waitUntil(lambda: not bar(start).isVisible(), timeout=LONG)
