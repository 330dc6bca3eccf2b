"""Wait until somebody has finished: for a search while typing, for saving while writing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Settle(QObject):
    """Calls once when `nudge` has not been called for so many milliseconds."""

    def __init__(self, milliseconds: int, call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.timeout.connect(self._fire)

    def nudge(self) -> None:
        """Something happened: wait the full time from now."""
        self._timer.start()

    def flush(self) -> None:
        """Call now if a call is due."""
        if self._timer.isActive():
            self._timer.stop()
            self._fire()

    def stop(self) -> None:
        """Forget a call that is due."""
        self._timer.stop()

    def _fire(self) -> None:
        self._call()
