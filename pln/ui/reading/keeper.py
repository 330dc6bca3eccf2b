"""Keeping what will be read for offline: after each refresh, quietly, one pass at a time.

A refresh by hand asks the feeds wherever one is; this one goes on unasked, and keeps to what the owner wishes of that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pln.model.errors import Cancelled, NetworkFault
from pln.services.flight import in_flight
from pln.services.offline import kept
from pln.services.preferences import preferences
from pln.services.surroundings import Surroundings, may_keep
from pln.services.tasks import Task
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.services.keeping_offline import OfflineReport


def surroundings_now() -> Surroundings:
    from pln.ui.program.network_state import surroundings  # loads Qt's network library: not before needed

    return surroundings()


class Keeper(QObject):
    """ended: a pass is over, however it went. counted: brings what is kept now (Kept), after a pass and when asked.

    around: what the network and the battery are like just now.
    """

    ended = Signal()
    counted = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._again = False
        self.around: Callable[[], Surroundings] = surroundings_now

    @property
    def busy(self) -> bool:
        return self._task is not None

    def keep(self) -> None:
        """Begin in the background; while a pass runs, another one follows it.

        Nothing is done in flight mode, nor while data is paid for or the battery is used, unless the owner wishes it.
        """
        if self._task is not None:
            self._again = True
            return
        if in_flight() or not self._shell.ctx.store.writable or not self.may_keep():
            return
        ctx, tasks = self._shell.ctx, self._shell.tasks

        def job(task: Task) -> OfflineReport:
            from pln.services.keeping_offline import keep_offline  # heavy: not before needed

            return keep_offline(
                ctx, on_progress=lambda done, total: tasks.step(task, done, total), cancelled=lambda: task.cancelled
            )

        self._task = tasks.start(self.tr("Keeping for offline"), job, self._done, self._failed, resumable=True)

    def may_keep(self) -> bool:
        """Do the network and the battery allow it?"""
        return may_keep(self.around(), preferences(self._shell.ctx))

    def count(self) -> None:
        """See how much is kept."""
        ctx = self._shell.ctx
        self._shell.tasks.read(lambda: kept(ctx), self.counted.emit, self._shell.fail)

    def _done(self, _report: OfflineReport) -> None:
        self._end()

    def _failed(self, error: BaseException) -> None:
        """What was cut off is taken up again by the next pass: there is nothing to tell, but of faults of the disk."""
        if not isinstance(error, Cancelled | NetworkFault):
            self._shell.fail(error)
        else:
            self._again = False
        self._end()

    def _end(self) -> None:
        self._task = None
        self.ended.emit()
        self.count()
        again, self._again = self._again, False
        if again:
            self.keep()
