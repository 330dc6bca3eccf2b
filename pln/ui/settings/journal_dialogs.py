"""The journal's recovery code, shown once; and the last step before the journal moves into a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent

from pln.model.errors import PlnError
from pln.services.journal_lock import Prepared, set_up
from pln.ui.files.file_dialog import fit
from pln.ui.shell import Shell
from pln.ui.unlock.code_keeping import CodeKeeping
from pln.ui.unlock.recovery_sheet import Sheet
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


class JournalCodeDialog(Dialog):
    """Shows a code of the journal. The main button waits until its first signs were typed."""

    def __init__(self, shell: Shell, code: str, words: str = "", action: str = "") -> None:
        self._shell = shell
        said = words or _tr(
            "The earlier code no longer opens the journal; its passphrase still does. Print this one or write it on "
            "paper; it is shown this once."
        )
        ctx = shell.ctx
        sheet = Sheet(code=code, store=ctx.profile.root.name, made=ctx.clock.today(), journal=True)
        self.keeping = CodeKeeping(sheet)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        body = column(label(said, "body", wrap=True), self.keeping, self.problem, None, spacing=14)
        super().__init__(shell.window(), _tr("The journal's recovery code"), body, action or _tr("I have kept it"))
        self.primary.setEnabled(False)
        self.keeping.proved.connect(lambda: self.primary.setEnabled(True))
        self.resize(520, 200)
        self.finished.connect(lambda _result: self.deleteLater())
        self.keeping.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)


class NewJournalLock(JournalCodeDialog):
    """done: called when the journal has moved. Until then nothing was changed, and closing this leaves it so."""

    def __init__(self, shell: Shell, made: Prepared, done: Callable[[], object]) -> None:
        words = _tr(
            "This code opens the journal where its passphrase is forgotten. Print it or write it on paper; it is shown "
            "this once. Then the journal moves, and the main file is written anew without it: that may take a minute."
        )
        super().__init__(shell, made.code, words, _tr("Move the journal"))
        self._made, self._done, self._closed = made, done, False
        self.finished.connect(self._close)

    def accept(self) -> None:
        if not self.keeping.is_proved or not self.primary.isEnabled():
            return
        self.primary.setEnabled(False)
        ctx, made = self._shell.ctx, self._made
        title = _tr("Moving the journal into a file of its own")
        self._shell.tasks.start(title, lambda _task: set_up(ctx, made), self._moved, self._failed)

    def _moved(self, _result: None) -> None:
        if not self._closed:
            super().accept()
        self._done()

    def _failed(self, error: BaseException) -> None:
        if self._closed or not isinstance(error, PlnError):
            self._shell.fail(error)
        if not self._closed:
            self.primary.setEnabled(True)
            self.tell(f"{error.title}. {error.sentence}" if isinstance(error, PlnError) else "")

    def _close(self, _result: int) -> None:
        self._closed = True


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
