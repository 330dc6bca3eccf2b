"""Opens the window of PLN on a profile with the password store at hand, and says what the owner gets to see."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pln.system.paths import Profile
from pln.system.settings import LookSettings
from pln.ui.frame import show_frame
from pln.ui.program.start import Start
from pln.ui.unlock.pages import FaultPage, PassphrasePage, RecoveryCodePage

PAGES = (PassphrasePage, RecoveryCodePage, FaultPage)
SECONDS = 30


def shown(root: Path) -> str:
    """The name of the page that is shown, and its words; "open" once the store is open without a question."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    start = Start(app, show_frame(app, LookSettings()), LookSettings(), Profile(root))
    start.open_profile()
    try:
        return _waited_for(start)
    finally:
        _end(start)


def _waited_for(start: Start) -> str:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        for page in start.window.findChildren(QWidget):
            if isinstance(page, PAGES) and page.isVisible():
                return f"{type(page).__name__}: {_words(page)}"
        if start.program is not None:
            return "open"
        time.sleep(0.01)
    return "nothing was shown"


def _words(page: QWidget) -> str:
    return " ".join(" ".join(label.text().split()) for label in page.findChildren(QLabel) if label.isVisible())


def _end(start: Start) -> None:
    start.window.close()
    start.close()
    start.window.deleteLater()
    start.theme.remove()
    start.deleteLater()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
