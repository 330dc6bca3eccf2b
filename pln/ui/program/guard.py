"""Locks the window by itself: when nobody is there, when the computer sleeps, and by the keys inside a dialog, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

from pln.model.changes import ChangeSet, Noun
from pln.ui.program.commands import LOCK_KEYS
from pln.ui.program.idle import IdleWatch
from pln.ui.program.sleep_watch import SleepWatch

if TYPE_CHECKING:
    from pln.system.clock import Clock
    from pln.ui.program.lock import Lock
    from pln.ui.program.session import Session

_KNOWN = "pln_locks"


class Guard(QObject):
    """Lives as long as the window; `watch` is called with each session."""

    def __init__(self, app: QApplication, lock: Lock, clock: Clock, sleep: SleepWatch | None = None) -> None:
        super().__init__(lock)
        self._app, self._lock = app, lock
        self.idle = IdleWatch(app, clock.now, self._untouched, self)
        self.sleep = sleep or SleepWatch(self)
        self.sleep.leaving.connect(self._leaving)
        self.sleep.begin()
        lock.locked.connect(self._locked)
        lock.lifted.connect(self._lifted)
        app.focusWindowChanged.connect(self._meet)
        app.applicationStateChanged.connect(self._state_changed)

    def watch(self, session: Session) -> None:
        """The store is open: lock it after as many minutes as its owner wishes."""
        self._minutes = session.program.wishes.lock_minutes
        self.idle.begin(self._minutes)
        self.sleep.hold()
        self._meet()
        program = session.program

        def changed(changes: ChangeSet) -> None:
            if changes.touches(Noun.SETTING) and program.wishes.lock_minutes != self._minutes:
                self._minutes = program.wishes.lock_minutes
                self.idle.begin(self._minutes)

        program.subscribe(changed)

    def close(self) -> None:
        self.idle.stop()
        self.sleep.let_go()

    def _untouched(self, slept: bool) -> None:
        self._lock.lock("the computer was asleep" if slept else "nobody was there")

    def _leaving(self, why: str) -> None:
        self._lock.lock(why)
        self.sleep.let_go()  # covered by now: what is left to do can be done on waking up

    def _locked(self) -> None:
        self.idle.stop()

    def _lifted(self) -> None:
        self.idle.begin(self._minutes)
        self.sleep.hold()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self._lock.lock("the program was put to sleep")

    def _meet(self) -> None:
        """A dialog that is open keeps the window's own shortcuts from working."""
        dialog = self._app.activeModalWidget() or self._app.activeWindow()
        if isinstance(dialog, QDialog) and not dialog.property(_KNOWN):
            dialog.setProperty(_KNOWN, True)
            keys = QShortcut(QKeySequence(LOCK_KEYS), dialog)
            keys.activated.connect(self._by_keys)

    def _by_keys(self) -> None:
        self._lock.lock("asked for")
