"""Before an import there is a backup; where none can be made nothing is changed before the owner says so."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.contacts import person_ids
from pln.services.keeping import Why
from pln.services.kept_backups import kept_of
from pln.ui.files.backup_first import backup_first
from pln.ui.people.import_dialog import ImportDialog, Stage
from pln.ui.widgets.dialog import Dialog
from ui.shell_double import ShellDouble


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=0))


def asked(qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: type(QApplication.activeModalWidget()) is Dialog, timeout=20_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    assert dialog.cancel.isDefault()
    return dialog


def test_the_backup_comes_first(qtbot: QtBot, shell: ShellDouble) -> None:
    there: list[list[Why | None]] = []
    profile = shell.ctx.profile
    backup_first(shell, Why.BEFORE_IMPORT, lambda: there.append([each.kept.why for each in kept_of(profile)]))
    qtbot.waitUntil(lambda: bool(there), timeout=20_000)
    assert there == [[Why.BEFORE_IMPORT]]


def test_without_a_backup_the_owner_decides(qtbot: QtBot, shell: ShellDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch)
    said: list[str] = []
    for answer in ("no", "yes"):
        backup_first(shell, Why.BEFORE_IMPORT, lambda: said.append("went on"), lambda: said.append("stopped"))
        dialog = asked(qtbot)
        assert said == ([] if answer == "no" else ["stopped"])
        dialog.reject() if answer == "no" else dialog.accept()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert said == ["stopped", "went on"]
    assert kept_of(shell.ctx.profile) == ()


def test_an_import_of_people_waits_for_its_backup(
    qtbot: QtBot, shell: ShellDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("First Name,Last Name\nInes,Okafor\n")
    dialog = ImportDialog(shell, [tmp_path / "a.csv"])
    dialog.open()
    qtbot.waitUntil(lambda: dialog.stage is Stage.PREVIEW, timeout=20_000)
    with monkeypatch.context() as patched:
        full(patched)
        dialog.accept()
        question = asked(qtbot)
        assert person_ids(shell.ctx) == ()
        question.reject()
    assert dialog.stage is Stage.PREVIEW
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.stage is Stage.REPORT, timeout=20_000)
    assert len(person_ids(shell.ctx)) == 1
    (made,) = kept_of(shell.ctx.profile)
    assert (made.kept.why, made.counts["person"]) == (Why.BEFORE_IMPORT, 0)
    dialog.accept()
