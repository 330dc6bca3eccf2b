"""The composition root of the window: frame first, then the store in a thread, then the places."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from pln.system.hygiene import harden_process
from pln.system.paths import Profile, default_profile

NO_DISPLAY = (
    "PLN needs a display to open its window, and there is none here. "
    "Try `xvfb-run -a pln`, or `QT_QPA_PLATFORM=offscreen pln screens DIR` for pictures of it."
)


def open_window(profile_folder: Path | None = None, passphrase_file: Path | None = None) -> int:
    """Open the window on a profile and run until it is closed. Returns an exit code (3: no display)."""
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 3
    harden_process()
    # Qt is imported here, so that the command line works where Qt does not.
    from PySide6.QtWidgets import QApplication

    from pln.ui.program.start import Start

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    profile = Profile(profile_folder) if profile_folder else default_profile()
    start = Start(app, profile, passphrase_file)
    start.show()
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    try:
        return app.exec()
    finally:
        start.close()


def has_display() -> bool:
    """Whether a window can be shown: on Linux a display must be named, unless Qt was told to do without."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
