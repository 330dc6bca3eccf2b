"""Bringing a backup back while PLN runs: laid and verified beside the store, which then gives way and is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer

from pln.model.errors import PlnError
from pln.services.backup import BackupReport
from pln.services.context import Context
from pln.services.kept_backups import Found
from pln.services.restoring import drop_stage, intend, lay, vault_key
from pln.system.secrets import NoSecrets
from pln.ui.files.file_dialog import FileDialog, counted, fit
from pln.ui.files.path_field import Chooser, choose_file
from pln.ui.files.restore_command import Reopen, Settle
from pln.ui.files.restore_form import RestoreForm
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label


class RestoreDialog(FileDialog):
    """Asks once more when the backup is laid and found whole: from there on it goes by itself."""

    def __init__(
        self, shell: Shell, known: tuple[Found, ...], settle: Settle, reopen: Reopen, choose: Chooser = choose_file
    ) -> None:  # fmt: skip
        self._shell, self._settle, self._reopen, self._laid = shell, settle, reopen, False
        self._said = ""
        self.form = RestoreForm(self._look, known, choose)
        kept = _tr(
            "What is in your store now is not lost: it is moved whole into the folder set-aside of your profile, "
            "and stays there."
        )
        super().__init__(
            shell.window(), _tr("Bring a backup back"), column(self.form, label(kept, "muted", wrap=True), spacing=12),
            _tr("Look into it"), _tr("Everything is then as it was when the backup was made."),
        )  # fmt: skip
        self.form.changed.connect(self._changed)
        self.form.setFocus()

    def accept(self) -> None:
        path = self.form.path()
        if path is None or not path.is_file():
            self.form.say(_tr("Choose a backup that is there. Nothing was changed."))
            return
        self.primary.setEnabled(False)
        self.form.say("")
        if self._laid:
            self._bring(path)
            return
        ctx, words = self._shell.ctx, self.form.words.text()
        self._shell.tasks.start(
            _tr("Reading the backup"), lambda _task: _lay(ctx, path, words), lambda report: self._ready(path, report),
            self._failed,
        )  # fmt: skip

    def reject(self) -> None:
        self._drop()
        self.form.forget()
        super().reject()

    def _ready(self, path: Path, report: BackupReport) -> None:
        self._laid = True
        if self.closed or self.form.path() != path:
            self._drop()
            return
        said = _tr("It is whole: %1. PLN closes your store, sets it aside, and opens this one.")
        self._said = said.replace("%1", counted(report.counts) or _tr("nothing yet"))
        self.form.told.setText(self._said)
        self.form.told.show()
        self.primary.setText(_tr("Bring it back"))
        self.primary.setEnabled(True)
        fit(self)

    def _bring(self, path: Path) -> None:
        fault = self._settle()
        if fault is not None:  # it would stay behind, in a store that is no longer open
            self.form.refuse(fault)
            self.primary.setEnabled(True)
            return
        ctx = self._shell.ctx
        self._shell.tasks.write(lambda: intend(path, ctx.profile, ctx.clock), lambda _: self._go(), self._failed)

    def _go(self) -> None:
        self._laid = False  # it is the profile's now
        self.form.forget()
        super().accept()
        QTimer.singleShot(0, self._reopen)

    def _failed(self, error: BaseException) -> None:
        self._laid = False
        if isinstance(error, PlnError) and not self.closed:
            self.form.refuse(error)
            self.primary.setEnabled(True)
            fit(self)
        else:
            self._shell.fail(error)

    def _changed(self) -> None:
        if self._laid and self.form.told.text() == self._said:
            self.form.told.hide()  # other words were given: what was looked into is dropped, and looked into anew
        self._drop()
        self.primary.setText(_tr("Look into it"))
        self.primary.setEnabled(True)
        fit(self)

    def _drop(self) -> None:
        """What was laid of another choice is not wanted."""
        if self._laid:
            self._laid = False
            profile = self._shell.ctx.profile
            self._shell.tasks.write(lambda: drop_stage(profile))

    def _look(
        self, title: str, job: Callable[[Any], Any], done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
    ) -> None:  # fmt: skip
        def found(result: object) -> None:
            if not self.closed:
                done(result)

        def not_found(error: BaseException) -> None:
            if not self.closed:
                failed(error)

        self._shell.tasks.start(title, job, found, not_found)


def _lay(ctx: Context, path: Path, words: str) -> BackupReport:
    secrets = NoSecrets() if words else ctx.secrets  # with words, what the password store keeps is left alone
    return lay(path, ctx.profile, lambda stage: vault_key(stage, secrets, words))


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
