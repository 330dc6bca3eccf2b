"""Removing articles by hand: they stay removed, whatever their feeds bring, until that is undone."""

from __future__ import annotations

from collections.abc import Callable

from pln.services.article_keeping import remove_articles
from pln.services.undo import UndoStep
from pln.ui.reading.article_list import ArticleList
from pln.ui.reading.desk import Desk
from pln.ui.shell import Shell


class Removing:
    """removed: called with the article's id and the one beside it in the list, None where there is no other.

    What is beside is pointed at, so that the key removes it next; it is not opened, and does not count as read.
    """

    def __init__(
        self, shell: Shell, articles: ArticleList, desk: Desk, removed: Callable[[int, int | None], object]
    ) -> None:  # fmt: skip
        self._shell, self._articles, self._desk, self._removed = shell, articles, desk, removed

    def remove_open(self) -> None:
        """Remove the open article, or the one that is pointed at; the toast brings it back."""
        record, ctx = self.wanted(), self._shell.ctx
        if record is None:
            return

        def done(step: UndoStep | None) -> None:
            if step is not None:
                self._shell.toast(step.label, step)
            beside = self._beside(record)
            if self._desk.open_id in (record, None):
                self._desk.close_article()
                self._removed(record, beside)
            else:  # another one was opened meanwhile
                self._removed(record, None)

        self._shell.write(lambda: remove_articles(ctx, [record], origin="reading"), done)

    def wanted(self) -> int | None:
        """What would be removed now."""
        open_id = self._desk.open_id
        return open_id if open_id is not None else self._articles.pointed_id()

    def _beside(self, record: int) -> int | None:
        """The article below in the list, else the one above."""
        ids = self._articles.ids()
        if record not in ids:
            return None
        at = ids.index(record)
        return ids[at + 1] if at + 1 < len(ids) else ids[at - 1] if at else None
