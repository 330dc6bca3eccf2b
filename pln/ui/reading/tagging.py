"""The tags of the open article: shown above it, changed in a small dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pln.model.changes import ChangeSet, Noun
from pln.services.article_tags import article_tags, tag_article
from pln.services.reading import ArticlePage, article_page
from pln.services.undo import UndoStep
from pln.ui.reading.article_view import ArticleView
from pln.ui.reading.wish_form import feed_tag_field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


class Tagging(QObject):
    """Keeps the line of tags above the article true, whoever changes them: a rule, another window, an undo."""

    def __init__(self, shell: Shell, view: ArticleView) -> None:
        super().__init__(view)
        self._shell, self._view = shell, view
        view.tags.edit.connect(lambda: self.edit())
        stop: Callable[[], None] = shell.subscribe(self._hear)
        self.destroyed.connect(lambda _gone=None: stop())

    def edit(self, record: int | None = None) -> None:
        """Ask for the tags of the open article, or of another one."""
        page = self._view.page if record is None else article_page(self._shell.ctx, record)
        if page is not None:
            own = article_tags(self._shell.ctx, page.article.id)
            TagDialog(self._shell, self._view.window(), page, own, self._write).open()

    def _write(self, record: int, tags: tuple[str, ...]) -> None:
        ctx = self._shell.ctx

        def written(step: UndoStep | None) -> None:
            if step is not None:
                self._shell.toast(step.label, step)

        self._shell.write(lambda: tag_article(ctx, record, tags, origin="tags"), written)

    def _hear(self, changes: ChangeSet) -> None:
        page = self._view.page if isValid(self._view) else None
        if page is not None and changes.touches(Noun.ARTICLE):
            self._view.show_tags(article_tags(self._shell.ctx, page.article.id))


class TagDialog(Dialog):
    """done: called with the article's id and its tags."""

    def __init__(
        self, shell: Shell, parent: QWidget | None, page: ArticlePage, own: tuple[str, ...],
        done: Callable[[int, tuple[str, ...]], object],
    ) -> None:  # fmt: skip
        self._record, self._done = page.article.id, done
        self.tags = feed_tag_field(shell.ctx)
        self.tags.set_tags(own)
        given = label("", "muted", wrap=True)
        given.setText(_tr("Its feed gives it also: %1").replace("%1", ", ".join(page.feed.tags)))
        given.setVisible(bool(page.feed.tags))
        hint = label(_tr("What is tagged is never cleared away. Enter or a comma takes a word."), "muted", wrap=True)
        super().__init__(
            parent, _tr("Tags of the article"), column(self.tags, given, hint, None, spacing=8), _tr("Save"),
            subtitle=page.article.title,
        )  # fmt: skip
        self.resize(480, 340)
        self.tags.setFocus()

    def accept(self) -> None:
        super().accept()
        self._done(self._record, self.tags.tags())


def _tr(text: str) -> str:
    return QCoreApplication.translate("tagging", text)
