"""Chips: short facts on a tint, filters that can be switched, and words that can be taken away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from pln.ui import look
from pln.ui.icons import set_icon
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label, set_tip

_INK = {"outline": "muted"}


class Chip(QFrame):
    """A short text on a tint: accent, outline, amber, red, blue, plum. The text carries the meaning, not the tint."""

    def __init__(self, text: str, tone: str = "outline", icon: str = "") -> None:
        super().__init__()
        self.setProperty("chip", tone)
        self.text = text
        self._label = label(text)
        marks = [IconLabel(icon, _INK.get(tone, tone), 13)] if icon else []
        self.setLayout(row(*marks, self._label, spacing=5, margins=(9, 0, 9, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), look.px(22))


class RemovableChip(Chip):
    """A word or a person taken into a field, with a cross to take it out again."""

    removed = Signal()

    def __init__(self, text: str, remove_name: str, tone: str = "accent") -> None:
        super().__init__(text, tone)
        cross = QPushButton()
        cross.setFlat(True)
        cross.setStyleSheet("QPushButton { border: 0; background: transparent; padding: 0; min-height: 0; }")
        cross.setFixedSize(14, 14)
        set_icon(cross, "x", _INK.get(tone, tone), 12)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard, Backspace in the field removes the last chip
        cross.setAccessibleName(remove_name)
        set_tip(cross, remove_name)
        cross.clicked.connect(lambda _checked=False: self.removed.emit())
        layout = self.layout()
        assert layout is not None
        layout.addWidget(cross)


def chip(text: str, tone: str = "outline", icon: str = "") -> Chip:
    return Chip(text, tone, icon)


def chip_button(text: str, *, checkable: bool = False, run: Callable[[], object] | None = None) -> QPushButton:
    """A chip to press: a filter ("Mentors 9", checkable) or a suggestion to take up."""
    made = button(text, "chip", run=run)
    made.setCheckable(checkable)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made
