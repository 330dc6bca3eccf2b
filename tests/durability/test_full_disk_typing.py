"""Typing in the window while the disk is full: no letter is lost, and with room again it is saved by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context
from pln.services.journal import entry_ids, get_entry
from pln.services.meetups import get_meetup
from pln.store.connection import connect
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.ui.journal import saving
from pln.ui.journal.commands import commands as of_the_journal
from pln.ui.journal.place import JournalPlace
from pln.ui.meetups import saver
from pln.ui.meetups.commands import commands as of_meetups
from pln.ui.meetups.place import MeetupsPlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from small_disk import SmallDisk, in_a_space_of_its_own
from store_fixtures import KEY, SALT, TODAY, make_store
from ui.shell_double import ShellDouble, shell_of

AGAIN_MS = 100


@pytest.fixture
def shell(qapp: QApplication, small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[ShellDouble]:
    """The journal and the meetups over a store on the small disk; what is refused is tried again soon."""
    monkeypatch.setattr(saving, "RETRY_MS", AGAIN_MS)
    monkeypatch.setattr(saver, "_AGAIN", AGAIN_MS)
    profile = Profile(small_disk.folder / "profile").create()
    ctx = Context(store=make_store(profile.store), profile=profile, clock=FixedClock.on(TODAY))
    theme = Theme.install(qapp, Mode.LIGHT)
    places = {PlaceId.JOURNAL: JournalPlace, PlaceId.MEETUPS: MeetupsPlace}
    with shell_of(ctx, theme, places, of_the_journal, of_meetups) as made:
        yield made
    theme.remove()
    assert ctx.store.check() == ()
    ctx.close()


def fill(shell: ShellDouble, disk: SmallDisk) -> None:
    """To the last byte, with no room left in the write-ahead log either."""
    shell.tasks.write(lambda: None).result()
    with closing(connect(shell.ctx.store.path, KEY, SALT)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    disk.fill()


def test_a_journal_page(qtbot: QtBot, shell: ShellDouble, small_disk: SmallDisk) -> None:
    place = shell.window().go(PlaceId.JOURNAL)
    assert isinstance(place, JournalPlace)
    shell.tasks.read(lambda: None).result()
    fill(shell, small_disk)
    qtbot.keyClicks(place.editor.body, "Words that matter")
    qtbot.waitUntil(place.editor.trouble.isVisible)
    assert "The disk is full. Your text is still here" in place.editor.trouble.text()
    qtbot.wait(3 * AGAIN_MS)
    assert place.editor.body.text() == "Words that matter"
    assert entry_ids(shell.ctx) == ()
    small_disk.free()
    qtbot.waitUntil(lambda: not place.saver.is_unsaved())
    qtbot.waitUntil(lambda: not place.editor.trouble.isVisible())
    assert [get_entry(shell.ctx, each).body for each in entry_ids(shell.ctx)] == ["Words that matter"]


def test_the_notes_of_a_meetup(qtbot: QtBot, shell: ShellDouble, small_disk: SmallDisk) -> None:
    with shell.ctx.write("test") as work:
        meetup = work.meetups.add(Meetup(kind=MeetupKind.TEA, day=TODAY, notes="Rain."), TODAY)
    place = shell.window().go(PlaceId.MEETUPS)
    assert isinstance(place, MeetupsPlace)
    place.open_record(Ref(Noun.MEETUP, meetup.id))
    qtbot.waitUntil(lambda: place.detail.notes.text() == "Rain.")
    fill(shell, small_disk)
    place.detail.notes.setFocus()
    place.detail.notes.moveCursor(place.detail.notes.textCursor().MoveOperation.End)
    qtbot.keyClicks(place.detail.notes, " And sun")
    qtbot.waitUntil(lambda: bool(shell.noted.faults))
    assert "disk is full" in str(shell.noted.faults[0])
    qtbot.wait(3 * AGAIN_MS)
    assert place.detail.notes.text() == "Rain. And sun"
    assert len(shell.noted.faults) == 1  # it is said once
    small_disk.free()
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, meetup.id).notes == "Rain. And sun")
    qtbot.waitUntil(lambda: place.saver.unsaved(meetup.id) is None)


def test_all_of_these_where_we_may_not_mount(tmp_path: Path) -> None:
    in_a_space_of_its_own(Path(__file__), tmp_path)
