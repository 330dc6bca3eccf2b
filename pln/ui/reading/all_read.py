"""Marking a whole list read, and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from pln.services.reading import Shelf, article_ids, mark_all_read
from pln.services.undo import UndoStep
from pln.ui.shell import Shell


def mark_read(shell: Shell, what: Shelf | Sequence[int], done: Callable[[], object]) -> None:
    """what: a shelf, or the ids that are listed. Says how many it were, with Undo; then calls `done`."""
    ctx = shell.ctx

    def job() -> UndoStep | None:
        ids = article_ids(ctx, what) if isinstance(what, Shelf) else what
        return mark_all_read(ctx, ids, origin="reading")

    def told(step: UndoStep | None) -> None:
        if step is None:
            shell.toast(all_is_read())
            return
        shell.toast(step.label, step)
        done()

    shell.write(job, told)


def all_is_read() -> str:
    return QCoreApplication.translate("all_read", "Everything here is read.")
