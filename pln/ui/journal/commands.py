"""What can be done about the journal from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.model.journal import Entry
from pln.services.journal_lock import JournalState, state
from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.journal.place import JournalPlace


def commands(shell: Shell) -> Iterator[Command]:
    """Writing, removing, questions, and preparing something to share, which has no shortcut on purpose."""

    def ready() -> bool:
        return shell.window().current() is PlaceId.JOURNAL and _journal(shell).has_entry()

    def open_here() -> bool:
        return state(shell.ctx) is not JournalState.LOCKED

    journal = Category.JOURNAL
    yield Command(
        id=CommandId.JOURNAL_WRITE, title=_tr("Write"), category=journal, shortcut="Ctrl+Shift+J", icon="feather",
        words=_tr("journal new entry note"), run=shell.write_entry,
    )  # fmt: skip
    yield Command(
        id=CommandId.JOURNAL_PROMPT, title=_tr("Write from a question"), category=journal,
        icon="message-circle-question-mark", words=_tr("journal prompt"), run=lambda: _from_question(shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.JOURNAL_REMOVE, title=_tr("Remove this entry"), category=journal, icon="trash-2",
        words=_tr("journal delete"), when=ready, run=lambda: _journal(shell).remove_current(),
    )  # fmt: skip
    yield Command(
        id=CommandId.JOURNAL_SHARE, title=_tr("Prepare something to share…"), category=journal, icon="eye",
        words=_tr("journal publish copy"), when=ready, run=lambda: _journal(shell).share_current(),
    )  # fmt: skip
    yield Command(
        id=CommandId.JOURNAL_SHARE_LOG, title=_tr("Everything I shared"), category=journal, icon="history",
        words=_tr("share log take back"), when=open_here, run=lambda: _show_log(shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.JOURNAL_LOCK, title=_tr("Lock the journal"), category=journal, icon="lock",
        words=_tr("journal close hide private words"), when=open_here, run=lambda: _lock(shell),
    )  # fmt: skip


def _journal(shell: Shell) -> JournalPlace:
    from pln.ui.journal.place import JournalPlace

    place = shell.window().place(PlaceId.JOURNAL)
    assert isinstance(place, JournalPlace)
    return place


def _lock(shell: Shell) -> None:
    """Where there is no lock yet, this leads to the settings that make one."""
    if state(shell.ctx) is JournalState.OPEN:
        _journal(shell).lock()
        return
    from pln.ui.settings.dialog import SettingsDialog

    settings = SettingsDialog(shell)
    settings.show_section("journal")
    settings.items["journal"].setFocus()
    settings.open()


def _from_question(shell: Shell) -> None:
    from pln.services.prompting import prompts_for

    questions = prompts_for(shell.ctx, 1)
    shell.write_entry(Entry(title="", body="", prompt=questions[0]) if questions else None)


def _show_log(shell: Shell) -> None:
    from pln.ui.sharing.log_dialog import ShareLogDialog

    ShareLogDialog(shell).open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
