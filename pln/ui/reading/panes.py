"""How the parts of Reading stand beside one another, in wide windows and in narrow ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pln.ui import look
from pln.ui.reading.article_pane import ArticlePane
from pln.ui.reading.desk import Desk
from pln.ui.reading.feed_list import FeedPane
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.empty import EmptyState

_NARROW = 900
_FEEDS, _LIST, _LIST_NARROW = 206, 316, 268


class Panes(QStackedWidget):
    """Feeds, articles, article; or, without any feed, one sentence and what one can do.

    In a narrow window feeds and articles share one column, so that the text keeps a readable measure.
    """

    def __init__(
        self, feeds: FeedPane, articles: ArticlePane, desk: Desk,
        add: Callable[[], object], bring: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self.feeds, self.articles, self.desk = feeds, articles, desk
        self.feeds_wanted = False
        self._named = ""
        together, beside = QWidget(), QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(feeds)
        beside.addWidget(articles)
        beside.addWidget(desk, 1)
        together.setLayout(beside)
        self.addWidget(together)
        self.teaching = self._teach(add, bring)
        self.addWidget(self.teaching)
        self.arrange()

    def show_feeds(self, wanted: bool) -> None:
        """In a narrow window: bring the feed list, or put it away."""
        self.feeds_wanted = wanted
        self.arrange()

    def name(self, words: str) -> None:
        """Say above the articles what they are, where no line of the feed list does; "" where one does."""
        self._named = words
        self.arrange()

    def show_any(self, any_feed: bool) -> None:
        self.setCurrentIndex(0 if any_feed else 1)

    @property
    def narrow(self) -> bool:
        return self.width() < look.px(_NARROW)

    def arrange(self) -> None:
        narrow = self.narrow
        beside = min(look.px(_LIST_NARROW), self.width() * 2 // 5) if narrow else look.px(_LIST)
        self.feeds.setFixedWidth(max(1, beside) if narrow else look.px(_FEEDS))
        self.articles.setFixedWidth(max(1, beside))
        self.feeds.setVisible(not narrow or self.feeds_wanted)
        self.articles.setVisible(not narrow or not self.feeds_wanted)
        line = self.feeds.list.chosen()
        named = self._named or (line.text if line is not None else "")
        self.articles.show_title(named, narrow=narrow, always=bool(self._named))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.count():
            self.arrange()

    def _teach(self, add: Callable[[], object], bring: Callable[[], object]) -> EmptyState:
        page = EmptyState(
            self.tr("Articles you choose, kept here to be read anywhere. Begin with a feed or a site you like."),
            self.tr("Add a feed"), add, "book-open",
        )  # fmt: skip
        other = button(self.tr("Or bring a list from another reader (OPML)…"), "link", run=bring)
        inside = page.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.insertLayout(inside.count() - 2, row(None, other, None))  # before the stretches at its foot
        if page.button is not None:
            page.setFocusProxy(page.button)
        return page
