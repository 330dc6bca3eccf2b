"""Parts of a person's page: a small heading with what stands below it, and links to articles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pln.ui.people.wrapped_button import WrappedButton
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.labels import IconLabel, label


def section(title: str, *items: Item) -> QVBoxLayout:
    """A heading and its items."""
    return column(label(title, "label"), *items, spacing=7)


def bullet(icon: str, *items: Item, role: str = "muted") -> QHBoxLayout:
    """A small icon before the items; the first one takes the room."""
    first, *rest = items
    assert isinstance(first, QWidget)
    return row(IconLabel(icon, role, 15), Grow(first), *rest, spacing=8, top=True)


def link(text: str, name: str, run: Callable[[], object]) -> WrappedButton:
    """Words to press. name: how it is found again after the page was read anew."""
    made = WrappedButton(text)
    made.setObjectName(name)
    made.clicked.connect(lambda: run())
    return made
