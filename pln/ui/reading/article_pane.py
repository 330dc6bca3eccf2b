"""The middle pane around the list: a field to find in it, and what to say where it is empty or its feed is quiet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pln.services.context import Context
from pln.ui.reading.article_list import ArticleList
from pln.ui.reading.order_button import OrderButton
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.labels import ElidedLabel, IconLabel, label
from pln.ui.widgets.search_field import SearchField


class ArticlePane(QWidget):
    """found: what is typed into the field, "" when it is closed. again: try the quiet feed once more.

    keep: what is looked for, these words, is to stay as a smart folder.
    """

    found = Signal(str)
    again = Signal()
    keep = Signal(str)

    def __init__(self, ctx: Context, show_feeds: Callable[[], object]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "bg")
        self.setProperty("edge", "right")
        self._pages: set[QWidget] = set()
        self.list = ArticleList(self.tr("Articles"), ctx)
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        empty = QWidget()
        empty.setLayout(column(None, self._nothing, None, None, margins=(24, 24, 24, 24)))
        self._stack.addWidget(empty)
        self.field = SearchField(self.tr("Find in these articles"))
        self.field.settled.connect(self.found)
        self.order = OrderButton()
        self._field_row = pane(
            row(Grow(self.field), self._keeper(), self.order, spacing=2, margins=(12, 10, 8, 10)), edge="bottom"
        )
        self._field_row.hide()
        self._title = ElidedLabel("", "strong")
        self._back = icon_button("panel-left", self.tr("Show the feeds"), run=show_feeds)
        self._keep = self._keeper()
        self._head = pane(
            row(self._back, Grow(self._title), self._keep, spacing=6, margins=(14, 7, 8, 7)), edge="bottom"
        )
        self._sentence = label("", "muted", wrap=True)
        retry = button(self.tr("Try again"), "link", run=self.again.emit)
        self._notice = pane(
            row(IconLabel("circle-alert", "amber", 16), Grow(column(self._sentence, row(retry, None), spacing=4)),
                spacing=10, margins=(14, 10, 14, 8), top=True), edge="bottom",
        )  # fmt: skip
        self._notice.hide()
        self.setLayout(column(self._head, self._field_row, self._notice, Grow(self._stack), spacing=0))

    def show_title(self, title: str, *, narrow: bool, always: bool = False) -> None:
        """narrow: the feed list is out of sight, so the head says what is listed and brings it back.

        always: the feed list, though in sight, does not say what is listed.
        """
        self._title.setText(title)
        self._back.setVisible(narrow)
        self._keep.setVisible(always)
        self._head.setVisible(narrow or always)

    def keep_search(self) -> None:
        self.keep.emit(self.field.text())

    def _keeper(self) -> QPushButton:
        return icon_button("folder-plus", self.tr("Keep it as a smart folder…"), run=self.keep_search)

    def heading(self) -> str:
        """What stands above the list, "" where nothing does."""
        return "" if self._head.isHidden() else self._title.text()

    def show_instead(self, page: QWidget | None) -> None:
        """Another page in place of all below the title; None for the articles."""
        for each in (self._field_row, self._notice, self._stack) if page is not None else (self._stack,):
            each.setVisible(page is None)
        if page is not None and page.parent() is not self:
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.addWidget(page, 1)
        for other in self._pages | ({page} if page is not None else set()):
            other.setVisible(other is page)
        self._pages |= {page} if page is not None else set()

    def show_state(self, empty: str, sentence: str) -> None:
        """empty: what to say where nothing is listed. sentence: why the feed is quiet, "" where it is not."""
        self._nothing.setText(empty)
        self._stack.setCurrentIndex(0 if self.list.ids() else 1)
        self._sentence.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def open_field(self) -> None:
        self._field_row.show()
        self.field.setFocus()
        self.field.selectAll()

    def close_field(self) -> bool:
        """Close the field; False where it was not open."""
        if self._field_row.isHidden():
            return False
        if self.field.hasFocus():
            self.list.setFocus()
        self._field_row.hide()
        self.field.clear()
        return True
