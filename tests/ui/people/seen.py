"""What stands on a page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

Widget = TypeVar("Widget", bound=QWidget)


def texts(widget: QWidget) -> list[str]:
    """Every text of a label or a button in sight inside a widget."""
    found = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    return [each.text() for each in found if each.text() and each.isVisibleTo(widget)]


def says(widget: QWidget, words: str) -> bool:
    return any(words in text for text in texts(widget))


def named(widget: QWidget, kind: type[Widget], name: str) -> Widget:
    """The one widget of an object name."""
    found = widget.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]
