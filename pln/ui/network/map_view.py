"""The map itself: dots, lines and labels, with a mouse or with the keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pln.services.map import MapDot, NetworkMap
from pln.ui.network.painting import paint_ground, paint_pointed, radius
from pln.ui.network.words import group_name

_REACH = 7  # pixels around a dot that still count as it


class MapView(QWidget):
    """chosen: brings the id of the person to open.

    Tab goes into the map; right and left go from person to person, down and up from group to group; Enter opens.
    The accessible name tells the person one stands on.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._map: NetworkMap | None = None
        self._pair: tuple[int, int] | None = None
        self._hovered: int | None = None
        self._ground: QPixmap | None = None
        self._at = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_map(self, shown: NetworkMap, pair: tuple[int, int] | None) -> None:
        """pair: ids of two people who might like to meet. Whoever one stands on stays so where they are still there."""
        here = self.current()
        self._map, self._pair, self._hovered, self._ground = shown, pair, None, None
        ids = [dot.person_id for dot in shown.dots]
        self._at = ids.index(here.person_id) if here is not None and here.person_id in ids else 0
        self._tell()
        self.update()

    def map(self) -> NetworkMap | None:
        return self._map

    def current(self) -> MapDot | None:
        """Whom the keyboard stands on."""
        return self._map.dots[self._at] if self._map is not None and self._map.dots else None

    def hovered(self) -> MapDot | None:
        """Whom the mouse is on."""
        return None if self._hovered is None or self._map is None else self._map.dots[self._hovered]

    def spot(self, dot: MapDot) -> QPointF:
        """Where a person is drawn, in pixels."""
        return QPointF(dot.x * self.width(), dot.y * self.height())

    def sizeHint(self) -> QSize:
        return QSize(760, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._map is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn(self._map))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pointed in (self.current() if self.hasFocus() else None, self.hovered()):
            if pointed is not None:
                paint_pointed(painter, QRectF(self.rect()), pointed, len(self._map.dots))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._ground = None  # theme and text size change everything that is drawn

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if found is not None and self._map is not None:
            self._at = found
            self._tell()
            self.chosen.emit(self._map.dots[found].person_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.current()
        if here is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(here.person_id)
        elif (to := self._step(event.key())) is not None:
            self._at = to
            self._tell()
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _drawn(self, shown: NetworkMap) -> QPixmap:
        """The map without what one points at: drawing hundreds of people anew at each step would be felt."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, QRectF(self.rect()), shown, self._pair)
            painter.end()
        return self._ground

    def _step(self, key: int) -> int | None:
        """The number of the dot that a key leads to."""
        assert self._map is not None
        last = len(self._map.dots) - 1
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        steps = {forward: min(last, self._at + 1), back: max(0, self._at - 1), Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self._other_group(1 if key == Qt.Key.Key_Down else -1)
        return steps.get(Qt.Key(key))

    def _other_group(self, by: int) -> int:
        """The first person of the next group, or of the one before."""
        assert self._map is not None
        begins: dict[int, int] = {}
        for number, dot in enumerate(self._map.dots):
            begins.setdefault(dot.groups[0], number)
        order = list(begins)
        wanted = order.index(self._map.dots[self._at].groups[0]) + by
        return begins[order[wanted]] if 0 <= wanted < len(order) else self._at

    def _under(self, point: QPointF) -> int | None:
        """The number of the nearest dot that the point is on."""
        found, least = None, float("inf")
        dots = self._map.dots if self._map is not None else ()
        for number, dot in enumerate(dots):
            away = self.spot(dot) - point
            distance = (away.x() ** 2 + away.y() ** 2) ** 0.5 - radius(dot.size, len(dots))
            if distance < min(least, _REACH):
                found, least = number, distance
        return found

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.setCursor(Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _tell(self) -> None:
        here = self.current()
        self.setAccessibleName(self.tr("Map of your people") if here is None else self._said(here))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _said(self, dot: MapDot) -> str:
        assert self._map is not None
        groups = ", ".join(group_name(self._map.groups[number]) for number in dot.groups)
        last = self.tr("last in touch %1").replace("%1", dot.last) if dot.last else self.tr("not in touch yet")
        count = self.tr("%1 of %2 on the map").replace("%1", str(self._at + 1)).replace("%2", str(len(self._map.dots)))
        return f"{dot.name}. {groups}. {last}. {count}."
