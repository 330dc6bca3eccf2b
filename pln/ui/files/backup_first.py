"""A backup before much is changed at once; where none can be made, the owner decides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.model.errors import Cancelled
from pln.services.keeping import NoBackup, Why, safely
from pln.services.tasks import Task
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


def backup_first(
    shell: Shell, why: Why, go_on: Callable[[], object], stopped: Callable[[], object] = lambda: None
) -> Task:  # fmt: skip
    """Make a backup in the background, then go on. Where none can be made it is asked whether to go on without.

    stopped: called where nothing is begun. Returns the job, which can be cancelled until then.
    """
    ctx, tasks = shell.ctx, shell.tasks

    def job(task: Task) -> None:
        safely(ctx, why, lambda done, total: tasks.step(task, done, total))

    def failed(error: BaseException) -> None:
        if isinstance(error, NoBackup):
            ask_to_go_on(shell.window(), error, go_on, stopped)
            return
        stopped()
        if not isinstance(error, Cancelled):
            shell.fail(error)

    return tasks.start(_tr("Backing up first"), job, lambda _: _ignore(go_on()), failed)


def ask_to_go_on(
    parent: QWidget, fault: NoBackup, go_on: Callable[[], object], stopped: Callable[[], object] = lambda: None
) -> Dialog:
    """Say why there is no backup, and let what was wanted be done all the same."""
    words = _tr("%1 You could go on all the same; what is changed then cannot be taken back by a backup.")
    said = label(words.replace("%1", fault.sentence), "body", wrap=True)
    dialog = Dialog(parent, fault.title, column(Grow(said)), _tr("Go on without a backup"))
    dialog.primary.setDefault(False)
    dialog.cancel.setDefault(True)
    dialog.accepted.connect(lambda: _ignore(go_on()))
    dialog.rejected.connect(lambda: _ignore(stopped()))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
    return dialog


def _ignore(_result: object) -> None:
    """What a callback returns means nothing here."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
