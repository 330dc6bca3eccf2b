"""What the Reading place does as a widget: with keys, with things dropped on it, when it goes out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from pln.model.errors import PlnError
from pln.ui.place import PlaceWidget
from pln.ui.reading.article_pane import ArticlePane
from pln.ui.reading.bringing import Bringing
from pln.ui.reading.desk import Desk
from pln.ui.reading.panes import Panes


class ReadingGround(PlaceWidget):
    """Takes what is dropped, as lists of feeds and addresses, and leaves Space to buttons. Esc goes back by a step."""

    bringing: Bringing
    article_pane: ArticlePane
    desk: Desk
    panes: Panes

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def event(self, event: QEvent) -> bool:
        """Space presses the button that has the focus; only elsewhere it reads on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton)
        ):
            event.accept()
            return True
        return super().event(event)

    def step_back(self) -> bool:
        if self.panes.feeds_wanted and self.panes.narrow:
            self.show_feeds()
            return True
        if self.desk.view.finder.close_bar():
            self.desk.view.view.setFocus()
            return True
        view = self.desk.view
        return view.caret.leave() or view.view.footnotes.go_back() or self.article_pane.close_field()

    def settle(self) -> PlnError | None:
        """The window locks or closes: how far one has read is kept. Nothing is lost where that cannot be."""
        self.desk.view.leave()
        return None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.desk.view.leave()

    def show_feeds(self) -> None:
        """Bring the feed list of a narrow window, or put it away."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.bringing.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.bringing.take(event.mimeData())
