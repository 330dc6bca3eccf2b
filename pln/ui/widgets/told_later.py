"""A line of text that takes a while to find out: it is asked for when it is first seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label

Ask = Callable[[Callable[[str], None]], object]


class ToldLater(QWidget):
    """ask: begins to find it out, off the window's thread, and answers with the text in this one."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask: Ask | None = ask
        self._words = label("", "muted", wrap=True)
        self.setLayout(column(self._words))

    def text(self) -> str:
        """What is told so far, "" for nothing."""
        return self._words.text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        ask, self._ask = self._ask, None
        if ask is not None:
            ask(self._tell)

    def _tell(self, text: str) -> None:
        if isValid(self) and isValid(self._words):
            self._words.setText(text)
