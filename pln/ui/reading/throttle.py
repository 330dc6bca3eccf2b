"""Something that may be asked for often, done at most every so many milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer


class Throttle(QObject):
    """Calls soon after a quiet time, and otherwise as soon as the pause since the last call is over.

    pause: tells its milliseconds.
    """

    def __init__(self, pause: Callable[[], int], call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._pause, self._call = pause, call
        self._last = float("-inf")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fire)

    def nudge(self) -> None:
        """Ask for a call; several before it comes are one."""
        if not self._timer.isActive():
            left = self._pause() - (monotonic() - self._last) * 1000
            self._timer.start(max(0, round(left)) if left > 0 else 0)

    def stop(self) -> None:
        """Forget a call that is due."""
        self._timer.stop()

    def _fire(self) -> None:
        self._last = monotonic()
        self._call()
