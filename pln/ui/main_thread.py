"""Brings results of background work home to the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class MainThread(QObject):
    """Create it on the main thread. `post` may be called from any thread; calls run in the order they came."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], object]) -> None:
        """Run a call without arguments on the main thread, soon. After `close` it is dropped in silence."""
        if self._open:
            self._posted.emit(call)

    def close(self) -> None:
        """Drop what is still waiting and everything that comes."""
        self._open = False

    def _run(self, call: Callable[[], object]) -> None:
        if self._open:
            call()
