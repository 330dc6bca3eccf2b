"""The bar above every place: search, log a meetup, write."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pln.ui import look
from pln.ui.icons import set_icon
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class TopBar(QWidget):
    """The window says what its three buttons do."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "bg")
        self.setProperty("edge", "bottom")
        self.search = self._search_box()
        self.log = button(self.tr("Log a meetup"), icon="coffee")
        self.write = button(self.tr("Write"), icon="feather")
        self.setLayout(row(self.search, None, self.log, self.write, spacing=12, margins=(24, 0, 24, 0)))
        self.setMinimumHeight(look.px(52))

    def bare(self, on: bool) -> None:
        """Nothing in it, for the welcome pages."""
        for made in (self.search, self.log, self.write):
            made.setVisible(not on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = max(180, min(look.px(420), self.width() - look.px(330)))
        self.search.setFixedWidth(width)
        room = width - look.px(16) - self._keys.sizeHint().width() - 44
        self.search.setText(self.search.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, room))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.setMinimumHeight(look.px(52))

    def _search_box(self) -> QPushButton:
        """Looks like a field; pressing it opens the palette, where one types."""
        self._hint = self.tr("Search people, notes, articles, journal")
        box = button(self._hint, "search")
        set_icon(box, "search", "faint", 16, gap=4)
        box.setCursor(Qt.CursorShape.IBeamCursor)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = keys = label(
            QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "), "kbd"
        )
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box.setLayout(row(None, keys, margins=(0, 0, 10, 0)))
        return box
