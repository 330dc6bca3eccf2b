"""Asking feeds for news: by hand, after subscribing, and by itself now and then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pln.model.suggestion import Energy
from pln.services.flight import in_flight
from pln.services.preferences import preferences
from pln.services.reading import feed_rows
from pln.services.surroundings import Surroundings, may_go_out
from pln.services.tasks import Task
from pln.ui.reading.keeper import Keeper, surroundings_now
from pln.ui.reading.sync_after import SyncAfter
from pln.ui.reading.telling import tell_of
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.services.refreshing import RefreshReport

FIRST_SECONDS = 30
_ASK_AGAIN_MINUTES = 10  # each feed has its own time, and the end of a rest or a journey is to be noticed


class Refresher(QObject):
    """One refresh at a time. ended: brings its RefreshReport, None where it was stopped or broke off."""

    began = Signal()
    ended = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._waiting: set[int] = set()
        self.keeper = Keeper(shell, self)
        self.syncing = SyncAfter(shell, self)

    @property
    def busy(self) -> bool:
        return self._task is not None

    def refresh(self, only: Sequence[int] = (), *, by_hand: bool = True) -> None:
        """Begin in the background. only: these feeds; while a refresh runs they wait for its end.

        by_hand: also feeds that are not due, and the outcome is told.
        """
        if self._task is not None:
            self._waiting.update(only)
            if by_hand and not only:
                self._shell.toast(self.tr("The feeds are being refreshed already."))
            return
        ctx, tasks = self._shell.ctx, self._shell.tasks

        def job(task: Task) -> RefreshReport:
            from pln.services.refreshing import refresh_feeds  # the network's libraries are heavy: not before needed

            return refresh_feeds(
                ctx, only=only, force=by_hand, on_progress=lambda done, total: tasks.step(task, done, total),
                cancelled=lambda: task.cancelled,
            )  # fmt: skip

        self._task = tasks.start(self.tr("Refreshing feeds"), job, lambda report: self._done(report, by_hand),
                                 self._failed, resumable=True)  # fmt: skip
        self.began.emit()

    def stop(self) -> None:
        """Ask the refresh under way to end. What arrived until then is kept."""
        if self._task is not None:
            self._task.cancel()

    def _done(self, report: RefreshReport, by_hand: bool) -> None:
        self._task = None
        if by_hand:
            self._shell.toast(self.told(report))
        if report.tell:
            tell_of(self._shell, report.tell)
        self._end(report)

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self._shell.fail(error)
        self._end(None)

    def _end(self, report: RefreshReport | None) -> None:
        self.ended.emit(report)
        if report is not None and not report.offline:
            self.keeper.keep()
            self.syncing.sync()
        waiting, self._waiting = tuple(sorted(self._waiting)), set()
        if waiting:
            self.refresh(waiting)

    def told(self, report: RefreshReport) -> str:
        """How it went, in one or two short sentences."""
        if report.offline:
            return self.tr("No connection just now. Everything stored stays readable.")
        news = self.tr("Nothing new.")
        if report.new == 1:
            news = self.tr("One new article.")
        elif report.new > 1:
            news = self.tr("%1 new articles.").replace("%1", f"{report.new:,}")
        if len(report.failed) == 1:
            return f"{news} {self.tr('%1 could not be read; the list says why.').replace('%1', report.failed[0][0])}"
        if report.failed:
            words = self.tr("%1 feeds could not be read; the list says why.").replace("%1", str(len(report.failed)))
            return f"{news} {words}"
        return news


class AutomaticRefresh(QObject):
    """Refreshes quietly as often as the owner wishes; never in Quiet mode, and never while the whole app rests.

    Nor while data is paid for or the battery is used, unless the owner wishes it. around: what is so just now.
    """

    def __init__(
        self, shell: Shell, refresher: Refresher, first_seconds: float = FIRST_SECONDS,
        around: Callable[[], Surroundings] = surroundings_now,
    ) -> None:  # fmt: skip
        super().__init__(refresher)
        self._shell, self._refresher, self._around = shell, refresher, around
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._now)
        self._timer.start(round(first_seconds * 1000))

    def stop(self) -> None:
        self._timer.stop()

    def wanted(self) -> bool:
        """May feeds be asked now?"""
        wishes = preferences(self._shell.ctx)
        resting = wishes.paused_until is not None and wishes.paused_until > self._shell.today()
        return not in_flight() and wishes.refresh_minutes > 0 and wishes.energy is not Energy.QUIET and not resting

    def may_refresh(self) -> bool:
        """Do the network and the battery allow what is not asked for by hand?"""
        return may_go_out(self._around(), preferences(self._shell.ctx))

    def _now(self) -> None:
        if self.wanted() and not self._refresher.busy and feed_rows(self._shell.ctx) and self.may_refresh():
            self._refresher.refresh(by_hand=False)
        self._timer.start(_ASK_AGAIN_MINUTES * 60_000)
