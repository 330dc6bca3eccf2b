"""The colours and the text size in force, for everything that draws itself. Set by the theme alone."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pln.ui.colours import LIGHT, Palette

_palette = LIGHT
_scale = 1.0


def put(palette: Palette, scale: float) -> None:
    """Make a look the one in force. Only the theme calls this; it redraws everything afterwards."""
    global _palette, _scale
    _palette, _scale = palette, scale


def palette() -> Palette:
    return _palette


def colour(role: str) -> QColor:
    """The colour of a role in the look in force. Raises KeyError for an unknown role."""
    return QColor(_palette.colour(role))


def px(size: float) -> int:
    """Pixels at the text scale in force."""
    return round(size * _scale)
