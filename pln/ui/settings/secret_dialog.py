"""Asking for words before what opens the store is changed, and showing a new recovery code once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from pln.model.errors import PlnError
from pln.services.safety import NeedsPassphrase, keep_code
from pln.ui.files.file_dialog import fit
from pln.ui.shell import Shell
from pln.ui.unlock.code_keeping import CodeKeeping
from pln.ui.unlock.recovery_sheet import Sheet
from pln.ui.widgets.boxes import Grow, Item, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label

_LONG_MS = 2000
"""A passphrase takes one second; whatever takes longer is likely to wait for the desktop."""


class SecretDialog(Dialog):
    """job: gets (words in force, new words) off the main thread; done: its result. Faults are told in place.

    ask_now: are the words in force needed? They are asked for later, too, where the password store does not answer.
    which: what these words are; "" for any that open the store.
    """

    def __init__(
        self, shell: Shell, title: str, sentence: str, action: str, *, ask_now: bool, ask_new: bool,
        job: Callable[[str, str], object], done: Callable[[object], object], which: str = "",
    ) -> None:  # fmt: skip
        self._shell, self._job, self._done, self._ask_new = shell, job, done, ask_new
        self._closed = False
        self.now = secret_field(which or _tr("Your passphrase or recovery code now"))
        self.new = secret_field(_tr("New passphrase"))
        self.again = secret_field(_tr("The same once more"))
        self.problem = label("", "danger", wrap=True)
        self.waits = label(_tr("Your desktop may want to be asked first: look for its window."), "muted", wrap=True)
        for later in (self.problem, self.waits):
            later.hide()
        fields: list[Item] = [self.now, *([self.new, self.again] if ask_new else [])]
        body = column(Grow(label(sentence, "body", wrap=True), 0), *fields, self.problem, self.waits, None, spacing=10)
        super().__init__(shell.window(), title, body, action)
        self._patience = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._patience.timeout.connect(self._say_what_is_waited_for)
        self.now.setVisible(ask_now)
        self.resize(480, 200)
        self.finished.connect(self._close)
        (self.now if ask_now else self.new if ask_new else self.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        if self._ask_new and self.new.text() != self.again.text():
            self._tell(_tr("The two are not the same. Nothing was changed; please type them again."))
            return
        if not self.now.isHidden() and not self.now.text():
            self._tell(_tr("Please give these words first."))
            return
        self.primary.setEnabled(False)
        self._patience.start()
        now, new = self.now.text(), self.new.text()
        self._shell.tasks.start(
            _tr("Changing what opens the store"), lambda _task: self._job(now, new), self._ended, self._failed
        )

    def _ended(self, result: object) -> None:
        if not self._closed:
            super().accept()
        self._done(result)

    def _failed(self, error: BaseException) -> None:
        if self._closed or not isinstance(error, PlnError):
            self._shell.fail(error)
        if self._closed:
            return
        self._patience.stop()
        self.waits.hide()
        self.primary.setEnabled(True)
        if isinstance(error, NeedsPassphrase):
            self.now.show()
            self.now.setFocus()
        if isinstance(error, PlnError):
            self._tell(f"{error.title}. {error.sentence}")

    def _say_what_is_waited_for(self) -> None:
        self.waits.show()
        fit(self)

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _close(self, _result: int) -> None:
        self._closed = True
        self._patience.stop()
        for edit in (self.now, self.new, self.again):
            edit.clear()
        self.deleteLater()


class CodeDialog(Dialog):
    """Shows a new recovery code, this once. "Later" leaves it unkept: the next start shows another one."""

    def __init__(self, shell: Shell, code: str) -> None:
        self._shell = shell
        words = _tr(
            "The earlier code no longer opens your store. Print this one or write it on paper; it is shown this once. "
            "Older backups still need the code they were made with."
        )
        ctx = shell.ctx
        self.keeping = CodeKeeping(Sheet(code=code, store=ctx.profile.root.name, made=ctx.clock.today()))
        self.shown = self.keeping.shown
        later = _tr("Later: the next start of PLN shows you another code, and this one ends.")
        body = column(label(words, "body", wrap=True), self.keeping, label(later, "muted", wrap=True), None, spacing=14)
        super().__init__(shell.window(), _tr("Your new way back in"), body, _tr("I have kept it"))
        self.cancel.setText(_tr("Later"))
        self.cancel.setAccessibleName(_tr("Later"))
        self.primary.setEnabled(False)
        self.keeping.proved.connect(self._proved)
        self.resize(520, 200)
        self.finished.connect(lambda _result: self.deleteLater())
        self.keeping.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        if self.keeping.is_proved:
            keep_code(self._shell.ctx)
            super().accept()

    def _proved(self) -> None:
        self.primary.setEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)


def secret_field(name: str) -> QLineEdit:
    """A field that shows nothing of what is typed."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
