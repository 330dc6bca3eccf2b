"""An empty place teaches: one sentence and one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label


class EmptyState(QWidget):
    """An icon, a sentence, and a button if there is something to do."""

    def __init__(
        self, sentence: str, action: str = "", run: Callable[[], object] | None = None, icon: str = "sprout"
    ) -> None:
        super().__init__()
        words = label(sentence, "lead", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMaximumWidth(420)
        self.button = button(action, "primary", run=run) if action else None
        middle = [row(None, self.button, None)] if self.button is not None else []
        mark = row(None, IconLabel(icon, "faint", 28), None)
        self.setLayout(column(None, mark, row(None, words, None), *middle, None, None, spacing=14, margins=(24,) * 4))
        self.setAccessibleName(sentence)
