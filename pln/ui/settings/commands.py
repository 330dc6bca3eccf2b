"""Settings, backup, export, the welcome pages and what PLN is made of, from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Category, Command, CommandId
from pln.ui.shell import Shell


def commands(shell: Shell) -> Iterator[Command]:
    """What concerns the whole program rather than one place."""
    file, help_ = Category.FILE, Category.HELP
    yield Command(
        id=CommandId.FILE_BACKUP, title=_tr("Back up into a file…"), category=file, icon="hard-drive",
        words=_tr("backup copy safety"), run=partial(_back_up, shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.FILE_EXPORT, title=_tr("Export everything…"), category=file, icon="download",
        words=_tr("export open formats folder"), run=partial(_export, shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.FILE_READ_BACK, title=_tr("Read an export…"), category=file, icon="folder-open",
        words=_tr("import export folder back"), run=partial(_read_back, shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.FILE_SETTINGS, title=_tr("Settings"), category=file, shortcut="Ctrl+,", icon="settings-2",
        words=_tr("preferences look passphrase sharing"), run=partial(_settings, shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.HELP_WELCOME, title=_tr("Show the welcome pages"), category=help_, icon="sprout",
        words=_tr("begin purpose tour"), run=partial(_welcome, shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.HELP_ABOUT, title=_tr("About PLN"), category=help_, icon="info",
        words=_tr("version licence encryption"), run=partial(_about, shell),
    )  # fmt: skip


def _settings(shell: Shell) -> None:
    from pln.ui.settings.dialog import SettingsDialog

    SettingsDialog(shell).open()


def _back_up(shell: Shell) -> None:
    from pln.ui.files.backup_dialog import BackupDialog

    BackupDialog(shell).open()


def _export(shell: Shell) -> None:
    from pln.ui.files.export_dialog import ExportDialog

    ExportDialog(shell).open()


def _read_back(shell: Shell) -> None:
    from pln.ui.files.read_back_dialog import ReadBackDialog

    ReadBackDialog(shell).open()


def _welcome(shell: Shell) -> None:
    from pln.ui.settings.welcome_again import show_welcome

    show_welcome(shell)


def _about(shell: Shell) -> None:
    from pln.ui.settings.about import AboutDialog

    AboutDialog(shell).open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
