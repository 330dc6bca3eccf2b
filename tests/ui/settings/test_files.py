"""Backups and exports by their dialogs: what is written is there, whole, and reads back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.services.backup import verify_backup
from pln.services.contacts import person_ids, remove_person, save_person
from pln.services.opening import Opened
from pln.services.vault import open_vault
from pln.system.secrets import NoSecrets
from pln.ui.commands import CommandId
from pln.ui.files.backup_dialog import BackupDialog
from pln.ui.files.export_dialog import ExportDialog
from pln.ui.files.read_back_dialog import ReadBackDialog
from ui.settings.conftest import WORDS, dialog_of
from ui.shell_double import ShellDouble


def to_the_place(dialog: ExportDialog) -> None:
    """Take note of the warning and go on."""
    dialog.understood.setChecked(True)
    dialog.primary.click()


def toasts(shell: ShellDouble) -> str:
    return "\n".join(text for text, _ in shell.noted.toasts)


def test_a_backup_is_written_and_verified(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    save_person(shell.ctx, Person(name="Ines Okafor"))
    shell.registry.run(CommandId.FILE_BACKUP)
    dialog = dialog_of(shell, BackupDialog)
    assert isinstance(dialog, BackupDialog)
    dialog.place.edit.setText(str(tmp_path / "mine"))
    qtbot.keyClick(dialog.place.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Backed up" in toasts(shell), timeout=20_000)
    assert "1 person" in toasts(shell)
    key = open_vault(shell.ctx.profile, NoSecrets(), lambda: WORDS).key
    report = verify_backup(tmp_path / "mine.plnbackup", key)
    assert report.counts["person"] == 1


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(
    qtbot: QtBot, shell: ShellDouble, tmp_path: Path
) -> None:
    target = tmp_path / "a.plnbackup"
    target.write_text("precious")
    dialog = BackupDialog(shell)
    dialog.open()
    dialog.place.edit.setText(str(target))
    dialog.primary.click()
    assert dialog.isVisible() and dialog.primary.text() == "Replace it"
    assert target.read_text() == "precious"
    dialog.primary.click()
    qtbot.waitUntil(lambda: "Backed up" in toasts(shell), timeout=20_000)
    assert target.stat().st_size > 1000


def test_a_place_that_is_none_is_told_in_place(shell: ShellDouble, tmp_path: Path) -> None:
    dialog = BackupDialog(shell)
    dialog.open()
    for text in ("", "relative.plnbackup", str(tmp_path / "no" / "folder" / "x")):
        dialog.place.edit.setText(text)
        dialog.primary.click()
        assert dialog.isVisible() and dialog.problem.isVisible()
    dialog.reject()


def test_a_folder_can_be_chosen(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    asked: list[tuple[str, Path]] = []

    def choose(_parent: object, title: str, begin: Path, chosen: Callable[[str], None]) -> None:
        asked.append((title, begin))
        chosen(str(tmp_path / "here"))

    dialog = ExportDialog(shell, choose)
    dialog.open()
    to_the_place(dialog)
    dialog.place.button.click()
    assert dialog.place.path() == tmp_path / "here" and len(asked) == 1
    dialog.reject()


def test_the_chooser_is_pln_s_own_and_goes_away(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    dialog = ExportDialog(shell)
    dialog.open()
    to_the_place(dialog)
    dialog.place.edit.setText(str(tmp_path))
    dialog.place.button.click()
    chooser = next(one for one in dialog.findChildren(QFileDialog) if one.isVisible())
    assert chooser.testOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.reject()
    qtbot.waitUntil(lambda: not dialog.findChildren(QFileDialog))
    dialog.reject()


def test_an_export_is_made_warned_of_and_read_back(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    ids = [save_person(shell.ctx, Person(name=name)).id for name in ("Ines Okafor", "Bilal Osman")]
    shell.registry.run(CommandId.FILE_EXPORT)
    dialog = dialog_of(shell, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    to_the_place(dialog)
    folder = tmp_path / "out"
    dialog.place.edit.setText(str(folder))
    dialog.primary.click()
    qtbot.waitUntil(lambda: "Exported" in toasts(shell), timeout=20_000)
    assert "not encrypted" in toasts(shell)
    assert (folder / "people.vcf").exists()
    dialog.reject()
    remove_person(shell.ctx, ids[0])
    shell.registry.run(CommandId.FILE_READ_BACK)
    back = dialog_of(shell, ReadBackDialog)
    assert isinstance(back, ReadBackDialog)
    back.place.edit.setText(str(folder))
    back.primary.click()
    qtbot.waitUntil(lambda: back.primary.text() == "Bring it in", timeout=20_000)
    assert len(person_ids(shell.ctx)) == 1, "looking changes nothing"
    qtbot.waitUntil(back.primary.isEnabled)
    back.primary.click()
    qtbot.waitUntil(lambda: "Read back" in toasts(shell), timeout=20_000)
    assert len(person_ids(shell.ctx)) == 2


def test_a_folder_with_other_things_is_left_alone(qtbot: QtBot, shell: ShellDouble, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("dear")
    dialog = ExportDialog(shell)
    dialog.open()
    to_the_place(dialog)
    dialog.place.edit.setText(str(tmp_path / "out"))
    dialog.primary.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20_000)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]
    assert dialog.primary.isEnabled()
    dialog.reject()


def test_what_is_no_export_is_told_in_place(qtbot: QtBot, shell: ShellDouble, tmp_path: Path, opened: Opened) -> None:
    dialog = ReadBackDialog(shell)
    dialog.open()
    dialog.place.edit.setText(str(tmp_path))
    dialog.primary.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20_000)
    assert not dialog.found.isVisible()
    dialog.reject()
