"""Highlights of the article that is open: shown in its page, made from what is selected, opened by a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from pln.model.changes import ChangeSet, Noun
from pln.model.errors import UsageError
from pln.model.highlight import Highlight, HighlightKind, HighlightRow
from pln.services.highlights import Placed, anchor_in, highlight, highlight_rows, highlights_of, placed
from pln.ui.reading.article_view import ArticleView
from pln.ui.reading.highlight_bar import HighlightBar
from pln.ui.reading.highlight_deeds import ORIGIN
from pln.ui.reading.highlight_notes import MarginNotes
from pln.ui.shell import Shell
from pln.ui.widgets.buttons import icon_button

TINTS = {
    HighlightKind.HIGHLIGHT: "amber_soft", HighlightKind.LESSON: "soft", HighlightKind.QUESTION: "plum_soft",
}  # fmt: skip


class HighlightMarker(QObject):
    """changed: something was written. placed: what of the open article was found in its page, and what was not."""

    changed = Signal()

    def __init__(self, shell: Shell, article: ArticleView) -> None:
        super().__init__(article)
        self._shell, self._article, self._view = shell, article, article.view
        self.placed = Placed((), ())
        self._wanted: int | None = None  # the highlight to bring into sight once the page stands
        self._asked = 0
        self.bar = HighlightBar(self._view, lambda kind, note: self.mark(kind, note=note))
        self.notes = MarginNotes(self._view, self.edit)
        self._pen = icon_button("highlighter", _tr("Highlight the selected words (H)"), run=self.mark)
        article.add_to_head(self._pen)
        self._view.built.connect(self.reload)
        self._view.range_clicked.connect(self.edit)
        self._stop: Callable[[], None] = shell.subscribe(self._hear)
        self.destroyed.connect(lambda _gone=None, stop=self._stop: stop())

    def mark(self, kind: HighlightKind = HighlightKind.HIGHLIGHT, *, note: bool = False) -> None:
        """Highlight what is selected. note: write something about it at once."""
        page, (start, length) = self._article.page, self._view.selected_text_range()
        if page is None or not self._view.textCursor().selectedText().strip():
            self._shell.toast(_tr("Select some words of the article first; by key, F7 begins."))
            return
        record, text, shown, ctx = page.article.id, page.article.text, self._view.page_text(), self._shell.ctx

        def job() -> Highlight:
            anchor = anchor_in(text, shown, start, length)
            if anchor is None:
                raise UsageError("There is nothing to mark", "Choose some words of the article first.")
            return highlight(ctx, record, anchor, kind=kind, origin=ORIGIN)

        self._shell.write(job, lambda made: self._marked(made, note))

    def turn_caret(self) -> None:
        """Select words by key from now on, or no longer."""
        if not self._article.caret.leave():
            self._article.caret.start()
            self._shell.toast(_tr("Arrows move the cursor, with Shift they select, H highlights. Esc ends it."))

    def edit(self, record: int) -> None:
        """Open one highlight."""
        found = highlight_rows(self._shell.ctx, (record,))
        if found:
            self._open(found[0])

    def bring(self, record: int) -> None:
        """Bring a highlight of the open article into sight, now or as soon as its page stands."""
        self._wanted = record
        self.reload()

    def reload(self) -> None:
        """Find the highlights of the open article in its page."""
        self._asked += 1
        page, asked, ctx = self._article.page, self._asked, self._shell.ctx
        if page is None:
            return
        record, shown = page.article.id, self._view.page_text()

        def job() -> Placed:
            found = highlights_of(ctx, record)
            return placed(found, shown) if found else Placed((), ())

        self._shell.tasks.read(job, lambda found: self._found(asked, found), self._shell.fail)

    def _found(self, asked: int, found: Placed) -> None:
        if asked != self._asked or not isValid(self._view):
            return
        self.placed = found
        self._view.show_ranges((each.id, span.start, span.length, TINTS[each.kind]) for each, span in found.found)
        self.notes.show_notes(found.found)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self._view.scroll_to_range(wanted):
            self._shell.toast(_tr("These words no longer stand in the article. The highlight is kept."))

    def _marked(self, made: Highlight, note: bool) -> None:
        if not isValid(self._view):
            return
        cursor = self._view.textCursor()
        cursor.clearSelection()
        self._view.setTextCursor(cursor)
        self.reload()
        self.changed.emit()
        if note:
            self.edit(made.id)

    def _open(self, row: HighlightRow) -> None:
        from pln.ui.reading.highlight_dialog import HighlightDialog

        HighlightDialog(self._shell, self._article.window(), row, self._written).open()

    def _written(self) -> None:
        if isValid(self._view):
            self.reload()
            self.changed.emit()

    def _hear(self, changes: ChangeSet) -> None:
        """Taken back, or changed elsewhere."""
        if changes.origin != ORIGIN and changes.touches(Noun.HIGHLIGHT) and isValid(self._view):
            self.reload()


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
