"""Asking for words before what opens the store is changed, and showing a new recovery code once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QLineEdit

from pln.model.errors import PlnError
from pln.services.safety import NeedsPassphrase
from pln.ui.files.file_dialog import fit
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label

_CLIPBOARD_SECONDS = 60


class SecretDialog(Dialog):
    """job: gets (words in force, new words) off the main thread; done: its result. Faults are told in place.

    ask_now: are the words in force needed? They are asked for later, too, where the password store does not answer.
    """

    def __init__(
        self, shell: Shell, title: str, sentence: str, action: str, *, ask_now: bool, ask_new: bool,
        job: Callable[[str, str], object], done: Callable[[object], object],
    ) -> None:  # fmt: skip
        self._shell, self._job, self._done, self._ask_new = shell, job, done, ask_new
        self._closed = False
        self.now = secret_field(_tr("Your passphrase or recovery code now"))
        self.new = secret_field(_tr("New passphrase"))
        self.again = secret_field(_tr("The same once more"))
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        fields: list[Item] = [self.now, *([self.new, self.again] if ask_new else [])]
        body = column(Grow(label(sentence, "body", wrap=True), 0), *fields, self.problem, None, spacing=10)
        super().__init__(shell.window(), title, body, action)
        self.now.setVisible(ask_now)
        self.resize(480, 200)
        self.finished.connect(self._close)
        (self.now if ask_now else self.new if ask_new else self.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        if self._ask_new and self.new.text() != self.again.text():
            self._tell(_tr("The two are not the same. Nothing was changed; please type them again."))
            return
        if not self.now.isHidden() and not self.now.text():
            self._tell(_tr("Please give your passphrase or your recovery code first."))
            return
        self.primary.setEnabled(False)
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
        self.primary.setEnabled(True)
        if isinstance(error, NeedsPassphrase):
            self.now.show()
            self.now.setFocus()
        if isinstance(error, PlnError):
            self._tell(f"{error.title}. {error.sentence}")

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _close(self, _result: int) -> None:
        self._closed = True
        for edit in (self.now, self.new, self.again):
            edit.clear()
        self.deleteLater()


class CodeDialog(Dialog):
    """Shows a new recovery code, this once."""

    def __init__(self, shell: Shell, code: str) -> None:
        words = _tr(
            "The earlier code no longer opens your store. Write this one on paper or print it; it is shown this once. "
            "Older backups still need the code they were made with."
        )
        self.shown = label(code, "serif-strong", selectable=True)
        self.shown.setAccessibleName(_tr("Recovery code"))
        copy = button(_tr("Copy for a minute"), icon="copy", run=lambda: copy_for_a_minute(code))
        body = column(label(words, "body", wrap=True), self.shown, row(copy, None), None, spacing=14)
        super().__init__(shell.window(), _tr("Your new way back in"), body, _tr("I have kept it"))
        self.cancel.hide()
        self.resize(520, 200)
        self.finished.connect(lambda _result: self.deleteLater())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)


def copy_for_a_minute(secret: str) -> None:
    """Put a text on the clipboard and take it away again, unless something else lies there by then."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(secret)
    QTimer.singleShot(
        _CLIPBOARD_SECONDS * 1000, clipboard, lambda: clipboard.clear() if clipboard.text() == secret else None
    )


def secret_field(name: str) -> QLineEdit:
    """A field that shows nothing of what is typed."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
