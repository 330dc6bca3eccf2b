"""Exporting everything, page by page: warned of first, never written unasked, told of in numbers."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from export_schema import faults_of
from pln.model.contact import Person
from pln.model.errors import Cancelled
from pln.services import exporting
from pln.services.contacts import save_person
from pln.ui.files import export_dialog
from pln.ui.files.export_dialog import ExportDialog, Stage
from pln.ui.files.path_field import choose_folder
from ui.shell_double import ShellDouble


def seen(dialog: QWidget) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def shown() -> list[Path]:
    """The folders that were opened."""
    return []


@pytest.fixture
def wizard(shell: ShellDouble, shown: list[Path]) -> ExportDialog:
    save_person(shell.ctx, Person(name="Ines Okafor"))
    dialog = ExportDialog(shell, choose_folder, lambda folder: shown.append(folder) or True)  # type: ignore[func-returns-value]
    dialog.open()
    return dialog


def to_the_place(wizard: ExportDialog, folder: Path) -> None:
    wizard.understood.setChecked(True)
    wizard.primary.click()
    wizard.place.edit.setText(str(folder))


def test_the_warning_comes_first_and_must_be_taken_note_of(qtbot: QtBot, wizard: ExportDialog, tmp_path: Path) -> None:
    assert wizard.stage is Stage.WARNING
    assert "not encrypted" in seen(wizard) and "journal" in seen(wizard)
    assert not wizard.place.isVisible() and not wizard.primary.isEnabled()
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.stage is Stage.WARNING, "no key passes the warning by"
    qtbot.keyClick(wizard.understood, Qt.Key.Key_Space)
    assert wizard.primary.isEnabled()
    wizard.primary.click()
    assert wizard.stage is Stage.WHERE and wizard.place.isVisible() and not wizard.understood.isVisible()
    wizard.back.click()
    assert wizard.stage is Stage.WARNING and wizard.understood.isChecked()
    wizard.reject()


def test_what_was_written_is_told_and_the_folder_can_be_opened(
    qtbot: QtBot, wizard: ExportDialog, shown: list[Path], tmp_path: Path
) -> None:
    to_the_place(wizard, tmp_path / "out")
    wizard.primary.click()
    qtbot.waitUntil(lambda: wizard.stage is Stage.DONE, timeout=20_000)
    assert "1 person" in seen(wizard) and str(tmp_path / "out") in seen(wizard) and "not encrypted" in seen(wizard)
    assert wizard.primary.text() == "Open folder" and wizard.cancel.text() == "Close"
    assert faults_of(tmp_path / "out") == []
    wizard.primary.click()
    assert shown == [tmp_path / "out"] and wizard.closed


def test_a_computer_that_shows_no_folders_is_told_of(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    dialog = ExportDialog(shell, choose_folder, lambda _folder: False)
    dialog.open()
    to_the_place(dialog, tmp_path / "out")
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.stage is Stage.DONE, timeout=20_000)
    dialog.primary.click()
    assert not dialog.closed and str(tmp_path / "out") in dialog.problem.text()
    dialog.reject()


def held(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """(set when the export has begun, to be set so that it goes on)"""
    begun, free = Event(), Event()

    def slow(ctx: Any, folder: Path, *, on_progress: Any, cancelled: Any) -> Any:
        begun.set()
        while not free.wait(0.01):
            if cancelled():
                raise Cancelled
            on_progress(3, 9)
        return exporting.export_all(ctx, folder)

    monkeypatch.setattr(export_dialog, "export_all", slow)
    return begun, free


def test_it_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, wizard: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(monkeypatch)
    to_the_place(wizard, tmp_path / "out")
    wizard.primary.click()
    qtbot.waitUntil(lambda: "3 of 9 articles" in seen(wizard))
    assert wizard.primary.text() == "Stop"
    wizard.primary.click()
    qtbot.waitUntil(lambda: wizard.stage is Stage.WHERE)
    assert "Nothing was exported" in wizard.problem.text() and wizard.primary.isEnabled()
    assert not (tmp_path / "out").exists()
    wizard.reject()


def test_closed_while_writing_it_goes_on_and_is_told_of_at_its_end(
    qtbot: QtBot, wizard: ExportDialog, shell: ShellDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, free = held(monkeypatch)
    to_the_place(wizard, tmp_path / "out")
    wizard.primary.click()
    qtbot.waitUntil(begun.is_set)
    wizard.cancel.click()
    QCoreApplication.processEvents()
    free.set()
    qtbot.waitUntil(lambda: any("Exported to out" in text for text, _ in shell.noted.toasts), timeout=20_000)
    assert (tmp_path / "out" / "pln.json").exists()
