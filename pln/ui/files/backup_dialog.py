"""Backing up into one encrypted file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pln.services.backup import ENDING, BackupReport, backup
from pln.ui.files.file_dialog import FileDialog, counted, documents
from pln.ui.files.path_field import Chooser, PathField, choose_new_file
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label


class BackupDialog(FileDialog):
    """The copy is written and read back in the background; the dialog closes once it has begun."""

    def __init__(self, shell: Shell, choose: Chooser = choose_new_file) -> None:
        self._shell, self._over = shell, ""
        begin = documents() / f"pln-{shell.today().isoformat()}{ENDING}"
        self.place = PathField(_tr("The file to write"), begin, choose)
        said = label(
            _tr(
                "The file is encrypted like your store. It opens with your passphrase or your recovery code, "
                "so keep one of them apart from it. Another disk is the best place."
            ),
            "muted", wrap=True,
        )  # fmt: skip
        super().__init__(
            shell.window(), _tr("Back up into a file"), column(self.place, said, spacing=12), _tr("Back up"),
            _tr("One file that brings everything back."),
        )  # fmt: skip
        self.place.edited.connect(lambda _text: self._other_place())
        self.place.setFocus()

    def accept(self) -> None:
        target = self._target()
        if target is None:
            return
        if target.exists() and self._over != str(target):
            self._ask_to_replace(target)
            return
        over, ctx = bool(self._over), self._shell.ctx
        self._shell.tasks.start(
            _tr("Backing up"), lambda _task: backup(ctx, target, over=over), self._done, self._shell.fail
        )
        super().accept()

    def _target(self) -> Path | None:
        target = self.place.path()
        if target is None or not target.is_absolute() or not target.parent.is_dir():
            self.say(_tr("Choose a file in a folder that is there. Nothing was written."))
            return None
        return target if target.suffix else target.with_name(target.name + ENDING)

    def _ask_to_replace(self, target: Path) -> None:
        self._over = str(target)
        self.say(_tr("There is a file of this name already. Replace it, or choose another name."))
        self.primary.setText(_tr("Replace it"))

    def _other_place(self) -> None:
        self._over = ""
        self.problem.hide()
        self.primary.setText(_tr("Back up"))

    def _done(self, report: BackupReport) -> None:
        said = _tr("Backed up to %1 and read back whole: %2.")
        self._shell.toast(said.replace("%1", report.path.name).replace("%2", counted(report.counts) or "0"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
