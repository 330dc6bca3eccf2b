"""One window for a profile: a second start asks the first one to come forward, and ends.

Nothing but that wish crosses the socket: no path, no command. QtNetwork is imported only where another process has the
profile, and in the first window after its start.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from pln.system.instance import is_window, take_for_window
from pln.system.paths import Profile

_WISH, _ANSWER = b"raise", b"ok"
_LONGEST = 4096
_ANSWER_MS = 1000
_CONNECT_MS = 300
_PATIENCE_SECONDS, _PAUSE_SECONDS = 5.0, 0.1
_TOKEN = "XDG_ACTIVATION_TOKEN"  # what lets a window come forward on Wayland, and nothing else does  # noqa: S105


class OneWindow(QObject):
    """Listens for second starts, while this process holds the profile. come: brings the window forward."""

    def __init__(self, profile: Profile, come: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._come = come
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = server_name(profile)
        QLocalServer.removeServer(name)  # one that a crash left: who holds the profile may take it away
        self.listening = self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(_LONGEST)
            socket.readyRead.connect(lambda socket=socket: self._heard(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _heard(self, socket: QLocalSocket) -> None:
        said = bytes(socket.read(_LONGEST).data()).split(b"\n")
        if said[0] == _WISH:
            token = said[1].decode("ascii", "ignore") if len(said) > 1 else ""
            if token.isprintable() and token:
                os.environ[_TOKEN] = token  # Qt takes it from there when the window is activated
            self._come()
            socket.write(_ANSWER)
            socket.flush()
        socket.disconnectFromServer()


def ask_first(profile: Profile, patience: float = _PATIENCE_SECONDS) -> bool:
    """Ask the window that has the profile to come forward; whether it did.

    patience: seconds to wait for a window that is only just starting. False too where the profile became free
    meanwhile (it is taken then), where a command holds it, and where the window does not answer.
    """
    until = time.monotonic() + patience
    while not _asked(server_name(profile)):
        if not is_window(profile.lock) or time.monotonic() > until or take_for_window(profile):
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def server_name(profile: Profile) -> str:
    """In the folder that the system keeps for this user's running programs, where there is one."""
    name = "pln-" + hashlib.sha256(os.path.realpath(profile.root).encode()).hexdigest()[:24]
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder) / name) if folder and Path(folder).is_dir() and len(folder) < 60 else name


def _asked(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    token = os.environ.get(_TOKEN, "").encode("ascii", "ignore")[:1024]
    socket.write(b"\n".join((_WISH, token)))
    heard = socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _ANSWER
    socket.abort()
    return heard
