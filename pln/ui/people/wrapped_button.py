"""Buttons made of words: titles to press, and promises to tick. Plain text on as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pln.ui import fonts, icons, look

_WIDEST = 560
_AIR = 1.2  # as paragraphs have it


class WrappedButton(QAbstractButton):
    """Takes the focus by Tab and shows it. indent: room before the words, in pixels at normal text size."""

    indent = 0

    def __init__(self, text: str) -> None:
        super().__init__()
        self._asked: tuple[tuple[int, str, int], int] = ((-1, "", 0), 0)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words_font(self) -> QFont:
        return fonts.sans(14)

    def words_role(self) -> str:
        return "ink"

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        asked = (width, self.text(), look.px(1000))
        if asked != self._asked[0]:  # layouts ask for the same width again and again
            laid = self._laid(width - look.px(self.indent))
            self._asked = asked, max(1, laid.lineCount()) * self._line_height()
        return self._asked[1]

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.words_font()).horizontalAdvance(self.text()) + look.px(self.indent) + 4
        width = min(width, _WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), look.px(self.indent) + 90), self._line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour(self.words_role()))
        words = self._words()
        self._laid(words.width()).draw(painter, QPointF(words.topLeft()))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)

    def _laid(self, width: int) -> QTextLayout:
        """The words on their lines, broken between words where they can be."""
        font = self.words_font()
        font.setUnderline(self.underMouse() and not self.isCheckable())
        laid = QTextLayout(self.text().replace("\n", " "), font)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        laid.setTextOption(option)
        height, air = self._line_height(), (self._line_height() - QFontMetrics(font).height()) / 2
        laid.beginLayout()
        while (line := laid.createLine()).isValid():
            line.setLineWidth(max(40, width))
            line.setPosition(QPointF(0, (laid.lineCount() - 1) * height + air))
        laid.endLayout()
        return laid

    def _line_height(self) -> int:
        return round(QFontMetrics(self.words_font()).height() * _AIR)

    def _words(self) -> QRect:
        indent = look.px(self.indent)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self.rect().adjusted(0 if mirrored else indent, 0, -indent if mirrored else 0, 0)


class TitleButton(WrappedButton):
    """A title that opens what it names."""

    def words_font(self) -> QFont:
        return fonts.sans(14, QFont.Weight.DemiBold)


class WhisperButton(WrappedButton):
    """Something quiet to do."""

    def words_font(self) -> QFont:
        return fonts.sans(13)

    def words_role(self) -> str:
        return "accent" if self.underMouse() else "muted"


class TickBox(WrappedButton):
    """A promise with its box: amber for the owner's, plum for theirs; once done a check, and the words struck out."""

    indent = 26

    def __init__(self, text: str, *, mine: bool, done: bool, name: str) -> None:
        super().__init__(text)
        self._mine = mine
        self.setCheckable(True)
        self.setChecked(done)
        self.setAccessibleName(name)

    def words_font(self) -> QFont:
        font = fonts.sans(14)
        font.setStrikeOut(self.isChecked())
        return font

    def words_role(self) -> str:
        return "muted" if self.isChecked() else "ink"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(16)
        line = self._line_height()
        left = self.width() - size - 1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        spot = QRect(left, max(0, (line - size) // 2), size, size)
        if self.isChecked():
            icons.paint_icon(painter, spot, "check", "accent")
            return
        painter.setPen(QPen(look.colour("amber" if self._mine else "plum"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(spot).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
