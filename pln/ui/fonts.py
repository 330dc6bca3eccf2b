"""The two typefaces: a sans for the interface, a serif for what people read and write."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from pln.system.resources import resource
from pln.ui import look
from pln.ui.sheet import SANS, SERIF

_loaded: dict[str, int] = {}


def load() -> None:
    """Register the fonts that come with PLN, once per process. Needs an application."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        if path.name not in _loaded:
            _loaded[path.name] = QFontDatabase.addApplicationFont(str(path))


def sans(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's font; size in pixels before scaling."""
    return _font(SANS, size, weight)


def serif(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of reading and writing; size in pixels before scaling."""
    return _font(SERIF, size, weight)


def _font(family: str, size: float, weight: QFont.Weight) -> QFont:
    font = QFont(family)
    font.setPixelSize(look.px(size))
    font.setWeight(weight)
    return font
