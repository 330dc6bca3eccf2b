"""What the window asks of a place, and a base class that answers most of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class PlaceId(StrEnum):
    TODAY = "today"
    PEOPLE = "people"
    MEETUPS = "meetups"
    READING = "reading"
    JOURNAL = "journal"
    NETWORK = "network"


class Place(Protocol):
    """A place of the window."""

    id: PlaceId

    def widget(self) -> QWidget:
        """What is shown; always the same widget."""
        ...

    def refresh(self) -> None:
        """Read what is shown anew."""
        ...

    def mark_stale(self) -> None:
        """Something it shows may have changed: refresh now where it is seen, else when it is seen next."""
        ...

    def step_back(self) -> bool:
        """Esc: go one step back inside the place; False where there is none, so that the window goes back."""
        ...

    def focus_first(self) -> None:
        """Put the focus where one wants to begin."""
        ...


class PlaceWidget(QWidget):
    """Base of a place: a widget that paints the page and refreshes itself when it is seen and stale.

    Subclasses set `id` and implement `refresh`. They are stale from the start, so the first showing fills them.
    """

    id: PlaceId

    def __init__(self) -> None:
        super().__init__()
        self._stale = True
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "bg")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def widget(self) -> QWidget:
        return self

    def refresh(self) -> None:
        raise NotImplementedError

    def mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._freshen()

    def step_back(self) -> bool:
        return False

    def focus_first(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A place as the window knows it before it is made. `make` is called when it is shown for the first time."""

    id: PlaceId
    title: str
    icon: str
    make: Callable[[], Place]
