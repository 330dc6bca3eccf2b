"""Today as it was last, shown while the store is being opened; the other places wait."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId

if TYPE_CHECKING:
    from pln.services.kept_today import KeptToday
    from pln.ui.shell import Shell
    from pln.ui.today.place import TodayPlace

_SEEN_SECONDS, _PAINT_MS = 1.0, 15


class EarlyToday(QObject):
    """home: brings calls to the window's thread."""

    def __init__(self, window: MainWindow, home: MainThread) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self._kept: KeptToday | None = None
        self._place: TodayPlace | None = None
        self._seen = Event()

    def show_and_wait(self, kept: KeptToday) -> None:
        """Show it, and wait until it was painted: imports, which follow, hold the interpreter. Off that thread."""
        self._kept = kept
        self._seen.clear()
        self._home.post(self._show)
        self._seen.wait(_SEEN_SECONDS)

    def begin(self, shell: Shell) -> None:
        """The store is open: what is shown comes to life, and nothing of it is held here."""
        place, kept, self._place, self._kept = self._place, self._kept, None, None
        if place is not None and kept is not None and isValid(place):  # a refused opening may have taken it away
            place.begin(shell, holds=kept.holds)

    def _show(self) -> None:
        from pln.ui.today.place import TodayPlace

        assert self._kept is not None
        self._window.hold()
        place = self._window.go(PlaceId.TODAY)
        assert isinstance(place, TodayPlace)
        place.show_kept(self._kept.page)
        self._place = place
        QTimer.singleShot(_PAINT_MS, self, self._seen.set)
