"""A bug that nobody caught is told in the window, calmly and not over and over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal

from pln.ui.main_window import MainWindow

_SECONDS = 20
Listen = Callable[[Callable[[BaseException], object]], Callable[[], None]]


class Bugs(QObject):
    """listen: how to hear of bugs in whichever thread they show (`pln.system.hooks.listen`). Call `end` at the end."""

    _came = Signal()

    def __init__(self, window: MainWindow, listen: Listen) -> None:
        super().__init__(window)
        self._window = window
        self._told = QElapsedTimer()
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.end = listen(lambda _fault: self._came.emit())

    def _tell(self) -> None:
        if self._told.isValid() and self._told.elapsed() < _SECONDS * 1000:
            return
        self._told.start()
        words = self.tr("Something went wrong inside PLN, and it went on. The log in the profile folder says where.")
        self._window.toasts.show(words, seconds=_SECONDS)
