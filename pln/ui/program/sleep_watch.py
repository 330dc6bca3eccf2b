"""Hearing from the system that the computer goes to sleep, or that its screen was locked.

Over D-Bus, where there is one: login1 tells of sleep (and waits a little for whoever asked it to) and of a session
being locked, the desktop's screen saver of a locked screen. Elsewhere the jump of the clock on waking up has to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

_LOGIN, _MANAGER_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER, _SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")


class SleepWatch(QObject):
    """leaving: the computer is about to sleep, or its screen was locked; brings a word for the log."""

    leaving = Signal(str)

    def __init__(self, parent: QObject, system: QDBusConnection | None = None, own: QDBusConnection | None = None):
        """system, own: the buses of the system and of the user's session, found by Qt where they are not given."""
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._own = own or QDBusConnection.sessionBus()
        self._held: int | None = None
        self._wanted = False
        self._asked: list[QDBusPendingCallWatcher] = []

    def begin(self) -> None:
        """Listen from now on, for good."""
        if self._system.isConnected():
            self._system.connect(_LOGIN, _MANAGER_PATH, _MANAGER, "PrepareForSleep", self, _slot("going(bool)"))
            self._find_session()
        if self._own.isConnected():
            for name in _SCREEN_SAVERS:
                self._own.connect("", "", name, "ActiveChanged", self, _slot("screen_locked(bool)"))

    def hold(self) -> None:
        """Ask the system to wait before it sleeps (a few seconds at most) until `let_go`."""
        if self._held is None and not self._wanted and self._system.isConnected():
            self._wanted = True
            why = self.tr("Locking what is open")
            self._ask("Inhibit", ["sleep", "PLN", why, "delay"], self._holding)

    def let_go(self) -> None:
        """The computer may sleep."""
        self._wanted = False
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    @property
    def holds(self) -> bool:
        return self._held is not None

    @Slot(bool)
    def going(self, sleeps: bool) -> None:
        """Of login1: True before the computer sleeps, False when it is awake again."""
        if sleeps:
            self.leaving.emit("the computer goes to sleep")

    @Slot(bool)
    def screen_locked(self, active: bool) -> None:
        if active:
            self.leaving.emit("the screen was locked")

    @Slot()
    def session_locked(self) -> None:
        self.leaving.emit("the session was locked")

    def _find_session(self) -> None:
        """The session of this window: every other one is somebody else's."""
        self._ask("GetSession", [os.environ.get("XDG_SESSION_ID") or "auto"], self._session_found)

    def _session_found(self, reply: QDBusMessage) -> None:
        if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            path = reply.arguments()[0]
            path = path.path() if hasattr(path, "path") else str(path)
            self._system.connect(_LOGIN, path, _SESSION, "Lock", self, _slot("session_locked()"))

    def _holding(self, reply: QDBusMessage) -> None:
        found = reply.arguments()[0] if reply.arguments() else None
        if isinstance(found, QDBusUnixFileDescriptor) and self._wanted:
            self._held = os.dup(found.fileDescriptor())
        self._wanted = False

    def _ask(self, method: str, arguments: list[object], answered: Callable[[QDBusMessage], None]) -> None:
        call = QDBusMessage.createMethodCall(_LOGIN, _MANAGER_PATH, _MANAGER, method)
        call.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(call), self)

        def ended(done: QDBusPendingCallWatcher) -> None:
            self._asked.remove(watcher)
            answered(done.reply())
            done.deleteLater()

        self._asked.append(watcher)
        watcher.finished.connect(ended)


def _slot(signature: str) -> Any:
    """PySide wants what SLOT returns, a str, although its types ask for bytes."""
    return SLOT(signature)
