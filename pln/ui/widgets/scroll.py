"""A page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from pln.ui.widgets.boxes import Margins, row


class Page(QScrollArea):
    """A scrolled page. Sideways only where its content cannot get narrower: nothing is ever out of reach.

    max_width: of its content in pixels, 0 for as wide as the window.
    """

    def __init__(self, layout: QLayout, margins: Margins = (32, 26, 32, 26), max_width: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.setContentsMargins(*margins)
        self.content = QWidget()
        self.content.setProperty("role", "scrolled")
        self.content.setLayout(layout)
        self.setWidget(self._centred(max_width) if max_width else self.content)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab also brings what it reaches into sight."""
        moved = super().focusNextPrevChild(forward)
        focused, inside = self.focusWidget(), self.widget()
        if moved and focused is not None and inside is not None and inside.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 24, 24)
        return moved

    def _centred(self, max_width: int) -> QWidget:
        self.content.setMaximumWidth(max_width)
        self.content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer = QWidget()
        outer.setProperty("role", "scrolled")
        outer.setGeometry(QRect(0, 0, max_width, 10))
        box = row(None, top=True, spacing=0)
        box.addWidget(self.content, 100)
        box.addStretch(1)
        outer.setLayout(box)
        return outer
