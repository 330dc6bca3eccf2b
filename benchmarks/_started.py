"""One start, timed from within: prints {"wall", "cpu"} in milliseconds when it was painted, and ends at once.

_started.py bare|paint|today|anew PROFILE SPAWNED      (SPAWNED: time.time() of the moment this process was asked for)
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

_GLANCE_MS = 3


def bare() -> None:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            tell()

    app = QApplication([])
    window = Bare()
    window.resize(1360, 860)
    window.show()
    app.exec()


def paint() -> None:
    after_paint(lambda _window: tell())


def today() -> None:
    after_paint(watch)


def anew() -> None:
    """Today without a page kept from the last time."""
    from pln.services import kept_today

    kept_today.glance = lambda unlocked, day: None
    after_paint(watch)


def watch(window: Any) -> None:
    """Look every few milliseconds whether Today has its content; nothing is imported sooner for it."""
    from PySide6.QtCore import QCoreApplication, QTimer

    if getattr(window, "watched", False):
        return
    window.watched = True

    def look() -> None:
        place = next(iter(getattr(window, "_places", {}).values()), None)
        if place is not None and place.page is not None:
            QCoreApplication.sendPostedEvents()  # layouts
            window.repaint()
            tell()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(_GLANCE_MS)


def after_paint(then: Any) -> None:
    """Start the program as its owner does; `then(window)` after each paint of the window."""
    from pln.__main__ import main
    from pln.ui.main_window import MainWindow

    painted = MainWindow.paintEvent

    def paint_event(self: Any, event: Any) -> None:
        painted(self, event)
        then(self)

    MainWindow.paintEvent = paint_event  # type: ignore[method-assign]
    sys.argv = ["pln", "--profile", sys.argv[2]]
    main()


def tell() -> None:
    wall, cpu = (time.time() - _SPAWNED) * 1e3, time.process_time() * 1e3
    os.write(1, f'{{"wall": {wall:.2f}, "cpu": {cpu:.2f}}}\n'.encode())
    os._exit(0)


if __name__ == "__main__":
    _SPAWNED = float(sys.argv[3])
    {"bare": bare, "paint": paint, "today": today, "anew": anew}[sys.argv[1]]()
