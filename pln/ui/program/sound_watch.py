"""The look at the whole store: at rest after an end that was none, and once a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pln.services.tasks import Task
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.model.errors import StoreFault
    from pln.services.context import Context

_HOURS_MS = 6 * 60 * 60 * 1000


class SoundWatch(QObject):
    """Lives and ends with its parent. What is found is told as any damage is: it stays to be seen."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.busy = False
        self._often = QTimer(self, interval=_HOURS_MS)  # PLN may stay open for weeks
        self._often.timeout.connect(self.look)

    def look(self) -> None:
        """Look at the store where that is due."""
        self._often.start()
        if self.busy:
            return
        self.busy, ctx = True, self._shell.ctx
        self._shell.tasks.read(lambda: _is_due(ctx), self._found_due, self._failed)

    def _found_due(self, due: bool) -> None:
        ctx = self._shell.ctx
        if due:
            title = QCoreApplication.translate("files", "Looking at the whole store")
            self._shell.tasks.start(title, lambda task: _look(ctx, task), self._looked, self._failed, resumable=True)
        else:
            self.busy = False

    def _looked(self, found: StoreFault | None) -> None:
        self.busy = False
        if found is not None:
            self._shell.fail(found)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self._shell.fail(error)


# Imported off the window's thread: in its own they would stop it for a moment.


def _is_due(ctx: Context) -> bool:
    from pln.services.soundness_watch import is_due

    return is_due(ctx)


def _look(ctx: Context, task: Task) -> StoreFault | None:
    from pln.services.soundness_watch import look

    return look(ctx, cancelled=lambda: task.cancelled)
