"""Reading an export back: first what would come, then bringing it in, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pln.model.errors import PlnError
from pln.services.keeping import Why
from pln.services.reading_back import ReadBackReport, import_all
from pln.services.tasks import Task
from pln.ui.files.backup_first import backup_first
from pln.ui.files.file_dialog import FileDialog, counted, documents, fit
from pln.ui.files.path_field import Chooser, PathField, choose_folder
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label


class ReadBackDialog(FileDialog):
    """The primary button looks into the folder first, and brings everything in when it is pressed again."""

    def __init__(self, shell: Shell, choose: Chooser = choose_folder) -> None:
        self._shell = shell
        self._looked: Path | None = None
        self.place = PathField(_tr("The folder of the export"), documents(), choose)
        self.found = label("", "body", wrap=True)
        self.found.hide()
        said = label(_tr("What is here already stays as it is; nothing is doubled."), "muted", wrap=True)
        body = column(self.place, said, self.found, spacing=12)
        super().__init__(shell.window(), _tr("Read an export"), body, _tr("Look into it"))
        self.place.edited.connect(lambda _text: self._other_place())
        self.place.setFocus()

    def accept(self) -> None:
        folder = self.place.path()
        if folder is None or not folder.is_dir():
            self.say(_tr("This folder is not there. Nothing was changed."))
            return
        self.problem.hide()
        self.primary.setEnabled(False)
        if self._looked == folder:
            backup_first(self._shell, Why.BEFORE_IMPORT, lambda: self._bring_in(folder), self._stopped)
        else:
            self._start(folder, _tr("Looking into the export"), dry_run=True)

    def _bring_in(self, folder: Path) -> None:
        self._start(folder, _tr("Reading the export"), dry_run=False)

    def _stopped(self) -> None:
        if not self.closed:
            self.primary.setEnabled(True)

    def _start(self, folder: Path, title: str, *, dry_run: bool) -> None:
        shell = self._shell

        def job(task: Task) -> ReadBackReport:
            return import_all(
                shell.ctx, folder, dry_run=dry_run, origin="import", cancelled=lambda: task.cancelled,
                on_progress=lambda done, total: shell.tasks.step(task, done, total),
            )  # fmt: skip

        shell.tasks.start(title, job, self._would if dry_run else self._done, self._failed)

    def _would(self, report: ReadBackReport) -> None:
        if self.closed:
            return
        self._looked = report.folder
        new, here = counted(report.added), counted(report.here)
        words = _tr("New here: %1.").replace("%1", new) if new else _tr("Everything in it is here already.")
        if new and here:
            words += " " + _tr("Here already: %1.").replace("%1", here)
        self.found.setText(words)
        self.found.show()
        fit(self)
        self.primary.setText(_tr("Bring it in"))
        self.primary.setEnabled(bool(new) or bool(report.restored))

    def _done(self, report: ReadBackReport) -> None:
        self._shell.toast(_tr("Read back: %1.").replace("%1", counted(report.added) or _tr("nothing new")))
        if not self.closed:
            super().accept()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PlnError) and not self.closed:
            self.refuse(error)
            return
        self._shell.fail(error)
        if not self.closed:
            self.primary.setEnabled(True)

    def _other_place(self) -> None:
        self._looked = None
        self.found.hide()
        self.problem.hide()
        self.primary.setText(_tr("Look into it"))
        self.primary.setEnabled(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
