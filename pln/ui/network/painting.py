"""Drawing the map: faint lines first, then dots, then words. Colours and sizes are those of the look in force."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from pln.services.map import GroupKind, MapDot, MapGroup, NetworkMap
from pln.ui import fonts, look
from pln.ui.network.words import group_name

HUES = ("accent", "blue", "amber", "plum", "red", "ink")
_BY_KIND = {
    GroupKind.MONTH: "accent", GroupKind.SEASON: "blue", GroupKind.YEAR: "plum", GroupKind.LONGER: "faint",
    GroupKind.NEVER: "faint", GroupKind.OTHERS: "muted", GroupKind.NONE: "faint",
}  # fmt: skip
_RADII = (4.0, 5.0, 6.5, 8.0)
_ALL_NAMED = 24  # up to so many people every name is written
_CROWD = 150
_MANY_LINES = 300
_LABEL_GAP = 16


def radius(size: int, people: int) -> float:
    """Of a dot, in pixels. people: how many there are; a crowd is drawn smaller."""
    crowd = 1.0 if people <= _CROWD else 0.8 if people <= 4 * _CROWD else 0.6
    return look.px(_RADII[size] * 2) / 2 * crowd


def hue(groups: tuple[MapGroup, ...], number: int) -> str:
    """The role of a group's colour. The label says what it means; the colour only helps the eye."""
    kind = groups[number].kind
    return HUES[number % len(HUES)] if kind is GroupKind.NAMED else _BY_KIND[kind]


def paint_ground(painter: QPainter, frame: QRectF, shown: NetworkMap, pair: tuple[int, int] | None) -> None:
    """Draw everything that stays while one looks around. pair: whom to join by a dashed line and to name."""
    spots = {dot.person_id: _at(frame, dot.x, dot.y) for dot in shown.dots}
    reaches = {dot.person_id: radius(dot.size, len(shown.dots)) for dot in shown.dots}
    joined = pair if pair is not None and all(who in spots for who in pair) else None
    _lines(painter, shown, spots)
    for dot in shown.dots:
        _dot(painter, spots[dot.person_id], reaches[dot.person_id], dot, shown.groups)
    if joined is not None:
        _dashed(painter, spots[joined[0]], spots[joined[1]])
        for dot in shown.dots:
            if dot.person_id in joined:
                _halo(painter, spots[dot.person_id], reaches[dot.person_id])
                _dot(painter, spots[dot.person_id], reaches[dot.person_id], dot, shown.groups)
    taken = [_around(spots[who], reach) for who, reach in reaches.items()]
    taken += [_label(painter, frame, group) for group in shown.groups]
    for dot in _named(shown, joined):
        strong = joined is not None and dot.person_id in joined
        _name(painter, frame, dot, spots[dot.person_id], reaches[dot.person_id], taken, strong=strong)


def paint_pointed(painter: QPainter, frame: QRectF, dot: MapDot, people: int) -> None:
    """Ring a person and show their whole name, over everything else. people: how many there are on the map."""
    spot, reach = _at(frame, dot.x, dot.y), radius(dot.size, people)
    _ring(painter, spot, reach)
    _card(painter, frame, spot, reach, dot)


def _at(frame: QRectF, x: float, y: float) -> QPointF:
    return QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height())


def _around(spot: QPointF, reach: float) -> QRectF:
    return QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)


def _lines(painter: QPainter, shown: NetworkMap, spots: dict[int, QPointF]) -> None:
    path = QPainterPath()
    for one, other in shown.lines:
        path.moveTo(spots[one])
        path.lineTo(spots[other])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink = look.colour("line")
    ink.setAlpha(255 if len(shown.lines) <= _MANY_LINES else 120)
    painter.setPen(QPen(ink, 1.0))
    painter.drawPath(path)


def _dashed(painter: QPainter, one: QPointF, other: QPointF) -> None:
    pen = QPen(look.colour("plum"), 1.6)
    pen.setDashPattern([3.0, 2.2])
    painter.setPen(pen)
    painter.drawLine(one, other)


def _dot(painter: QPainter, spot: QPointF, reach: float, dot: MapDot, groups: tuple[MapGroup, ...]) -> None:
    """Filled with the colour of the first circle, ringed with that of the second; hollow where never in touch."""
    tint = look.colour(hue(groups, dot.groups[0]))
    second = look.colour(hue(groups, dot.groups[1])) if len(dot.groups) > 1 else None
    painter.setBrush(tint if dot.last else look.colour("bg"))
    painter.setPen(QPen(second or tint, 2 if second else 1.4) if second or not dot.last else Qt.PenStyle.NoPen)
    painter.drawEllipse(spot, reach, reach)


def _halo(painter: QPainter, spot: QPointF, reach: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("bg"))
    painter.drawEllipse(spot, reach + 2.5, reach + 2.5)


