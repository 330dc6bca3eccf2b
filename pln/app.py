"""The composition root of the window: frame first, then the store in a thread, then the places."""

from __future__ import annotations

import gc
import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pln.system.allocator import few_arenas
from pln.system.hygiene import harden_process
from pln.system.instance import take_for_window
from pln.system.paths import Profile, default_profile
from pln.system.settings import read_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pln.ui.main_window import MainWindow

NO_DISPLAY = (
    "PLN needs a display to open its window, and there is none here. "
    "Try `xvfb-run -a pln`, or `QT_QPA_PLATFORM=offscreen pln screens DIR` for pictures of it."
)


def open_window(
    profile_folder: Path | None = None, passphrase_file: Path | None = None, log_level: int = logging.INFO
) -> int:
    """Open the window on a profile and run until it is closed. Returns an exit code (3: no display).

    Where a window has the profile open already, that one comes forward instead.
    """
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 3
    harden_process()
    few_arenas()
    gc.disable()  # a start only fills memory: collecting in between costs a tenth of it; see pln.ui.program.collecting
    # Qt is imported here, so that the command line works where Qt does not; the rest only after the frame was painted.
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from pln.ui.frame import show_frame

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    profile = Profile(profile_folder) if profile_folder else default_profile()
    if not take_for_window(profile) and _first_came(profile):
        return 0
    look = read_settings(profile.settings)
    window = show_frame(app, look)
    begun = ExitStack()

    def begin() -> None:
        window.painted.disconnect(begin)
        _begin(begun, app, window, look, profile, passphrase_file, log_level)

    # Queued: after the paint, not within it.
    window.painted.connect(begin, Qt.ConnectionType.QueuedConnection)
    with begun:
        return app.exec()


def _first_came(profile: Profile) -> bool:
    from pln.ui.program.one_window import ask_first

    return ask_first(profile)


def _begin(begun: ExitStack, app: QApplication, window: MainWindow, *given: Any) -> None:
    from pln.system import hooks
    from pln.ui.program import first_choice
    from pln.ui.program.bugs import Bugs
    from pln.ui.program.leaving import quit_on_signals
    from pln.ui.program.start import Start

    begun.enter_context(quit_on_signals(app))
    start = Start(app, window, *given)
    begun.callback(start.close)
    begun.callback(Bugs(window, hooks.listen).end)
    first_choice.begin(start)


def has_display() -> bool:
    """Whether a window can be shown: on Linux a display must be named, unless Qt was told to do without."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
