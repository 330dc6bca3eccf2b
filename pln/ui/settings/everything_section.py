"""Everything: out in open formats, back in again, and people from other programs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLayout

from pln.ui.commands import CommandId
from pln.ui.settings.section import Section
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class EverythingSection(Section):
    """run: closes the settings and runs a command."""

    def __init__(self, shell: Shell, run: Callable[[CommandId], object]) -> None:
        super().__init__(shell)
        self.fill(
            self.tr("Everything"),
            _action(
                self.tr("Export everything…"), "download", lambda: run(CommandId.FILE_EXPORT),
                self.tr("A folder of open formats that other programs read. It is not encrypted."),
            ),
            _action(
                self.tr("Read an export…"), "folder-open", lambda: run(CommandId.FILE_READ_BACK),
                self.tr("An export of PLN's, into this store. What is here already stays as it is."),
            ),
            _action(
                self.tr("Import people…"), "upload", lambda: run(CommandId.FILE_IMPORT),
                self.tr("Address books, tables, and what other programs export. You see each person first."),
            ),
        )  # fmt: skip


def _action(text: str, icon: str, run: Callable[[], object], why: str) -> QLayout:
    return column(row(button(text, icon=icon, run=run), None), label(why, "muted", wrap=True), spacing=5)
