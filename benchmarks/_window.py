"""The program's own window on a throw-away profile, run by hand instead of by the desktop."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _profile import child_environment


@contextmanager
def shown(root: Path, seconds: float = 60.0) -> Iterator[Any]:
    """`pln.ui.program.start.Start` with its store open and Today filled. Ended with the block."""
    os.environ.update(child_environment(root))
    from PySide6.QtWidgets import QApplication

    from pln.system.allocator import few_arenas
    from pln.system.paths import Profile
    from pln.system.settings import LookSettings
    from pln.ui.frame import show_frame
    from pln.ui.program.start import Start

    few_arenas()  # as pln.app does
    gc.disable()
    app = QApplication.instance() or QApplication(["pln"])
    assert isinstance(app, QApplication)
    start = Start(app, show_frame(app, LookSettings()), LookSettings(), Profile(root))
    start.open_profile()
    try:
        wait(lambda: start.program is not None and start.program.tasks.idle, seconds)
        settle()
        yield start
    finally:
        start.window.close()
        start.close()


def wait(until: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let events run until something is true. Raises TimeoutError."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    ends = time.monotonic() + seconds
    while not until():
        if time.monotonic() > ends:
            raise TimeoutError("the window did not get there")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def settle(milliseconds: int = 300) -> None:
    """Let everything that is on its way arrive."""
    ends = time.monotonic() + milliseconds / 1e3
    wait(lambda: time.monotonic() > ends)