def _label(painter: QPainter, frame: QRectF, group: MapGroup) -> QRectF:
    """The name of a group, kept inside the frame. Returns where it stands."""
    font = fonts.sans(13, QFont.Weight.DemiBold)
    measure = QFontMetricsF(font)
    text = measure.elidedText(group_name(group), Qt.TextElideMode.ElideRight, min(look.px(190), frame.width() / 3))
    wide, high = measure.horizontalAdvance(text) + 2, measure.height()
    spot = _at(frame, group.x, group.y)
    top = spot.y() - look.px(_LABEL_GAP) - high if group.above else spot.y() + look.px(_LABEL_GAP)
    box = _inside(QRectF(spot.x() - wide / 2, top, wide, high), frame)
    _write_over_dots(painter, box, text, font)
    return box


def _named(shown: NetworkMap, pair: tuple[int, int] | None) -> list[MapDot]:
    """Those whose name is written: the pair first, and everybody where there are few."""
    first = [dot for dot in shown.dots if pair is not None and dot.person_id in pair]
    rest = [dot for dot in shown.dots if dot not in first] if len(shown.dots) <= _ALL_NAMED else []
    return first + rest


def _name(
    painter: QPainter, frame: QRectF, dot: MapDot, spot: QPointF, reach: float, taken: list[QRectF], *, strong: bool
) -> None:
    """A name beside, left of, below or above its dot, where nothing else stands; without room it is left out.

    A strong one is written in any case, on a ground of its own.
    """
    font = fonts.sans(13 if strong else 12.5, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    measure = QFontMetricsF(font)
    text = measure.elidedText(dot.first_name, Qt.TextElideMode.ElideRight, look.px(120))
    boxes = _beside(spot, reach + 4, measure.horizontalAdvance(text) + 2, measure.height())
    free = [box for box in boxes if frame.contains(box) and not any(box.intersects(other) for other in taken)]
    if not free and not strong:
        return
    box = free[0] if free else _inside(boxes[0], frame)
    if strong:  # the dashed line may run below it
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bg"))
        painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 5, 5)
    _write(painter, box, text, font, look.colour("ink" if strong else "muted"))
    taken.append(box)


def _beside(spot: QPointF, reach: float, wide: float, high: float) -> tuple[QRectF, ...]:
    return (
        QRectF(spot.x() + reach, spot.y() - high / 2, wide, high),
        QRectF(spot.x() - reach - wide, spot.y() - high / 2, wide, high),
        QRectF(spot.x() - wide / 2, spot.y() + reach, wide, high),
        QRectF(spot.x() - wide / 2, spot.y() - reach - high, wide, high),
    )


def _ring(painter: QPainter, spot: QPointF, reach: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.drawEllipse(spot, reach + 4, reach + 4)


def _card(painter: QPainter, frame: QRectF, spot: QPointF, reach: float, dot: MapDot) -> None:
    """The whole name on a small card above the dot, over everything else."""
    font, small = fonts.sans(13, QFont.Weight.DemiBold), fonts.sans(12)
    name = QFontMetricsF(font).elidedText(dot.name, Qt.TextElideMode.ElideRight, min(look.px(260), frame.width() - 40))
    wide = max(QFontMetricsF(font).horizontalAdvance(name), QFontMetricsF(small).horizontalAdvance(dot.last)) + 22
    first, second = QFontMetricsF(font).height(), QFontMetricsF(small).height() if dot.last else 0.0
    high = first + second + 12
    away = reach + 9
    top = spot.y() - away - high if spot.y() - away - high > frame.top() else spot.y() + away
    box = _inside(QRectF(spot.x() - wide / 2, top, wide, high), frame)
    painter.setPen(QPen(look.colour("line"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(box, 8, 8)
    words = box.adjusted(0, 6, 0, -6)
    _write(painter, QRectF(words.left(), words.top(), wide, first), name, font, look.colour("ink"))
    if dot.last:
        _write(painter, QRectF(words.left(), words.top() + first, wide, second), dot.last, small, look.colour("muted"))


def _write(painter: QPainter, box: QRectF, text: str, font: QFont, ink: QColor) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)


def _write_over_dots(painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
    """The text of a label with a thin edge of the ground's colour, so that it reads across a dot or a line."""
    path = QPainterPath()
    path.addText(QPointF(box.left() + 1, box.top() + QFontMetricsF(font).ascent()), font, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("bg"), 4, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    _write(painter, box, text, font, look.colour("muted"))


def _inside(box: QRectF, frame: QRectF) -> QRectF:
    """The box moved so that it lies inside the frame."""
    left = min(max(box.left(), frame.left() + 2), frame.right() - box.width() - 2)
    top = min(max(box.top(), frame.top() + 2), frame.bottom() - box.height() - 2)
    return QRectF(left, top, box.width(), box.height())
