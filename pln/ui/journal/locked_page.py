"""The journal's page while it is locked: a field for its words, and nothing of what is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pln.model.errors import PlnError
from pln.services.journal_lock import open_journal
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.scroll import Page

_WIDTH = 460


class LockedJournal(QWidget):
    """opened: it is open from now on. What is typed is cleared as soon as it was tried."""

    opened = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        name = self.tr("The journal's passphrase or recovery code")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.returnPressed.connect(self.try_words)
        self.go = button(self.tr("Open"), "primary", run=self.try_words)
        self.waiting = label("", "muted", wrap=True)
        self.problem = label("", "danger", wrap=True)
        for later in (self.waiting, self.problem):
            later.hide()
        body = QWidget()
        body.setMaximumWidth(_WIDTH)
        words = self.tr(
            "While it is locked, search, Today, timelines and exports know nothing of it. "
            "It has words of its own, and no password store opens it."
        )
        body.setLayout(
            column(
                row(IconLabel("lock", "faint", 28), None), label(self.tr("The journal is locked"), "title", wrap=True),
                label(words, "lead", wrap=True), self.waiting, row(Grow(self.field), self.go), self.problem, spacing=14,
            )
        )  # fmt: skip
        middle = row(None, body, None)
        middle.setStretchFactor(body, 20)
        self.setLayout(column(Page(column(None, middle, None, None), margins=(24, 24, 24, 24)), spacing=0))
        self.setFocusProxy(self.field)

    def wait(self, sentence: str) -> None:
        """Say what waits for it to be opened; "" for nothing."""
        self.waiting.setText(sentence)
        self.waiting.setVisible(bool(sentence))

    def forget(self) -> None:
        """Leave nothing of what was typed or said."""
        self.field.clear()
        self.problem.hide()
        self.wait("")

    def try_words(self) -> None:
        typed = self.field.text()
        if not typed or not self.go.isEnabled():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_busy(True)
        self.problem.hide()
        ctx = self._shell.ctx
        title = self.tr("Opening the journal")
        self._shell.tasks.start(title, lambda _task: open_journal(ctx, typed), self._opened, self._refused)

    def _opened(self, _result: None) -> None:
        self._set_busy(False)
        self.forget()
        self.opened.emit()

    def _refused(self, error: BaseException) -> None:
        self._set_busy(False)
        if isinstance(error, PlnError):
            self.problem.setText(f"{error.title}. {error.sentence}")
            self.problem.show()
        else:
            self._shell.fail(error)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.field.setReadOnly(busy)
