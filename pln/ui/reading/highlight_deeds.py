"""What is done with a highlight at once, without a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from pln.services.highlights import close_question, remove_highlight
from pln.ui.shell import Shell

ORIGIN = "highlights"


def remove_with_undo(shell: Shell, record: int, done: Callable[[], object]) -> None:
    """Take a highlight away; the toast brings it back."""

    def removed(step: object) -> None:
        from pln.services.undo import UndoStep

        assert isinstance(step, UndoStep)
        shell.toast(_tr("The highlight was removed."), step)
        done()

    shell.write(lambda: remove_highlight(shell.ctx, record, origin=ORIGIN), removed)


def ask_was(shell: Shell, record: int, done: Callable[[], object]) -> None:
    """Say that a question was asked; the toast takes it back."""

    def closed(step: object) -> None:
        from pln.services.undo import UndoStep

        assert isinstance(step, UndoStep)
        shell.toast(_tr("Noted: you asked."), step)
        done()

    shell.write(lambda: close_question(shell.ctx, record, origin=ORIGIN), closed)


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
