"""What can be done with one article of the list, open or not: the menu of the right mouse button and the menu key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from pln.services.article_keeping import remove_articles
from pln.services.reading import get_article
from pln.services.undo import UndoStep
from pln.ui.reading.article_list import ArticleList
from pln.ui.reading.desk import Desk
from pln.ui.reading.removing import Removing
from pln.ui.reading.tagging import Tagging
from pln.ui.shell import Shell


class HasArticles(Protocol):
    """The place, as this menu sees it."""

    articles: ArticleList
    desk: Desk
    removing: Removing
    tagging: Tagging

    def mark_below_read(self, record: int | None = None) -> None: ...

    def mark_all_read(self) -> None: ...

    def refresh(self) -> None: ...


class ArticleMenu(QObject):
    """Looking at the menu opens nothing, so that what is unread stays unread."""

    def __init__(self, shell: Shell, place: HasArticles) -> None:
        super().__init__(place.articles)
        self._shell, self._place = shell, place
        place.articles.menu.connect(self.show_for)

    def show_for(self, record: int, spot: QPoint) -> QMenu | None:
        """Open the menu of an article; returned for tests."""
        listed = self._place.articles.row(record)
        if listed is None:
            return None
        window: QWidget = self._place.articles
        menu, desk, unread = QMenu(window), self._place.desk, record in self._place.desk.unread
        menu.aboutToHide.connect(menu.deleteLater)
        starred, later = listed.starred, listed.later
        self._add(menu, self._star_words(starred), lambda: desk.set_star(record, not starred))
        self._add(menu, self._later_words(later), lambda: desk.set_later(record, not later))
        self._add(menu, self._read_words(unread), lambda: desk.set_read(unread, record))
        self._add(menu, self.tr("Tags…"), lambda: self._place.tagging.edit(record))
        menu.addSeparator()
        self._add(menu, self.tr("Mark all below this one read"), lambda: self._place.mark_below_read(record))
        self._add(menu, self.tr("Mark all in the list read"), self._place.mark_all_read)
        menu.addSeparator()
        url = get_article(self._shell.ctx, record).url
        if url:
            self._add(menu, self.tr("Open in the browser"), lambda: self._shell.open_link(url))
        self._add(menu, self.tr("Remove the article"), lambda: self._remove(record))
        menu.popup(spot)
        return menu

    def _remove(self, record: int) -> None:
        """The open one as by key; another without a change to what is open. The toast brings it back."""
        ctx = self._shell.ctx
        if record == self._place.desk.open_id:
            self._place.removing.remove_open()
            return

        def removed(step: UndoStep | None) -> None:
            if step is not None:
                self._shell.toast(step.label, step)
                self._place.refresh()

        self._shell.write(lambda: remove_articles(ctx, [record], origin="reading"), removed)

    def _star_words(self, starred: bool) -> str:
        return self.tr("Take the star away") if starred else self.tr("Save with a star")

    def _later_words(self, later: bool) -> str:
        return self.tr("No longer read later") if later else self.tr("Read later")

    def _read_words(self, unread: bool) -> str:
        return self.tr("Mark read") if unread else self.tr("Keep unread")

    def _add(self, menu: QMenu, words: str, run: Callable[[], object]) -> None:
        menu.addAction(words).triggered.connect(lambda _checked=False: run())
