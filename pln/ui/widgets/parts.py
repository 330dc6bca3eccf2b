"""A column that is shown anew without what stays as it is being made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


@dataclass(frozen=True, slots=True)
class Part:
    """shows: all that it shows, compared by equality. make: makes the widget for that."""

    shows: object
    make: Callable[[], QWidget | QLayout]


class Parts(QVBoxLayout):
    """A part that shows what one showed before is that one: what was opened or begun in it stays so."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        self.addStretch(1)
        self._there: list[tuple[object, QWidget]] = []

    def show(self, parts: Sequence[Part]) -> list[QWidget]:
        """From top to bottom. Returns their widgets."""
        before, self._there = self._there, []
        for part in parts:
            kept = next((each for each in before if each[0] == part.shows), None)
            if kept is not None:
                before.remove(kept)
            self._there.append(kept or (part.shows, _widget(part.make())))
        for _, gone in before:
            self.removeWidget(gone)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        widgets = [widget for _, widget in self._there]
        for place, widget in enumerate(widgets):
            if self.indexOf(widget) != place:
                self.removeWidget(widget)
                self.insertWidget(place, widget)
        return widgets


def _widget(made: QWidget | QLayout) -> QWidget:
    if isinstance(made, QWidget):
        return made
    widget = QWidget()
    made.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(made)
    return widget
