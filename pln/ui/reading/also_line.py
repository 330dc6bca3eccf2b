"""A quiet line above an article: the other feeds that tell the same story, each a way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pln.model.feed import ArticleRow
from pln.ui.widgets.boxes import column
from pln.ui.widgets.buttons import button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label

NOBODY: Mapping[int, str] = MappingProxyType({})
_NAMED = 3
_LONGEST = 32


class AlsoLine(QWidget):
    """wanted: the id of the feed that was pressed."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.links: tuple[QPushButton, ...] = ()
        self._voices: Mapping[int, str] = {}
        self._inside: QWidget | None = None
        self._line = column(spacing=0)
        self.setLayout(self._line)
        self.hide()

    def show_of(self, sources: Sequence[ArticleRow], voices: Mapping[int, str] = NOBODY) -> None:
        """sources: an article of each of the other feeds; the line is out of sight where there is none.

        voices: whose feeds they are, by feed.
        """
        self._voices = voices
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        named, rest = (sources, ()) if len(sources) <= _NAMED + 1 else (sources[:_NAMED], sources[_NAMED:])
        self.links = tuple(self._link(each) for each in named)
        more = [self._more(rest)] if rest else []
        self._inside = QWidget()
        self._inside.setLayout(FlowLayout(label(self.tr("Also in"), "faint"), *self.links, *more, spacing=10))
        self._line.addWidget(self._inside)
        self.setVisible(bool(sources))

    def align(self, side: int) -> None:
        """Stand in line with the text."""
        self._line.setContentsMargins(side, 0, side, 6)

    def menu_of(self, rest: Sequence[ArticleRow], below: QPushButton) -> QMenu:
        """Open the menu of those that have no room in the line; returned for tests."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for each in rest:
            action = menu.addAction(self._name(each).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, feed=each.feed_id: self.wanted.emit(feed))
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))
        return menu

    def _link(self, source: ArticleRow) -> QPushButton:
        name = self._name(source)
        made = button(name, "link", run=lambda: self.wanted.emit(source.feed_id))
        made.setAccessibleName(self.tr("The same story in %1").replace("%1", name))
        return made

    def _name(self, source: ArticleRow) -> str:
        """ "Elin Berg · Edges": whose voice it is, and the feed, where that does not say it already."""
        voice = self._voices.get(source.feed_id, "")
        if not voice or voice in source.feed_title:
            return _short(source.feed_title)
        return f"{_short(voice)} · {_short(source.feed_title)}"

    def _more(self, rest: Sequence[ArticleRow]) -> QPushButton:
        made = button(self.tr("and %1 more").replace("%1", str(len(rest))), "link")
        made.clicked.connect(lambda _checked=False: self.menu_of(rest, made))
        return made


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
