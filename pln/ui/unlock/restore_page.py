"""Bringing a backup back into a profile that holds nothing yet, as on a new computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pln.model.errors import PlnError
from pln.services.backup import BackupReport
from pln.services.restoring import restore, vault_key
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from pln.ui.files.path_field import Chooser, choose_file
from pln.ui.files.restore_form import RestoreForm
from pln.ui.unlock.page_actions import Done, Failed, Job
from pln.ui.unlock.pages import BarePage, promise
from pln.ui.widgets.boxes import hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label

Run = Callable[[str, Job, Done, Failed], object]


class RestorePage(BarePage):
    """restored: called with the words that open what came. back: called where one would rather not.

    run: does a longer job in the background, as in PageActions.
    """

    def __init__(
        self, profile: Profile, run: Run, restored: Callable[[str], object], back: Callable[[], object],
        choose: Chooser = choose_file,
    ) -> None:  # fmt: skip
        super().__init__()
        self._profile, self._run, self._restored = profile, run, restored
        self.form = RestoreForm(run, choose=choose)
        self.back = button(self.tr("Back"), "quiet", run=back)
        self.go = button(self.tr("Bring it back"), "primary", run=self._go)
        self.busy = label(self.tr("Reading the backup to its end…"), "muted", wrap=True)
        self.busy.hide()
        lead = self.tr(
            "Choose the file, and give the passphrase or the recovery code that was in force when it was made. "
            "The recovery code alone is enough."
        )
        self.fill(
            label(self.tr("Bring a backup back"), "display", wrap=True), label(lead, "lead", wrap=True), self.form,
            self.busy, row(self.back, None, self.go), hairline(), promise(),
        )  # fmt: skip
        self.form.entered.connect(self._go)
        self.setFocusProxy(self.form)

    def _go(self) -> None:
        path, words = self.form.path(), self.form.words.text()
        if path is None or not path.is_file():
            self.form.say(self.tr("Choose a backup that is there. Nothing was changed."))
            return
        if not words:
            self.form.words.setFocus()
            return
        self.form.say("")
        self._set_busy(True)
        profile = self._profile
        self._run(
            self.tr("Bringing the backup back"), lambda _task: _restore(path, profile, words),
            lambda _report: self._done(words), self._failed,
        )  # fmt: skip

    def _done(self, words: str) -> None:
        self.form.forget()
        self._restored(words)

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if isinstance(error, PlnError):
            self.form.refuse(error)
        else:
            self.form.say(self.tr("It could not be brought back. Nothing was changed."))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for part in (self.form, self.go, self.back):
            part.setEnabled(not busy)


def _restore(path: Path, profile: Profile, words: str) -> BackupReport:
    return restore(path, profile, lambda stage: vault_key(stage, NoSecrets(), words))
