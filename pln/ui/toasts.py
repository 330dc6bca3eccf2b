"""Short messages at the foot of the window, with Undo where something was removed or merged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label

_SECONDS = 10
_MOST = 3
_GAP = 8


class Toast(QFrame):
    """One message. It stays while the pointer rests on it or its button has the focus."""

    def __init__(
        self, parent: QWidget, text: str, action: str, run: Callable[[], object] | None, seconds: float
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        self._run = run
        words = label(text, "small", wrap=len(text) > 70)
        words.setMaximumWidth(460)
        if len(text) > 70:
            words.setMinimumWidth(360)
        self.button = button(action, "toast", run=self._act) if run is not None else None
        items = [words] if self.button is None else [words, self.button]
        self.setLayout(row(*items, spacing=12, margins=(16, 6, 10 if self.button else 16, 6)))
        self.timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self.timer.timeout.connect(self._ended)
        self.timer.start()

    def dismiss(self) -> None:
        self.timer.stop()
        self.hide()
        self.deleteLater()

    def _ended(self) -> None:
        if self.button is not None and self.button.hasFocus():
            self.timer.start()
        else:
            self.dismiss()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.timer.start()

    def _act(self) -> None:
        assert self._run is not None
        self.dismiss()
        self._run()


class Toasts(QObject):
    """The messages over one window; at most three, the newest lowest."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Toast] = []
        self._veiled = False
        window.installEventFilter(self)

    def veil(self, on: bool) -> None:
        """Say nothing, because the window is covered: neither what is said now nor what comes."""
        self._veiled = on
        if on:
            self.clear()

    def show(
        self, text: str, action: str = "", run: Callable[[], object] | None = None, seconds: float = _SECONDS
    ) -> Toast:
        """Show a message for ten seconds, with a button where `action` and `run` are given.

        What stands there already without a button is not said twice.
        """
        toast = Toast(self._window, text, action, run, seconds)
        if self._veiled:
            toast.dismiss()
            return toast
        for same in self._living():
            if run is None and same.button is None and same.accessibleName() == text:
                same.dismiss()
        toast.destroyed.connect(self._place)
        self._shown = [*self._living(), toast]
        for old in self._shown[:-_MOST]:
            old.dismiss()
        toast.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))
        return toast

    def show_undo(self, text: str, undo: Callable[[], object]) -> Toast:
        """Say what was removed or merged, with a button that brings it back."""
        return self.show(text, self.tr("Undo"), undo)

    def clear(self) -> None:
        for toast in self._living():
            toast.dismiss()
        self._shown = []

    def texts(self) -> list[str]:
        return [toast.accessibleName() for toast in self._living()]

    def _living(self) -> list[Toast]:
        return [toast for toast in self._shown if isValid(toast) and not toast.isHidden()]

    def _place(self) -> None:
        bottom = self._window.height() - 24
        for toast in reversed(self._living()):
            toast.adjustSize()
            bottom -= toast.height()
            toast.move((self._window.width() - toast.width()) // 2, bottom)
            toast.raise_()
            bottom -= _GAP

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
