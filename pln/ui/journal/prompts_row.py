"""Questions at the foot of the page, for when one is stuck. None needs an answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pln.ui import look
from pln.ui.widgets.boxes import clear, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.chips import chip_button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label, set_tip


class PromptsRow(QWidget):
    """taken: a question to write from. passed: questions that do not fit now."""

    taken = Signal(str)
    passed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._flow = FlowLayout(spacing=8)
        self.others = button(self.tr("Others"), "whisper", run=lambda: self.passed.emit(list(self._texts)))
        set_tip(self.others, self.tr("Pass over these questions"))
        lines = row(label(self.tr("Stuck? Try"), "faint"), spacing=12, top=True)
        lines.addLayout(self._flow, 1)
        self.setLayout(column(hairline(), lines, spacing=14))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_prompts(self, texts: Sequence[str]) -> None:
        """Show these questions; the row hides where there are none."""
        self._texts = list(texts)
        self._flow.removeWidget(self.others)
        clear(self._flow)
        for text in texts:
            self._flow.addWidget(self._chip(text))
        self._flow.addWidget(self.others)
        self.setVisible(bool(texts))
        self.updateGeometry()
        self._fit()

    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A question that is longer than the line is cut at its end; its tooltip has the whole."""
        room = self._flow.geometry().width() - look.px(24)
        for made in self.findChildren(QPushButton):
            question = made.property("question")
            if question and room > 0:
                shown = made.fontMetrics().elidedText(question, Qt.TextElideMode.ElideRight, room)
                made.setText(shown.replace("&", "&&"))

    def _chip(self, text: str) -> QPushButton:
        made = chip_button(text, run=lambda: self.taken.emit(text))
        set_tip(made, self.tr("%1 (Enter writes from this question, Delete passes it over.)").replace("%1", text))
        made.setProperty("question", text)
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self.passed.emit([watched.property("question")])
            return True
        return super().eventFilter(watched, event)
