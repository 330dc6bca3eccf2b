"""The colours and the text size in force, for everything that draws itself. Set by the theme alone."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pln.ui.colours import LIGHT, Palette

_palette = LIGHT
_scale = 1.0
_measure = 68


def put(palette: Palette, scale: float) -> None:
    """Make a look the one in force. Only the theme calls this; it redraws everything afterwards."""
    global _palette, _scale
    _palette, _scale = palette, scale


def put_measure(characters: int) -> None:
    """Characters a line where one reads and writes; 60 to 75 read well. Only the theme calls this."""
    global _measure
    _measure = characters


def measure() -> int:
    """Characters a line in force."""
    return _measure


def palette() -> Palette:
    return _palette


def colour(role: str) -> QColor:
    """The colour of a role in the look in force. Raises KeyError for an unknown role."""
    return QColor(_palette.colour(role))


def px(size: float) -> int:
    """Pixels at the text scale in force."""
    return round(size * _scale)
