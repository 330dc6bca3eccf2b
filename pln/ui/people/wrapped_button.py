"""Buttons made of words: titles to press, and promises to tick. Plain text on as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pln.ui import fonts, icons, look

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop)
_WIDEST = 560


class WrappedButton(QAbstractButton):
    """Takes the focus by Tab and shows it. indent: room before the words, in pixels at normal text size."""

    indent = 0

    def __init__(self, text: str) -> None:
        super().__init__()
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
        room = QRect(0, 0, max(40, width - look.px(self.indent)), 100_000)
        return max(look.px(20), QFontMetrics(self.words_font()).boundingRect(room, _FLAGS, self.text()).height() + 2)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.words_font()).horizontalAdvance(self.text()) + look.px(self.indent) + 4
        width = min(width, _WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), look.px(self.indent) + 90), look.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.words_font()
        font.setUnderline(self.underMouse() and not self.isCheckable())
        painter.setFont(font)
        painter.setPen(look.colour(self.words_role()))
        side = Qt.AlignmentFlag.AlignLeading
        painter.drawText(self._words(), _FLAGS | int(side), self.text())
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)

    def _words(self) -> QRect:
        indent = look.px(self.indent)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self.rect().adjusted(0 if mirrored else indent, 0, -indent if mirrored else 0, 0)


class TitleButton(WrappedButton):
    """A title that opens what it names."""

    def words_font(self) -> QFont:
        return fonts.sans(14, QFont.Weight.DemiBold)


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
        line = QFontMetrics(self.words_font()).height()
        left = self.width() - size - 1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        spot = QRect(left, max(1, (line - size) // 2 + 1), size, size)
        if self.isChecked():
            icons.paint_icon(painter, spot, "check", "accent")
            return
        painter.setPen(QPen(look.colour("amber" if self._mine else "plum"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(spot).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
