"""Highlights as Markdown, to a file or to the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pln.services.highlight_pages import highlights_markdown, save_markdown
from pln.ui.files.chooser import chooser
from pln.ui.shell import Shell


def save_highlights(shell: Shell, parent: QWidget, ids: Sequence[int]) -> None:
    """Ask for a file, then write them into it."""
    dialog = chooser(parent, _tr("Write highlights"), "highlights.md", _tr("Markdown (*.md)"))
    dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("md")
    dialog.fileSelected.connect(lambda name: _save(shell, ids, Path(name)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def copy_highlights(shell: Shell, ids: Sequence[int]) -> None:
    """Put them on the clipboard as plain text."""
    ctx = shell.ctx

    def copied(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        shell.toast(_tr("Copied as Markdown."))

    shell.tasks.read(lambda: highlights_markdown(ctx, ids), copied, shell.fail)


def _save(shell: Shell, ids: Sequence[int], path: Path) -> None:
    ctx, words = shell.ctx, _tr("Your highlights are in %1. The file is not encrypted.").replace("%1", path.name)
    shell.tasks.read(lambda: save_markdown(ctx, ids, path), lambda _count: shell.toast(words), shell.fail)


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
