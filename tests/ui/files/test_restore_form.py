"""The form that chooses a backup: it fits into small windows, whatever a backup has to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from pln.services.backup import BackupReport
from pln.services.kept_backups import Found
from pln.store.rotation import Kept, Why
from pln.ui.files.restore_dialog import RestoreDialog
from pln.ui.files.restore_form import RestoreForm
from ui.shell_double import ShellDouble

MANY = {"person": 12_345, "meetup": 23_456, "entry": 34_567, "feed": 4_567, "article": 567_890}


def one(number: int) -> Found:
    kept = Kept(
        path=Path(f"/backups/{number}.plnbackup"), made=datetime(2026, 11, 22, number, 30, tzinfo=UTC),
        day=date(2026, 11, 22), why=Why.BEFORE_UPDATE,
    )  # fmt: skip
    return Found(kept=kept, size=1, counts=MANY, vault="v")


def nothing(*_job: object) -> None:
    pass


def test_the_form_is_narrow_though_a_backup_tells_much(qtbot: QtBot, shell: ShellDouble) -> None:
    form = RestoreForm(nothing, (one(9), one(8)))
    qtbot.addWidget(form)
    form.show()
    assert "12345 people" in form.choice.currentText()
    assert form.minimumSizeHint().width() < 400


def test_another_backup_tells_all_that_it_holds(qtbot: QtBot, shell: ShellDouble) -> None:
    form = RestoreForm(nothing, (one(9), one(8)))
    qtbot.addWidget(form)
    form.show()
    assert not form.told.isVisible()
    form.choice.setCurrentIndex(1)
    form.choice.chosen.emit(form.choice.current())
    assert form.told.isVisible()
    assert "567890 articles" in form.told.text()


def test_nothing_of_the_dialog_is_cut(qtbot: QtBot, shell: ShellDouble) -> None:
    dialog = RestoreDialog(shell, (one(9),), lambda: None, nothing)
    dialog.form.choice.setItemText(0, "a line in another language that needs more room than there is " * 2)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert is_whole(dialog)
    dialog._ready(Path("/backups/9.plnbackup"), report(one(9)))
    qtbot.waitUntil(lambda: is_whole(dialog))
    assert dialog.form.told.height() > 2 * dialog.fontMetrics().height()  # it takes more than one line
    dialog.form.words.setText("other words")
    assert not dialog.form.told.isVisible()  # what was said is not true of these
    assert dialog.primary.text() == "Look into it"
    dialog.reject()


def is_whole(dialog: RestoreDialog) -> bool:
    form = dialog.form
    wants: list[tuple[int, Callable[[], int]]] = [
        (form.words.sizeHint().height(), form.words.height), (form.choice.sizeHint().height(), form.choice.height),
    ]  # fmt: skip
    if form.told.isVisible():
        wants.append((form.told.heightForWidth(form.told.width()), form.told.height))
    return all(has() >= wanted for wanted, has in wants) and form.height() >= form.words.geometry().bottom()


def report(found: Found) -> BackupReport:
    return BackupReport(path=found.path, size=1, counts=found.counts, made=found.made, program="1")
