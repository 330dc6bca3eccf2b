"""A user of the real window: looks for words on the screen, clicks, types, and waits until something is to be seen.

A script is a generator: it yields a condition and goes on once that holds. `act` runs it beside the program's own
event loop, so nothing of the program is replaced.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

Script = Iterator[Callable[[], object]]
W = TypeVar("W", bound=QWidget)
PATIENCE = 40.0


def act(app: QApplication, script: Script, ended: list[str]) -> None:
    """Run a script step by step; why it failed is put into `ended`, which stays empty where all went well."""
    _Actor(app, script, ended).start()


class _Actor(QObject):
    def __init__(self, app: QApplication, script: Script, ended: list[str]) -> None:
        super().__init__(app)
        self._app, self._script, self._ended = app, script, ended
        self._condition: Callable[[], object] = lambda: True
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=15)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start()

    def _step(self) -> None:
        self._timer.stop()  # a step that handles events must not be run within itself
        try:
            if self._condition():
                self._condition = next(self._script)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > PATIENCE:
                raise AssertionError(f"waited in vain; to be seen: {seen()[:3000]}")
        except StopIteration:
            return
        except Exception:
            self._ended.append(traceback.format_exc())
            traceback.print_exc(file=sys.stderr)
            self._app.exit(1)
            return
        self._timer.start()


def windows() -> list[QWidget]:
    """What can be used now: the open dialog, else the main window."""
    modal = QApplication.activeModalWidget()
    if modal is not None and modal.isVisible():
        return [modal]
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def all_of(kind: type[W], name: str = "") -> list[W]:
    """Widgets of a kind to be seen now; those with this text or accessible name where one is given."""
    found = []
    for window in windows():
        for one in [window, *window.findChildren(QWidget)]:
            if isinstance(one, kind) and one.isVisible() and name in ("", _text(one), one.accessibleName()):
                found.append(one)
    return found


def one(kind: type[W], name: str = "") -> W:
    found = all_of(kind, name)
    assert found, f"no {kind.__name__} {name!r}; to be seen: {seen()[:3000]}"
    return found[0]


def there(text: str) -> Callable[[], bool]:
    """A condition: this text is somewhere on the screen."""
    return lambda: text in seen()


def button_there(text: str) -> Callable[[], bool]:
    return lambda: any(each.isEnabled() for each in all_of(QAbstractButton, text))


def press(text: str) -> None:
    """Click the button with this text or name."""
    found = [each for each in all_of(QAbstractButton, text) if each.isEnabled()]
    assert found, f"no button {text!r}; to be seen: {seen()[:3000]}"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(widget, Qt.Key.Key_Return)
        QTest.keyClicks(widget, line)


def at_front() -> bool:
    """A condition: the window in use has the keyboard. Without a window manager somebody has to give it."""
    window = windows()[-1]
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


def key(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    window = QApplication.activeModalWidget() or QApplication.activeWindow() or windows()[0]
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def drop(path: Path, onto: QWidget) -> None:
    """Drop a file."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    onto.dropEvent(event)


def seen() -> str:
    """All texts on the screen."""
    return "\n".join(filter(None, (_text(each) for each in all_of(QWidget))))


def _text(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().replace("&&", "&")
    for name in ("toPlainText", "text"):
        reader = getattr(widget, name, None)
        if callable(reader):
            found = reader()
            return found if isinstance(found, str) else ""
    return ""
