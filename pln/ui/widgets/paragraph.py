"""Plain text over several lines, with more air between them than a QLabel gives."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

_AIR = 1.2  # of the font's own line height
_WIDEST = 520
_NARROWEST = 90
_LONGEST = 20_000  # characters; breaking more into lines would stop the window


class Paragraph(QLabel):
    """A wrapped text. Alone on a line of a row it asks for the width of its words, up to a readable measure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._broken_for: tuple[str, int, str] | None = None
        self._kept: list[str] = []
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        widest = max((self.fontMetrics().horizontalAdvance(line) for line in self._shown().split("\n")), default=0)
        width = min(widest + 2, _WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), _NARROWEST), self._line_height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self.ensurePolished()
        return max(1, len(self._lines(width))) * self._line_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        height = self._line_height()
        flags = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignVCenter
        for number, text in enumerate(self._lines(self.width())):
            painter.drawText(0, number * height, self.width(), height, int(flags | Qt.TextFlag.TextSingleLine), text)

    def _line_height(self) -> int:
        return round(self.fontMetrics().height() * _AIR)

    def _lines(self, width: int) -> list[str]:
        """What is drawn line by line. Kept, as a layout asks many times for the height of the same text."""
        wanted = (self.text(), width, self.font().key())
        if wanted != self._broken_for:
            self._broken_for = wanted
            self._kept = [line for part in self._shown().split("\n") for line in self._broken(part, width)]
        return self._kept

    def _shown(self) -> str:
        text = self.text()
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _broken(self, text: str, width: int) -> list[str]:
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, 0))
            found.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        return found or [""]
