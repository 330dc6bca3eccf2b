"""Everything out, into a folder of open formats, with the warning that it is not encrypted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.model.errors import PlnError
from pln.services.exporting import ExportReport, export_all
from pln.services.tasks import Task
from pln.ui.files.file_dialog import FileDialog, counted, documents
from pln.ui.files.path_field import Chooser, PathField, choose_folder
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.cards import card
from pln.ui.widgets.labels import IconLabel, label


class ExportDialog(FileDialog):
    """The export appears whole or not at all; it can be stopped from the status line."""

    def __init__(self, shell: Shell, choose: Chooser = choose_folder) -> None:
        self._shell = shell
        self.place = PathField(_tr("The folder to write"), documents() / f"pln-export-{shell.today()}", choose)
        warning = _tr(
            "The export is not encrypted. Whoever can open the folder can read all of it, your journal and your notes "
            "about people too. Keep it in a safe place, and delete it when you no longer need it."
        )
        said = card(row(IconLabel("triangle-alert", "amber"), Grow(label(warning, wrap=True)), spacing=12, top=True))
        formats = label(
            _tr("People as vCards, meetups for calendars, feeds as OPML, the journal as Markdown, and one whole copy "
                "that PLN reads back."),
            "muted", wrap=True,
        )  # fmt: skip
        body = column(self.place, formats, said, spacing=12)
        super().__init__(shell.window(), _tr("Export everything"), body, _tr("Export without encryption"))
        self.place.edited.connect(lambda _text: self.problem.hide())
        self.place.setFocus()

    def accept(self) -> None:
        folder, shell = self.place.path(), self._shell
        if folder is None or not folder.is_absolute():
            self.say(_tr("Choose a folder. Nothing was written."))
            return
        self.primary.setEnabled(False)

        def job(task: Task) -> ExportReport:
            step = lambda done, total: shell.tasks.step(task, done, total)  # noqa: E731
            return export_all(shell.ctx, folder, on_progress=step, cancelled=lambda: task.cancelled)

        shell.tasks.start(_tr("Exporting everything"), job, self._done, self._failed)

    def _done(self, report: ExportReport) -> None:
        said = _tr("Exported to %1: %2. It is not encrypted.")
        self._shell.toast(said.replace("%1", report.folder.name).replace("%2", counted(report.counts) or "0"))
        if not self.closed:
            super().accept()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PlnError) and not self.closed:
            self.refuse(error)
            return
        self._shell.fail(error)
        if not self.closed:
            self.primary.setEnabled(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
