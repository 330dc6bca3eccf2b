"""Lists of feeds (OPML): bringing them from another reader, and taking one's own along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from pln.services.keeping import Why
from pln.ui.files.backup_first import backup_first
from pln.ui.files.chooser import chooser
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.scroll import Page

if TYPE_CHECKING:
    from pln.services.feed_lists import OpmlReport

SUFFIXES = (".opml", ".xml")


def ask_for_list(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a file to bring."""
    dialog = chooser(parent, _tr("Bring a list of feeds"), "", _tr("Lists of feeds (*.opml *.xml);;All files (*)"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def ask_where_to(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a file to write the own list to."""
    dialog = chooser(parent, _tr("Write a list of your feeds"), "feeds.opml", _tr("Lists of feeds (*.opml)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("opml")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def bring_list(shell: Shell, path: Path, done: Callable[[OpmlReport], None]) -> None:
    """Subscribe to what stands in a file, off the window's thread; then say what came of it."""

    def job() -> OpmlReport:
        from pln.services.feed_lists import import_opml_file

        return import_opml_file(shell.ctx, path, origin="reading")

    backup_first(shell, Why.BEFORE_IMPORT, lambda: shell.write(job, done))


def write_list(shell: Shell, path: Path) -> None:
    """Write all subscriptions to a file."""
    words = _tr("Your list of feeds is in %1.").replace("%1", path.name)

    def job() -> None:
        from pln.services.feed_lists import export_opml_file

        export_opml_file(shell.ctx, path)

    shell.write(job, lambda _nothing: shell.toast(words))


def told(report: OpmlReport) -> str:
    """What a list brought, in one or two sentences."""
    added, known = len(report.added), report.known
    words = _tr("No new feed stands in this list.")
    if added:
        words = _tr("One feed was added.") if added == 1 else _tr("%1 feeds were added.").replace("%1", str(added))
    if known:
        here = _tr("One was here already.") if known == 1 else _tr("%1 were here already.").replace("%1", str(known))
        words = f"{words} {here}"
    return words


class SkippedDialog(Dialog):
    """What a list brought, and line by line what was not taken and why."""

    def __init__(self, parent: QWidget | None, report: OpmlReport) -> None:
        lines = [label(line, "muted", wrap=True) for line in report.skipped[:500]]
        body = column(
            label(_tr("These lines were not taken:"), "label"),
            Grow(Page(column(*lines, None, spacing=6), margins=(0, 0, 10, 0))), spacing=8,
        )  # fmt: skip
        super().__init__(parent, _tr("Your feeds are here"), body, _tr("Close"), subtitle=told(report))
        self.cancel.hide()
        self.resize(520, 420)


def _tr(text: str) -> str:
    return QCoreApplication.translate("lists_of_feeds", text)
