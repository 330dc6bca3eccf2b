"""Where a store can only be looked at: what would write is closed before anything is typed, and says why."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.ui.commands import CommandId, Registry
from pln.ui.widgets.labels import set_tip

if TYPE_CHECKING:
    from pln.ui.main_window import MainWindow
    from pln.ui.shell import Shell

WRITING = (
    CommandId.FILE_IMPORT, CommandId.FILE_READ_BACK, CommandId.FILE_RESTORE, CommandId.EDIT_UNDO, CommandId.EDIT_REDO,
    CommandId.TODAY_LATER, CommandId.TODAY_NOT_THIS, CommandId.PERSON_ADD, CommandId.PERSON_EDIT,
    CommandId.PERSON_REMOVE, CommandId.PERSON_MERGE, CommandId.PERSON_PAUSE, CommandId.MEETUP_LOG,
    CommandId.MEETUP_PLAN, CommandId.MEETUP_EDIT, CommandId.MEETUP_HAPPENED, CommandId.MEETUP_FELL_THROUGH,
    CommandId.MEETUP_REMOVE, CommandId.MEETUP_TO_JOURNAL, CommandId.READING_ADD_FEED, CommandId.READING_REMOVE_FEED,
    CommandId.READING_REFRESH, CommandId.READING_STAR, CommandId.READING_MARK_READ, CommandId.READING_MARK_ALL_READ,
    CommandId.READING_WRITE, CommandId.READING_IMPORT, CommandId.JOURNAL_WRITE, CommandId.JOURNAL_REMOVE,
    CommandId.JOURNAL_PROMPT, CommandId.JOURNAL_SHARE, CommandId.VIEW_QUIET,
)  # fmt: skip


def why() -> str:
    return QCoreApplication.translate("looking", "Look only: nothing can be saved.")


def close_where_looked_at(shell: Shell, *widgets: QWidget) -> None:
    """For the buttons of a place that begin something to be saved."""
    if not shell.ctx.store.writable:
        _close(*widgets)


def close_window(window: MainWindow, registry: Registry) -> None:
    """Until `open_window`, no command that writes runs, and the buttons that stand for one are disabled."""
    registry.refuse(WRITING)
    _close(*_standing(window))


def open_window(window: MainWindow, registry: Registry) -> None:
    registry.refuse(())
    for each in _standing(window):
        each.setEnabled(True)
        set_tip(each, str(each.property("said") or ""))


def _close(*widgets: QWidget) -> None:
    for each in widgets:
        each.setProperty("said", unescape(each.toolTip().removeprefix("<qt>").removesuffix("</qt>")))
        each.setEnabled(False)
        set_tip(each, why())


def _standing(window: MainWindow) -> tuple[QWidget, ...]:
    return window.topbar.log, window.topbar.write, window.rail.quiet
