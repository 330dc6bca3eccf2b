"""Getting the full text of one article from its page: asked for by hand, told how it goes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pln.model.errors import Cancelled, NetworkFault, NoConnection
from pln.model.offline import FullText
from pln.services.offline import want_full
from pln.services.tasks import Task
from pln.ui.shell import Shell


class FullAsking(QObject):
    """came: an article's id, when its page was settled. failed: the id, and a sentence.

    Where nobody can be reached the wish is kept, and the next refresh sees to it.
    """

    came = Signal(int)
    failed = Signal(int, str)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._under_way: set[int] = set()

    def is_busy(self, article_id: int) -> bool:
        return article_id in self._under_way

    def ask(self, article_id: int) -> None:
        """Fetch it in the background, with a line in the status line to stop it. Once at a time for each article."""
        if article_id in self._under_way:
            return
        self._under_way.add(article_id)
        ctx = self._shell.ctx

        def job(task: Task) -> FullText | None:
            from pln.services.keeping_offline import fetch_full  # heavy: not before needed

            return fetch_full(ctx, article_id, cancelled=lambda: task.cancelled, origin="reading")

        self._shell.tasks.start(
            self.tr("Getting the full text"), job, lambda _full: self._came(article_id),
            lambda error: self._failed(article_id, error),
        )  # fmt: skip

    def _came(self, article_id: int) -> None:
        self._under_way.discard(article_id)
        self.came.emit(article_id)

    def _failed(self, article_id: int, error: BaseException) -> None:
        self._under_way.discard(article_id)
        if isinstance(error, NoConnection):
            ctx, sentence = self._shell.ctx, error.sentence
            later = self.tr("%1 The next refresh tries again.").replace("%1", sentence)
            self._shell.write(
                lambda: want_full(ctx, [article_id], origin="reading"),
                lambda _noted: self.failed.emit(article_id, later),
            )
            return
        if not isinstance(error, Cancelled | NetworkFault):
            self._shell.fail(error)
        said = error.sentence if isinstance(error, NetworkFault) else self.tr("The full text did not come.")
        self.failed.emit(article_id, said)
