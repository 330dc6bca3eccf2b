"""A profile that is whole and does not open: its folder is read-only, another PLN has it, its disk is full."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.model.errors import StoreFault, Trouble
from pln.services.contacts import save_person
from pln.ui.commands import Command, CommandId
from pln.ui.journal.place import JournalPlace
from pln.ui.looking import open_window
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.place import PlaceId
from pln.ui.program.start import Start
from pln.ui.toasts import Toast
from pln.ui.unlock.pages import PassphrasePage
from small_disk import SmallDisk, small_disk  # noqa: F401  - a fixture
from ui.program.whole_program import DictSecrets, new_profile, running
from ui.unlock.test_ways_back import LONG, NAMES, everybody, fill, listing, opened, shown, tells_of_the_newest

_HOLDER = """
import sys
from pathlib import Path
from pln.system.instance import acquire
from pln.system.paths import Profile
with acquire(Profile(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_pln(root: Path) -> Iterator[None]:
    """A process that has the profile open."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    try:
        yield
    finally:
        child.communicate("\n")


def copies() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("pln-look-*"))


@contextmanager
def read_only(disk: SmallDisk) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,ro", str(disk.folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk.folder)], check=True)


def test_a_profile_in_use_shows_the_other_window_and_opens_when_it_is_free(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, fill)
    before = listing(tmp_path / "p")
    with another_pln(tmp_path / "p"), running(qtbot, qapp, tmp_path / "p", secrets) as start:
        page = shown(qtbot, start)
        assert page.fault.trouble is Trouble.IN_USE
        tells_of_the_newest(page, start.profile)
        assert page.bring.isHidden()
        asked: list[bool] = []
        page.raise_other.clicked.connect(lambda: asked.append(True))
        page.raise_other.click()  # nobody answers there, so it is tried here once more
        assert asked
        page = shown(qtbot, start)
        assert listing(tmp_path / "p") == before
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        opened(qtbot, start)
        assert everybody(start) == NAMES


def test_a_full_disk_is_told_with_the_newest_backup_and_opens_when_there_is_room(
    qtbot: QtBot,
    qapp: QApplication,
    small_disk: SmallDisk,  # noqa: F811
) -> None:
    secrets, root = DictSecrets(), small_disk.folder / "p"
    new_profile(root, secrets, fill)
    before = listing(root)
    small_disk.fill()
    with running(qtbot, qapp, root, secrets) as start:
        page = shown(qtbot, start)
        assert page.fault.trouble is Trouble.FULL
        tells_of_the_newest(page, start.profile)
        assert {name: each for name, each in listing(root).items() if name in before} == before
        small_disk.free()
        page.retry.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES


def test_a_read_only_folder_can_be_looked_at(
    qtbot: QtBot,
    qapp: QApplication,
    small_disk: SmallDisk,  # noqa: F811
) -> None:
    secrets, root = DictSecrets(), small_disk.folder / "p"
    code = new_profile(root, secrets, fill)
    before, copied_before = listing(root), copies()
    with read_only(small_disk):
        with running(qtbot, qapp, root, secrets) as start:
            page = shown(qtbot, start)
            assert page.fault.trouble is Trouble.READ_ONLY
            tells_of_the_newest(page, start.profile)
            page.look.click()
            opened(qtbot, start)
            assert everybody(start) == NAMES
            assert start.program is not None
            assert start.program.troubles is not None
            assert "nothing can be saved" in start.program.troubles.bar.text.text()
            ctx = start.program.ctx
            start.program.write(lambda: save_person(ctx, Person(name="Nobody")))
            for place in PlaceId:
                start.window.go(place)
            qtbot.waitUntil(lambda: start.program is not None and start.program.tasks.idle, timeout=LONG)
            assert everybody(start) == NAMES
            assert not [each for each in start.window.findChildren(Toast) if each.isVisible()]
            (copy,) = copies() - copied_before
            assert copy.stat().st_mode & 0o077 == 0
        assert listing(root) == before
        assert copies() == copied_before
        secrets.shut = True
        with running(qtbot, qapp, root, secrets) as start:
            page = shown(qtbot, start)
            page.look.click()
            qtbot.waitUntil(lambda: isinstance(start.pages.shown, PassphrasePage), timeout=LONG)
            start.open_profile(code)
            opened(qtbot, start)
            assert everybody(start) == NAMES
    with running(qtbot, qapp, root, secrets) as start:
        qtbot.waitUntil(lambda: isinstance(start.pages.shown, PassphrasePage), timeout=LONG)
        start.open_profile(code)
        opened(qtbot, start)


def test_where_one_can_only_look_nothing_that_writes_can_be_begun(
    qtbot: QtBot,
    qapp: QApplication,
    small_disk: SmallDisk,  # noqa: F811
) -> None:
    secrets, root = DictSecrets(), small_disk.folder / "p"
    new_profile(root, secrets, fill)
    with read_only(small_disk), running(qtbot, qapp, root, secrets) as start:
        tip = start.window.topbar.log.toolTip()
        shown(qtbot, start).look.click()
        opened(qtbot, start)
        window, program = start.window, start.program
        assert program is not None
        for each in (window.topbar.log, window.topbar.write, window.rail.quiet):
            assert not each.isEnabled()
            assert "Look only: nothing can be saved." in each.toolTip()
        for command in (CommandId.MEETUP_LOG, CommandId.JOURNAL_WRITE, CommandId.VIEW_QUIET, CommandId.PERSON_ADD):
            assert not start.registry.run(command)
        assert start.registry.may_run(_command(start, CommandId.GO_JOURNAL))
        journal = window.go(PlaceId.JOURNAL)
        assert isinstance(journal, JournalPlace)
        assert not journal.entries.new_button.isEnabled()
        qtbot.keyClicks(journal.editor.title, "A long walk")
        qtbot.keyClicks(journal.editor.body, "By the harbour")
        assert (journal.editor.title.text(), journal.saver.is_unsaved()) == ("", False)
        journal.editor.say_refused(StoreFault("The store can only be looked at", "It was not saved."))
        assert "keeps trying" not in journal.editor.trouble.text()
        program.log_meetup()
        program.write_entry()
        assert not window.findChildren(LogDialog)
        open_window(window, start.registry)  # as when the session ends
        assert window.topbar.log.isEnabled() and window.topbar.log.toolTip() == tip


def _command(start: Start, wanted: CommandId) -> Command:
    found = start.registry.get(wanted)
    assert found is not None
    return found
