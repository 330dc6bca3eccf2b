"""One choice of a few: as joined segments (Quiet | Steady | Open) or as tabs above a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy

from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button


class Segmented(QFrame):
    """options: (key, text) in their order. The arrow keys move between them, Tab leaves.

    `chosen` is emitted with the key when the user chooses, not by `set_current`.
    """

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], current: str = "", kind: str = "segment") -> None:
        super().__init__()
        self.setAccessibleName(name)
        if kind == "segment":
            self.setProperty("role", "segments")
        self._group = QButtonGroup(self)
        self._buttons = {key: self._make(text, kind) for key, text in options}
        self._round_ends()
        self.setLayout(row(*self._buttons.values(), spacing=0 if kind == "segment" else 12))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_current(current or options[0][0])
        for key, made in self._buttons.items():
            made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))

    def current(self) -> str:
        return next(key for key, made in self._buttons.items() if made.isChecked())

    def set_current(self, key: str) -> None:
        """Show a choice as taken. Raises KeyError for an unknown one."""
        self._buttons[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        self._buttons[key].setText(text)

    def _make(self, text: str, kind: str) -> QPushButton:
        made = button(text, kind)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(made)
        return made

    def _round_ends(self) -> None:
        ordered = list(self._buttons.values())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            ordered.reverse()
        ordered[0].setProperty("end", "left")
        ordered[-1].setProperty("end", "right" if len(ordered) > 1 else "both")


class Tabs(Segmented):
    """The same as words above a page: Together, Brief, Details."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__(name, options, current, kind="tab")
