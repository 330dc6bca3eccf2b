"""Noticing that nobody is there: no key and no pointer for so long, or a computer that was asleep meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

_GLANCE = timedelta(seconds=10)
_ASLEEP = timedelta(seconds=60)
"""A clock that went on by so much more than was waited for: the computer slept, or was stopped."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.TabletPress,
        QEvent.Type.NativeGesture, QEvent.Type.InputMethod,
    }
)  # fmt: skip


class IdleWatch(QObject):
    """call: once for each time that `after` went by untouched, and when the computer woke up (with True).

    It looks at the windows themselves rather than at every event of every widget, and at the clock every ten seconds.
    now: the time of day, which goes on while the computer sleeps.
    """

    def __init__(
        self, app: QGuiApplication, now: Callable[[], datetime], call: Callable[[bool], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._now, self._call = now, call
        self._after: timedelta | None = None
        self._touched = False
        self._last = self._glanced = now()
        self._timer = QTimer(self, interval=int(_GLANCE / timedelta(milliseconds=1)))
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.glance)
        app.focusWindowChanged.connect(self._watch)
        for window in app.topLevelWindows():
            self._watch(window)

    def begin(self, minutes: int) -> None:
        """Watch from now on. minutes: without a touch, 0 for as long as one likes; a sleep is noticed all the same."""
        self._after = timedelta(minutes=minutes) if minutes > 0 else None
        self._last = self._glanced = self._now()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def untouched(self) -> timedelta:
        """For how long nobody has touched anything; up to a glance less than it is."""
        return timedelta(0) if self._touched else max(timedelta(0), self._glanced - self._last)

    def glance(self) -> None:
        """Look at the clock."""
        now = self._now()
        before, self._glanced = self._glanced, now
        if self._touched or now < self._last:
            self._touched, self._last = False, now
        if now - before > _GLANCE + _ASLEEP:
            self._last = now
            self._call(True)
        elif self._after is not None and now - self._last >= self._after:
            self._last = now
            self._call(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._touched = True
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
