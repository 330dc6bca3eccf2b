"""Syncing with the owner's own server after each refresh, quietly: how it went stands in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pln.model.errors import Cancelled, PlnError
from pln.services.flight import in_flight
from pln.services.sync_account import sync_account
from pln.services.tasks import Task
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.model.sync import SyncReport


class SyncAfter(QObject):
    """Nothing where no server is named. One at a time; what one missed comes with the next."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None

    def sync(self) -> None:
        """Begin in the background, but in flight mode and where nothing can be written."""
        ctx, tasks = self._shell.ctx, self._shell.tasks
        if self._task is not None or in_flight() or not ctx.store.writable or sync_account(ctx) is None:
            return

        def job(task: Task) -> SyncReport:
            from pln.services.syncing import sync  # heavy: not before needed

            return sync(
                ctx, on_progress=lambda done, total: tasks.step(task, done, total), cancelled=lambda: task.cancelled
            )

        self._task = tasks.start(self.tr("Syncing"), job, self._done, self._failed, resumable=True)

    def _done(self, _report: SyncReport) -> None:
        self._task = None

    def _failed(self, error: BaseException) -> None:
        """A server that cannot be reached is nothing to interrupt anybody for; it is noted beside the account."""
        self._task = None
        if not isinstance(error, PlnError | Cancelled):
            self._shell.fail(error)
