"""Lock: by hand, after a while of nobody being there, when the computer sleeps; and what opens the window again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QCheckBox

from pln.model.errors import PlnError
from pln.services.preferences import preferences
from pln.services.safety import KEYRING, PASSPHRASE, ways
from pln.ui.commands import CommandId
from pln.ui.settings.section import Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label

_MINUTES = (0, 1, 5, 10, 30, 60)


class LockSection(Section):
    """run: closes the settings and runs a command."""

    def __init__(self, shell: Shell, run: Callable[[CommandId], object]) -> None:
        super().__init__(shell)
        wishes = preferences(shell.ctx)
        self.after = Choice(self.tr("When nobody is there"), self._times(wishes.lock_minutes), str(wishes.lock_minutes))
        self.words = QCheckBox(self.tr("Ask for my passphrase or recovery code"))
        self.words.setChecked(wishes.lock_asks_words)
        self.hint = label(self._no_passphrase(), "muted", wrap=True)
        self.why = label(
            self.tr("Without this, whoever sits at your open desktop can open PLN with its password store."),
            "muted", wrap=True,
        )  # fmt: skip
        self.always = label(self.tr("PLN asks for your passphrase or recovery code each time."), "muted", wrap=True)
        self._show()
        self.after.chosen.connect(self._after_chosen)
        self.words.toggled.connect(self._words_chosen)
        keys = QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText)
        now = button(self.tr("Lock PLN now"), icon="lock", run=lambda: run(CommandId.FILE_LOCK))
        self.fill(
            self.tr("Lock"),
            label(
                self.tr("A locked window shows nothing, and the store is closed behind it. %1 locks it from anywhere.")
                .replace("%1", keys), "muted", wrap=True,
            ),
            row(now, None),
            field(
                self.tr("When nobody is there"), self.after,
                self.tr("It locks, too, when the computer sleeps or its screen is locked, where the system tells PLN."),
            ),
            hairline(), label(self.tr("Opening it again"), "strong"),
            column(self.words, self.why, self.always, self.hint, spacing=5),
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        self._show()  # Safety, beside this, lets the ways in be changed
        super().showEvent(event)

    def _show(self) -> None:
        """Only where the password store opens PLN is there anything to choose."""
        there = self._ways()
        self.words.setVisible(KEYRING in there)
        self.why.setVisible(KEYRING in there)
        self.always.setVisible(KEYRING not in there)
        self.hint.setVisible(KEYRING in there and self.words.isChecked() and PASSPHRASE not in there)

    def _after_chosen(self, key: str) -> None:
        self.keep(lambda wishes: replace(wishes, lock_minutes=int(key)))

    def _words_chosen(self, on: bool) -> None:
        self._show()
        self.keep(lambda wishes: replace(wishes, lock_asks_words=on))

    def _ways(self) -> frozenset[str]:
        """Where they cannot be read, all of them: nothing is hidden then."""
        try:
            return ways(self.shell.ctx)
        except PlnError as fault:
            self.trouble(fault)
            return frozenset({KEYRING, PASSPHRASE})

    def _no_passphrase(self) -> str:
        return self.tr("You have no passphrase yet, so your recovery code is asked for. Safety lets you set one.")

    def _times(self, now: int) -> list[tuple[str, str]]:
        return [(str(minutes), self._time(minutes)) for minutes in sorted({*_MINUTES, now})]

    def _time(self, minutes: int) -> str:
        if minutes <= 0:
            return self.tr("Never by itself")
        if minutes == 60:
            return self.tr("Lock after an hour")
        if minutes == 1:
            return self.tr("Lock after a minute")
        return self.tr("Lock after %1 minutes").replace("%1", str(minutes))
