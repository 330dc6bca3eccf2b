"""Secrets on the clipboard: marked as such, taken away after a minute, when PLN is locked, and before it ends."""

from __future__ import annotations

import atexit

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

_SECONDS = 60
_HINT, _HINTED = "x-kde-passwordManagerHint", b"secret"
"""What clipboard managers look for before they keep a text in their history."""


def copy_secret(text: str, seconds: float = _SECONDS) -> None:
    """Put a secret on the clipboard for so long. Clipboard managers are asked not to keep it."""
    clear_secret()
    data = QMimeData()
    data.setText(text)
    data.setData(_HINT, _HINTED)
    QGuiApplication.clipboard().setMimeData(data)
    _held.append(_Secret(text, seconds))


def clear_secret() -> None:
    """Take the secret away again. What somebody copied since then stays."""
    while _held:
        _held.pop().clear()


class _Secret:
    """What has to leave the clipboard."""

    def __init__(self, text: str, seconds: float) -> None:
        self._text = text
        self._timer = QTimer(singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(clear_secret)
        self._timer.start()

    def clear(self) -> None:
        if QGuiApplication.instance() is None:
            return
        self._timer.stop()
        if QGuiApplication.clipboard().text() == self._text:
            QGuiApplication.clipboard().clear()
        self._text = ""


_held: list[_Secret] = []
"""There is one clipboard, so there is one at most."""

# A Python object that is left on the clipboard crashes Qt at exit, whichever way the program ends.
atexit.register(clear_secret)
