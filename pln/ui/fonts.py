"""The two typefaces: a sans for the interface, a serif for what people read and write."""

from __future__ import annotations

from functools import lru_cache

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
    return QFont(_found(family, look.px(size), weight))


@lru_cache(64)
def _found(family: str, pixels: int, weight: QFont.Weight) -> QFont:
    """Looked up once and shared by its copies: a row of a list asks for several at each painting."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font
