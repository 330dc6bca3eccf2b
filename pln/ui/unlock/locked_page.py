"""The page of a locked window: what opens it again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pln.model.errors import PlnError
from pln.ui.unlock.pages import BarePage, promise
from pln.ui.widgets.boxes import Grow, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label, restyle


class LockedPage(BarePage):
    """answered: called with the words typed, or with None where this computer's password store is to be asked."""

    def __init__(self, answered: Callable[[str | None], object], *, keyring: bool, passphrase: bool) -> None:
        """keyring: offer this computer's password store. passphrase: there is one, beside the recovery code."""
        super().__init__()
        self._answered, self._passphrase = answered, passphrase
        self._words = label(self._lead(keyring), "lead", wrap=True)
        self._waiting = label("", "muted", wrap=True)
        self._problem = label("", "danger", wrap=True)
        self.keyring = button(
            self.tr("Open with this computer's password store"), "primary", icon="key",
            run=lambda: self._answer(None),
        )  # fmt: skip
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(self._field_name())
        self.field.setAccessibleName(self._field_name())
        self.go = button(self.tr("Open"), "normal" if keyring else "primary", run=self._answer_words)
        for shown, when in ((self.keyring, keyring), (self._waiting, False), (self._problem, False)):
            shown.setVisible(when)
        self.fill(
            label(self.tr("PLN is locked"), "display", wrap=True), self._words, self._waiting,
            row(self.keyring, None), row(Grow(self.field), self.go), self._problem, hairline(), promise(),
        )  # fmt: skip
        self.field.returnPressed.connect(self._answer_words)
        self.setFocusProxy(self.keyring if keyring else self.field)

    def wait(self, sentence: str) -> None:
        """Say what is still to be done behind the lock; "" where that is over."""
        self._waiting.setText(sentence)
        self._waiting.setVisible(bool(sentence))

    def refuse(self, fault: PlnError) -> None:
        """Say why it did not open, and let it be tried again."""
        self.say(f"{fault.title}. {fault.sentence}")

    def say(self, sentence: str) -> None:
        self._set_busy(False)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        focus = self.field if not self.keyring.isVisibleTo(self) or self.field.text() else self.keyring
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def ask_words(self, reason: str) -> None:
        """The password store did not open it: words are needed. reason: a sentence."""
        self.keyring.hide()
        self._words.setText(self._lead(False))
        restyle(self.go, "kind", "primary")
        self.setFocusProxy(self.field)
        self.say(reason)

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self.field.clear()

    def _answer_words(self) -> None:
        if self.field.text():
            self._answer(self.field.text())
        else:
            self.field.setFocus()

    def _answer(self, words: str | None) -> None:
        self._set_busy(True)
        self._problem.hide()
        self._answered(words)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.keyring, self.go, self.field):
            part.setEnabled(not busy)

    def _field_name(self) -> str:
        return self.tr("Passphrase or recovery code") if self._passphrase else self.tr("Recovery code")

    def _lead(self, keyring: bool) -> str:
        if keyring:
            return self.tr("Nothing of your store is shown. This computer opens it again for you.")
        if self._passphrase:
            return self.tr("Nothing of your store is shown. It opens with your passphrase or your recovery code.")
        return self.tr("Nothing of your store is shown. It opens with your recovery code.")
