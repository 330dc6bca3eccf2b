"""The backup of each day: looked for at rest and then once an hour, because a day may change while PLN runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pln.model.errors import StoreFault, Trouble
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.services.backup import BackupReport
    from pln.services.context import Context
    from pln.services.keeping import Skipped
    from pln.services.tasks import Task

    OnStage = Callable[[int, int], None]
    Kept = BackupReport | Skipped | None

_HOUR_MS = 60 * 60 * 1000


class DailyBackup(QObject):
    """Lives and ends with its parent. What hinders a backup is said once a day, and tried again every hour.

    busy: one is looked for or made now.
    """

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.busy = False
        self._said_on: date | None = None
        self._hourly = QTimer(self, interval=_HOUR_MS)
        self._hourly.timeout.connect(self.look)

    def look(self) -> None:
        """Make the backup of today where there is none, and with it what else is done once a day."""
        self._hourly.start()
        if self.busy:
            return
        self.busy, ctx = True, self._shell.ctx
        self._shell.tasks.read(lambda: _is_due(ctx), self._found, self._failed)

    def _found(self, due: bool) -> None:
        ctx, tasks = self._shell.ctx, self._shell.tasks
        if not due:  # quickly done, so nothing is shown of it
            tasks.write(lambda: _look_after(ctx), self._done, self._failed)
            return

        def job(task: Task) -> Kept:
            return _look_after(ctx, lambda done, total: tasks.step(task, done, total))

        tasks.start(_tr("Backing up"), job, self._done, self._failed)

    def _done(self, found: Kept) -> None:
        self.busy = False
        from pln.services.keeping import Skipped  # it is there by now

        if isinstance(found, Skipped):
            self._say(_tr("There is no backup of today."), found)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        if self._said_on != self._shell.today():
            self._said_on = self._shell.today()
            self._shell.fail(error)

    def _say(self, what: str, found: Skipped) -> None:
        if self._said_on != self._shell.today():
            self._said_on = self._shell.today()
            if found.trouble is Trouble.DAMAGED:  # what lasts is told as long as it does, and by one line only
                self._shell.fail(StoreFault(found.title, found.sentence, found.trouble))
            else:
                self._shell.toast(f"{what} {found.title}. {found.sentence}")


# Imported off the window's thread: in its own they would stop it for a moment.


def _is_due(ctx: Context) -> bool:
    from pln.services.keeping import is_due

    return is_due(ctx)


def _look_after(ctx: Context, on_stage: OnStage = lambda _done, _all: None) -> Kept:
    from pln.services.keeping import look_after

    return look_after(ctx, on_stage)


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
