"""What a row of a list shows, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from pln.ui import fonts, icons, look
from pln.ui.widgets.avatar import paint_avatar


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLook:
    """Everything but the title may stay empty.

    over: a muted line above the title (a date, a feed). second: a muted line below. hint: at the right ("9 d").
    section: a heading above the row that begins a group. avatar: a name for the disc.
    icon: at the right of the first line. dot: a mark before the first line, full for True, faint for False.
    strong: the title in bold. lines: of the title at most. mark: an icon in place of the avatar.
    lined: a hairline below.
    """

    title: str
    second: str = ""
    over: str = ""
    hint: str = ""
    section: str = ""
    avatar: str = ""
    icon: str = ""
    dot: bool | None = None
    strong: bool = True
    lines: int = 1
    mark: str = ""
    lined: bool = True


PAD_X, PAD_Y, DISC, MARK = 14, 10, 34, 32
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_KNOWN_MOST = 1000
_known: dict[tuple[object, ...], tuple[int, ...]] = {}  # numbers alone: no text outlives its list here


def row_height(row: RowLook, width: int) -> int:
    """Pixels that a row needs at this width, its section heading included."""
    return _section_height(row) + _body_height(row, width)


def paint_row(painter: QPainter, rect: QRect, row: RowLook, *, selected: bool, focused: bool, mirrored: bool) -> None:
    """Draw a row into its rectangle."""
    body = rect.adjusted(0, _section_height(row), 0, 0)
    if row.section:
        _section(painter, rect, row.section)
    if selected:
        painter.fillRect(body, look.colour("sel"))
    if row.lined:
        painter.fillRect(QRect(body.left(), body.bottom(), body.width(), 1), look.colour("line"))
    if focused:
        _ring(painter, body)
    _Drawn(painter, body, mirrored).draw(row)


class _Drawn:
    """Draws from the leading edge to the trailing one, mirrored where the script runs from right to left."""

    def __init__(self, painter: QPainter, body: QRect, mirrored: bool) -> None:
        self._painter, self._body, self._mirrored = painter, body, mirrored

    def draw(self, row: RowLook) -> None:
        inner = self._body.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
        if row.avatar:
            disc = QRect(inner.left(), inner.center().y() - DISC // 2, DISC, DISC)
            paint_avatar(self._painter, self._flip(disc), row.avatar)
            inner.setLeft(inner.left() + DISC + 10)
        elif row.mark:
            spot = QRect(inner.left() + 2, inner.center().y() - 8, 18, 18)
            icons.paint_icon(self._painter, self._flip(spot), row.mark, "muted")
            inner.setLeft(inner.left() + MARK)
        hint_right = 0
        if row.hint and not row.over:
            hint_right = self._hint(inner, row.hint)
            inner.setRight(inner.right() - hint_right)
        if row.over:
            self._over(inner, row)
            inner.setTop(inner.top() + _line(12.5))
        elif row.icon:
            self._icon(inner, row.icon)
        lines = _broken(row, inner.width())
        for text in lines:
            self._text(inner, text, _title_font(row.strong), "ink")
            inner.setTop(inner.top() + _line(14))
        if row.second:
            self._text(inner, row.second, fonts.sans(12.5), "muted")

    def _over(self, inner: QRect, row: RowLook) -> None:
        first = QRect(inner.left(), inner.top(), inner.width(), _line(12.5))
        if row.icon:
            self._icon(first, row.icon)
            first.setRight(first.right() - 22)
        if row.hint:
            first.setRight(first.right() - self._hint(first, row.hint))
        if row.dot is not None:
            self._dot(first, row.dot)
            first.setLeft(first.left() + 16)
        self._text(first, row.over, fonts.sans(12.5), "muted")

    def _hint(self, inner: QRect, hint: str) -> int:
        font = fonts.sans(12.5)
        width = min(QFontMetrics(font).horizontalAdvance(hint), inner.width() // 2)
        self._text(
            QRect(inner.right() - width, inner.top(), width + 1, inner.height()), hint, font, "faint", whole=True
        )
        return width + 10

    def _icon(self, inner: QRect, name: str) -> None:
        spot = QRect(inner.right() - 15, inner.top() + (_line(12.5) - 16) // 2, 16, 16)
        icons.paint_icon(self._painter, self._flip(spot), name, "muted")

    def _dot(self, inner: QRect, full: bool) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(look.colour("accent" if full else "line"))
        self._painter.drawEllipse(self._flip(QRect(inner.left(), inner.center().y() - 3, 8, 8)))

    def _text(self, spot: QRect, text: str, font: QFont, role: str, whole: bool = False) -> None:
        metrics = QFontMetrics(font)
        height = spot.height() if whole else metrics.height() + 2
        line = self._flip(QRect(spot.left(), spot.top(), spot.width(), height))
        self._painter.setFont(font)
        self._painter.setPen(look.colour(role))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, line.width())
        self._painter.drawText(line, int(_FLAGS | side | Qt.AlignmentFlag.AlignAbsolute), shown)

    def _flip(self, spot: QRect) -> QRect:
        if self._mirrored:
            spot = QRect(spot)
            spot.moveRight(self._body.right() - (spot.left() - self._body.left()))
        return spot


def _section(painter: QPainter, rect: QRect, text: str) -> None:
    painter.setFont(fonts.sans(12.5))
    painter.setPen(look.colour("faint"))
    spot = QRect(rect.left() + PAD_X, rect.top() + 6, rect.width() - 2 * PAD_X, look.px(28))
    painter.drawText(spot, int(_FLAGS | Qt.AlignmentFlag.AlignLeading), text.upper())


def _ring(painter: QPainter, body: QRect) -> None:
    painter.save()
    pen = painter.pen()
    pen.setColor(look.colour("accent"))
    pen.setWidth(2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(body.adjusted(1, 1, -1, -2))
    painter.restore()


def _section_height(row: RowLook) -> int:
    return look.px(28) + 10 if row.section else 0


def _body_height(row: RowLook, width: int) -> int:
    inside = width - 2 * PAD_X - (DISC + 10 if row.avatar else MARK if row.mark else 0)
    text = len(_broken(row, inside)) * _line(14) + sum(_line(12.5) for part in (row.over, row.second) if part)
    return max(text, DISC if row.avatar else 0) + 2 * PAD_Y + 1


def _title_font(strong: bool) -> QFont:
    return fonts.sans(14, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)


def _line(size: float) -> int:
    return look.px(size * 1.42)


def _broken(row: RowLook, width: int) -> list[str]:
    """The title in its lines; the last one holds the rest and is cut where it is drawn.

    Always broken as if it were bold: a row keeps its height where that ends, and what is below stays where it is.
    """
    title = row.title.replace("\n", " ")
    if row.lines == 1 or len(title) < 16:
        return [title]
    starts = _starts(title, row.lines, width)
    return [title[a:b] for a, b in zip(starts, [*starts[1:], len(title)], strict=True)]


def _starts(title: str, lines: int, width: int) -> tuple[int, ...]:
    """Where its lines begin. Every row in sight is asked several times, at each painting, so it is kept for a while."""
    key = (hash(title), len(title), lines, width, look.px(14))
    found = _known.get(key)
    if found is None:
        if len(_known) >= _KNOWN_MOST:
            _known.clear()
        found = _known[key] = _laid_out(title, lines, width)
    return found


def _laid_out(title: str, lines: int, width: int) -> tuple[int, ...]:
    layout = QTextLayout(title, _title_font(strong=True))
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid() and len(starts) < lines:
        line.setLineWidth(max(40, width))
        starts.append(line.textStart())
    layout.endLayout()
    return tuple(starts)
