"""Parts of a person's page: a small heading with what stands below it, and links to articles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pln.ui.people.wrapped_button import WhisperButton, WrappedButton
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.labels import IconLabel, label

_LONGEST_WORD = 28


def section(title: str, *items: Item) -> QVBoxLayout:
    """A heading and its items."""
    return column(label(title, "label"), *items, spacing=7)


def bullet(icon: str, *items: Item, role: str = "muted") -> QHBoxLayout:
    """A small icon before the items; the first one takes the room."""
    first, *rest = items
    assert isinstance(first, QWidget)
    return row(column(3, IconLabel(icon, role, 15), spacing=0), Grow(first), *rest, spacing=8, top=True)


def reading(text: str, role: str = "body") -> QWidget:
    """A text to read and, unless a word of it is too long to stand on a line, to select."""
    longest = max(map(len, text.split()), default=0)
    return label(text, role, wrap=True, selectable=longest <= _LONGEST_WORD)


def link(text: str, name: str, run: Callable[[], object]) -> WrappedButton:
    """Words to press. name: how it is found again after the page was read anew."""
    made = WrappedButton(text)
    made.setObjectName(name)
    made.clicked.connect(lambda: run())
    return made


def whisper(text: str, name: str, run: Callable[[], object]) -> WrappedButton:
    """A quiet thing to do, flush with the words above it."""
    made = WhisperButton(text)
    made.setObjectName(name)
    made.clicked.connect(lambda: run())
    return made
