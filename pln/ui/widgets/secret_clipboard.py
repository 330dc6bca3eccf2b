"""Secrets on the clipboard: marked as such, taken away after a minute, when PLN is locked, and before it ends."""

from __future__ import annotations

import atexit

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

_SECONDS = 60
_HINT, _HINTED = "x-kde-passwordManagerHint", b"secret"
"""What clipboard managers look for before they keep a text in their history."""


def copy_secret(text: str, seconds: float = _SECONDS) -> None:
    """Put a secret on the clipboard for so long. Clipboard managers are asked not to keep it."""
    clear_secret()
    clipboard = QGuiApplication.clipboard()
    data = QMimeData()
    data.setText(text)
    data.setData(_HINT, _HINTED)
    clipboard.setMimeData(data)
    _Secret(clipboard, text, seconds)


def clear_secret() -> None:
    """Take the secret away again. What somebody copied since then stays."""
    if QGuiApplication.instance() is None:
        return
    for secret in QGuiApplication.clipboard().findChildren(_Secret):
        secret.clear()


class _Secret(QObject):
    """What has to leave the clipboard; a child of it for as long as it may be there."""

    def __init__(self, clipboard: QClipboard, text: str, seconds: float) -> None:
        super().__init__(clipboard)
        self._clipboard, self._text = clipboard, text
        self._timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        self._timer.start()

    def clear(self) -> None:
        self._timer.stop()
        if self._clipboard.text() == self._text:
            self._clipboard.clear()
        self._text = ""
        self.setParent(None)
        self.deleteLater()


# A Python object that is left on the clipboard crashes Qt at exit, whichever way the program ends.
atexit.register(clear_secret)
