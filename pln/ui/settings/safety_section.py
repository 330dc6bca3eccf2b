"""Safety: what opens the store, backups, where everything lies, what encryption protects, and whether all is whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QLayout, QPushButton

from pln.model.errors import PlnError
from pln.services.journal_lock import JournalState
from pln.services.journal_lock import state as journal_state
from pln.services.opening import check
from pln.services.safety import (
    KEYRING,
    PASSPHRASE,
    RECOVERY,
    change_passphrase,
    fresh_recovery_code,
    is_code_kept,
    removable,
    remove,
    use_computer,
    ways,
)
from pln.ui.commands import CommandId
from pln.ui.settings.secret_dialog import CodeDialog, SecretDialog
from pln.ui.settings.section import Section
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class SafetySection(Section):
    """run: closes the settings and runs a command."""

    def __init__(self, shell: Shell, run: Callable[[CommandId], object]) -> None:
        super().__init__(shell)
        self.states = {way: label("", "muted", wrap=True) for way in (KEYRING, PASSPHRASE, RECOVERY)}
        self.keyring = button("", run=self._change_keyring)
        self.passphrase = button("", run=self._change_passphrase)
        self.recovery = button("", run=self._new_code)
        self.removals = {way: button("", "quiet", run=partial(self._remove, way)) for way in (PASSPHRASE, RECOVERY)}
        self.checked = label("", "muted", wrap=True)
        self.checked.hide()
        self.check = button(self.tr("Check the store"), icon="shield-check", run=self._check)
        self._ways: frozenset[str] = frozenset()
        back_up = button(self.tr("Back up into a file…"), icon="hard-drive", run=lambda: run(CommandId.FILE_BACKUP))
        self.fill(
            self.tr("Safety"), label(self.tr("What opens your store"), "label"),
            self._way(self.tr("This computer's password store"), KEYRING, self.keyring),
            self._way(self.tr("Passphrase"), PASSPHRASE, self.passphrase),
            self._way(self.tr("Recovery code"), RECOVERY, self.recovery),
            hairline(), row(back_up, self.check, None), self.checked,
            hairline(), label(self.tr("Where your data lies"), "label"),
            label(str(shell.ctx.profile.root), "small", wrap=True, selectable=True),
            label(self.tr("What encryption does"), "label"), *self._about(),
        )  # fmt: skip
        self._show_ways()

    def _way(self, name: str, way: str, change: QPushButton) -> QLayout:
        words = column(label(name, "strong"), self.states[way], spacing=1)
        return row(Grow(words), *([self.removals[way]] if way in self.removals else []), change)

    def _about(self) -> tuple[QLabel, ...]:
        sentences = (
            self.tr("Whoever takes this computer or a backup reads nothing without one of the ways above."),
            self.tr("While PLN is open, programs that run in your name can see what you see."),
            self.tr("What you export or share leaves the encryption; PLN says so each time."),
        )
        return tuple(label(f"•  {sentence}", "muted", wrap=True) for sentence in sentences)

    def _show_ways(self) -> None:
        kept, may_go = True, frozenset[str]()
        try:
            self._ways = ways(self.shell.ctx)
            kept, may_go = is_code_kept(self.shell.ctx), removable(self.shell.ctx)
        except PlnError as fault:
            self.trouble(fault)
        opens, not_set = self.tr("Opens your store"), self.tr("Not set")
        asks = self.tr("Not used: PLN asks for your passphrase or code at each start")
        self.states[KEYRING].setText(self.tr("Opens your store by itself") if KEYRING in self._ways else asks)
        for way in (PASSPHRASE, RECOVERY):
            self.states[way].setText(opens if way in self._ways else not_set)
        if not kept:
            self.states[RECOVERY].setText(self.tr("Made, but not kept by you yet: take a new one"))
        use = self.tr("Stop using it") if KEYRING in self._ways else self.tr("Use it")
        _say(self.keyring, use, self.tr("This computer's password store"))
        _say(
            self.passphrase, self.tr("Change…") if PASSPHRASE in self._ways else self.tr("Set…"), self.tr("Passphrase")
        )
        _say(self.recovery, self.tr("New code…"), self.tr("Recovery code"))
        for way, name in ((PASSPHRASE, self.tr("Passphrase")), (RECOVERY, self.tr("Recovery code"))):
            _say(self.removals[way], self.tr("Remove…"), name)
            self.removals[way].setVisible(way in may_go)

    def _changed(self, said: str) -> None:
        self.shell.toast(said)
        if not self.gone:
            self._show_ways()
            self.saved.emit("")

    def _change_passphrase(self) -> None:
        ctx = self.shell.ctx
        self._ask(
            self.tr("Change your passphrase") if PASSPHRASE in self._ways else self.tr("Set a passphrase"),
            self.tr("Eight characters or more; a short sentence is good. The earlier one no longer opens your store."),
            self.tr("Keep this passphrase"), lambda now, new: change_passphrase(ctx, new, now),
            lambda _: self._changed(self.tr("The new passphrase opens your store from now on.")), ask_new=True,
        )  # fmt: skip

    def _new_code(self) -> None:
        ctx = self.shell.ctx
        self._ask(
            self.tr("A new recovery code"),
            self.tr("The code you have now will no longer open your store. Have paper at hand."),
            self.tr("Make a new code"), lambda now, _new: fresh_recovery_code(ctx, now), self._show_code,
        )  # fmt: skip

    def _show_code(self, code: object) -> None:
        assert isinstance(code, str)
        shown = CodeDialog(self.shell, code)
        shown.finished.connect(self._code_put_away)
        shown.open()

    def _code_put_away(self) -> None:
        if not self.gone:
            self._show_ways()

    def _change_keyring(self) -> None:
        ctx = self.shell.ctx
        if KEYRING not in self._ways:
            self._ask(
                self.tr("Use this computer's password store"),
                self.tr("PLN then opens by itself when you are logged in. Your other ways in stay."),
                self.tr("Use it"), lambda now, _new: use_computer(ctx, now),
                lambda _: self._changed(self.tr("This computer opens your store from now on.")),
            )  # fmt: skip
            return
        self._ask(
            self.tr("Stop using this computer's password store"),
            self.tr("PLN then asks for your passphrase or your recovery code at each start. Show that you have one."),
            self.tr("Stop using it"), lambda now, _new: remove(ctx, KEYRING, now),
            lambda _: self._changed(self.tr("From the next start on, PLN asks for your words.")), always=True,
        )  # fmt: skip

    def _remove(self, way: str) -> None:
        ctx = self.shell.ctx
        title, which, done = {
            PASSPHRASE: (self.tr("Remove the passphrase"), self.tr("Your recovery code"),
                         self.tr("The passphrase no longer opens your store.")),
            RECOVERY: (self.tr("Remove the recovery code"), self.tr("Your passphrase now"),
                       self.tr("The recovery code no longer opens your store.")),
        }[way]  # fmt: skip
        self._ask(
            title,
            self.tr("Backups that were made until now still open with it. So that you are not locked out, show that "
                    "you have what stays."),
            self.tr("Remove it"), lambda now, _new: remove(ctx, way, now), lambda _: self._changed(done),
            always=True, which=which,
        )  # fmt: skip

    def _ask(
        self, title: str, sentence: str, action: str, job: Callable[[str, str], object],
        done: Callable[[object], object], *, ask_new: bool = False, always: bool = False, which: str = "",
    ) -> None:  # fmt: skip
        """always: ask for words even where the password store would vouch for whoever sits here."""
        SecretDialog(
            self.shell, title, sentence, action, ask_now=always or KEYRING not in self._ways, ask_new=ask_new, job=job,
            done=done, which=which,
        ).open()  # fmt: skip

    def _check(self) -> None:
        ctx = self.shell.ctx
        self.check.setEnabled(False)
        self.checked.setText(self.tr("Reading the whole store…"))
        self.checked.show()
        self.shell.tasks.start(self.tr("Checking the store"), lambda _task: check(ctx), self._told, self._unchecked)

    def _told(self, found: tuple[str, ...]) -> None:
        locked = journal_state(self.shell.ctx) is JournalState.LOCKED
        left_out = (self.tr("The journal is locked and was not read."),) if locked else ()
        said = (*(found or (self.tr("Everything is whole."),)), *left_out)
        if self.gone:
            self.shell.toast(" ".join(said))
            return
        self.check.setEnabled(True)
        self.checked.setText("\n".join(said))

    def _unchecked(self, error: BaseException) -> None:
        if not self.gone:
            self.check.setEnabled(True)
            self.checked.setText("")
        self.trouble(error)


def _say(change: QPushButton, text: str, way: str) -> None:
    change.setText(text)
    change.setAccessibleName(f"{way}: {text}")
