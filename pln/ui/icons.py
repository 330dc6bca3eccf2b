"""Icons of one family, tinted by a role of the palette and sharp on dense screens."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from pln.system.resources import resource
from pln.ui import look


def icon(name: str, role: str = "ink", size: int = 18) -> QIcon:
    """An icon by its file name without ending, in the look in force. Raises KeyError for an unknown name or role."""
    return _icon(name, look.palette().colour(role), size, 0)


def set_icon(target: QAbstractButton | QAction, name: str, role: str = "ink", size: int = 18, gap: int = 0) -> None:
    """Give a button or an action an icon that follows theme and text size. gap: pixels before its text."""
    target.setProperty("iconGap", gap)
    target.setProperty("iconName", name)
    target.setProperty("iconRole", role)
    target.setProperty("iconPx", size)
    _apply(target)


def retint() -> None:
    """Tint every icon given by `set_icon` for the look in force. The theme calls it."""
    for top in QApplication.topLevelWidgets():
        for found in (top, *top.findChildren(QAbstractButton), *top.findChildren(QAction)):
            if found.property("iconName"):
                _apply(found)


def paint_icon(painter: QPainter, rect: QRect, name: str, role: str = "ink") -> None:
    """Draw an icon into a square: for delegates and widgets that paint themselves."""
    tinted = look.palette().colour(role)
    renderer(name, tinted).render(painter, QRectF(rect))


def _apply(target: QObject) -> None:
    assert isinstance(target, QAbstractButton | QAction)
    size = look.px(int(target.property("iconPx")))
    gap = int(target.property("iconGap"))
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    tinted = look.palette().colour(target.property("iconRole"))
    target.setIcon(_icon(target.property("iconName"), tinted, size, -gap if mirrored else gap))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(size + gap, size))


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, size: int, gap: int) -> QIcon:
    made = QIcon()
    for ratio in _ratios():
        made.addPixmap(_pixmap(name, colour, size, gap, ratio))
    return made


def _pixmap(name: str, colour: str, size: int, gap: int, ratio: int) -> QPixmap:
    """gap: clear pixels to the right of the icon, or to its left where negative."""
    drawn = renderer(name, colour)
    pixmap = QPixmap((size + abs(gap)) * ratio, size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawn.render(painter, QRectF(max(0, -gap) * ratio, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _ratios() -> tuple[int, ...]:
    densest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return (1, 2, 3) if densest > 2 else (1, 2)


@lru_cache(maxsize=512)
def renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


@cache
def _source(name: str) -> str:
    try:
        text = resource("icons", f"{name}.svg").read_text("utf-8")
    except FileNotFoundError as error:
        raise KeyError(name) from error
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')  # 2 looks heavy beside the type at 18 px
