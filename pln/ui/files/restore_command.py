"""The command that brings a backup back in the running program. Light: it is made with every opening of a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.model.errors import PlnError
from pln.ui.commands import Category, Command, CommandId
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.services.kept_backups import Found
    from pln.system.paths import Profile

Settle = Callable[[], PlnError | None]
"""Stores what was typed; what hindered it."""
Reopen = Callable[[], object]
"""Closes everything and opens the profile anew."""


def restore_command(shell: Shell, settle: Settle, reopen: Reopen) -> Command:
    return Command(
        id=CommandId.FILE_RESTORE, title=QCoreApplication.translate("commands", "Bring a backup back…"),
        category=Category.FILE, icon="history",
        words=QCoreApplication.translate("commands", "restore backup earlier lost"),
        run=lambda: _open(shell, settle, reopen),
    )  # fmt: skip


def _open(shell: Shell, settle: Settle, reopen: Reopen) -> None:
    """The list of backups is read off the window's thread: they may lie on a slow drive."""
    profile = shell.ctx.profile

    def show(known: tuple[Found, ...]) -> None:
        from pln.ui.files.restore_dialog import RestoreDialog

        RestoreDialog(shell, known, settle, reopen).open()

    shell.tasks.read(lambda: _kept(profile), show, shell.fail)


def _kept(profile: Profile) -> tuple[Found, ...]:
    from pln.services.kept_backups import kept_of

    return kept_of(profile)
