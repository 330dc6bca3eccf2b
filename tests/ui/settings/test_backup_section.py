"""The settings about backups: what is there is told, a folder is chosen, one that is missing is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.services.contacts import save_person
from pln.services.keeping import Place, keep_now, place
from pln.services.kept_backups import kept_of
from pln.ui.settings.backup_section import BackupSection
from ui.shell_double import ShellDouble


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


class Shown(list[Path]):
    """Stands for the desktop: which folders it was asked to open. opens: has it a program for that?"""

    opens = True

    def __call__(self, folder: Path) -> bool:
        self.append(folder)
        return self.opens


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def section(qtbot: QtBot, shell: ShellDouble, stick: Path, shown: Shown) -> BackupSection:
    def choose(_parent: object, _title: str, _begin: Path, chosen: Callable[[str], None]) -> None:
        chosen(str(stick))

    made = BackupSection(shell, lambda command: shell.registry.run(command), choose, shown)
    made.resize(600, 640)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_backup_now_is_told_with_what_it_holds(qtbot: QtBot, shell: ShellDouble, section: BackupSection) -> None:
    save_person(shell.ctx, Person(name="Ines Okafor"))
    qtbot.waitUntil(lambda: "none yet" in section.newest.text())
    section.now.click()
    qtbot.waitUntil(lambda: "1 person" in section.newest.text(), timeout=20_000)
    assert section.now.isEnabled()
    assert len(kept_of(shell.ctx.profile)) == 1
    section.now.click()
    qtbot.waitUntil(section.others.isVisible, timeout=20_000)


def test_a_folder_is_chosen_and_told_when_it_is_missing(
    qtbot: QtBot, shell: ShellDouble, section: BackupSection, stick: Path
) -> None:
    section.other.click()
    qtbot.waitUntil(lambda: section.folder.text() == str(stick), timeout=20_000)
    assert not section.missing.isVisible()
    section.now.click()
    qtbot.waitUntil(lambda: len(list(stick.glob("*.plnbackup"))) == 1, timeout=20_000)
    qtbot.waitUntil(section.now.isEnabled, timeout=20_000)
    shutil.rmtree(stick)
    section.look()
    qtbot.waitUntil(section.missing.isVisible, timeout=20_000)
    assert section.folder.text() == str(shell.ctx.profile.backups)
    section.own.click()
    qtbot.waitUntil(lambda: not section.missing.isVisible(), timeout=20_000)
    assert place(shell.ctx).chosen is None


def test_a_folder_that_cannot_serve_is_told_in_place(
    qtbot: QtBot, shell: ShellDouble, section: BackupSection, stick: Path
) -> None:
    stick.rmdir()
    section.other.click()
    qtbot.waitUntil(section.problem.isVisible, timeout=20_000)
    assert "Nothing was changed" in section.problem.text()


def test_the_folder_is_opened_once_it_is_there(
    qtbot: QtBot, shell: ShellDouble, section: BackupSection, shown: Shown
) -> None:
    section.now.click()
    qtbot.waitUntil(section.open.isVisible, timeout=20_000)
    section.open.click()
    assert shown == [shell.ctx.profile.backups]
    assert not section.problem.isVisible()
    shown.opens = False
    section.open.click()
    assert "could not be opened" in section.problem.text()
    assert section.problem.isVisible()


def test_those_that_are_kept_are_listed_and_the_rest_counted(
    qtbot: QtBot, shell: ShellDouble, section: BackupSection
) -> None:
    for _ in range(10):
        keep_now(shell.ctx)
    section.look()
    qtbot.waitUntil(section.others.isVisible, timeout=20_000)
    lines = section.others.text().splitlines()
    assert len(lines) == 8
    assert all("by hand" in line for line in lines[:-1])
    assert lines[-1] == "and 2 more"


def test_an_answer_after_closing_finds_nobody(qtbot: QtBot, shell: ShellDouble, section: BackupSection) -> None:
    section.now.click()
    section.gone = True
    qtbot.waitUntil(lambda: "Backed up" in "".join(text for text, _ in shell.noted.toasts), timeout=20_000)


def test_an_answer_that_was_slow_does_not_hide_a_later_one(qtbot: QtBot, section: BackupSection, stick: Path) -> None:
    qtbot.waitUntil(lambda: bool(section.newest.text()), timeout=20_000)
    section._show(section._asked, (Place(folder=stick, chosen=stick, missing=True), True, ()))
    section._show(section._asked - 1, (Place(folder=stick, chosen=stick), True, ()))
    assert section.missing.isVisible()
