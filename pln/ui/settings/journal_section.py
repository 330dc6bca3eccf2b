"""Journal: a lock of its own for those who want it, what it does and what it does not, and how it is ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pln.services import journal_lock
from pln.services.journal_lock import JournalState
from pln.ui.commands import CommandId
from pln.ui.settings.journal_dialogs import JournalCodeDialog, NewJournalLock
from pln.ui.settings.secret_dialog import SecretDialog
from pln.ui.settings.section import Section
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Item, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class JournalSection(Section):
    """run: closes the settings and runs a command."""

    def __init__(self, shell: Shell, run: Callable[[CommandId], object]) -> None:
        super().__init__(shell)
        self.said = label("", "strong", wrap=True)
        self.rest = label("", "muted", wrap=True)
        self.set_up = button(self.tr("Set up a lock…"), icon="lock", run=self._set_up)
        self.lock = button(self.tr("Lock it now"), icon="lock", run=lambda: run(CommandId.JOURNAL_LOCK))
        self.words = button(self.tr("Change its passphrase…"), run=self._change_words)
        self.code = button(self.tr("New recovery code…"), run=self._new_code)
        self.end = button(self.tr("End this lock…"), icon="lock-open", run=self._end)
        self.back_up = button(
            self.tr("Back up into a file…"), icon="hard-drive", run=lambda: run(CommandId.FILE_BACKUP)
        )
        self.about = QWidget()
        self.about.setLayout(column(hairline(), label(self.tr("What it does"), "label"), *self._about(), spacing=12))
        self._with_lock = QWidget()
        self._with_lock.setLayout(
            column(row(self.lock, self.end, None), row(self.words, self.code, None), spacing=10)
        )  # fmt: skip
        self.fill(
            self.tr("Journal"), label(self.tr("A lock for the journal alone"), "label"), self.said,
            row(self.set_up, None), self._with_lock, self.about, hairline(),
            label(self.tr("Copies from before"), "label"), *self._older(),
        )  # fmt: skip
        self._show()

    def _about(self) -> tuple[Item, ...]:
        sentences = (
            self.tr("The journal, and what you shared from it, moves into an encrypted file of its own."),
            self.tr("It is locked whenever PLN starts or locks. Search, Today and exports then leave it out."),
            self.tr("Only its own passphrase or recovery code opens it. Whoever loses both has lost the journal."),
        )
        return tuple(label(f"•  {sentence}", "muted", wrap=True) for sentence in sentences)

    def _older(self) -> tuple[Item, ...]:
        words = self.tr(
            "What was copied before the lock still holds the journal, and opens without the journal's passphrase. "
            "Make a new backup, then remove the older ones yourself: PLN deletes none."
        )
        return label(words, "muted", wrap=True), self.rest, row(self.back_up, None)

    def _show(self) -> None:
        state = journal_lock.state(self.shell.ctx)
        self.said.setText(
            {
                JournalState.TOGETHER: self.tr("Not set up: the journal opens with everything else."),
                JournalState.OPEN: self.tr("Set up. The journal is open now."),
                JournalState.LOCKED: self.tr("Set up. The journal is locked now; open it on its page."),
            }[state]
        )
        self.set_up.setVisible(state is JournalState.TOGETHER)
        self._with_lock.setVisible(state is not JournalState.TOGETHER)
        self.about.setVisible(state is JournalState.TOGETHER)  # who has a lock knows it, and its page says the rest
        self.lock.setVisible(state is JournalState.OPEN)
        self.rest.setText(self._what_remains(state))
        self.rest.setVisible(bool(self.rest.text()))

    def _what_remains(self, state: JournalState) -> str:
        ctx, said = self.shell.ctx, list[str]()
        older = journal_lock.older_backups(ctx)
        stores = sum(path.suffix == ".db" for path in older)
        backups = len(older) - stores
        if backups:
            words = self.tr("There is one backup.") if backups == 1 else self.tr("There are %1 backups.")
            said.append(words.replace("%1", str(backups)))
        if stores:
            words = self.tr("One earlier store is set aside.") if stores == 1 else self.tr("%1 stores are set aside.")
            said.append(words.replace("%1", str(stores)))
        if state is not JournalState.TOGETHER and not journal_lock.is_swept(ctx):
            said.append(
                self.tr(
                    "Traces of the journal may still lie in unused parts of the main file, as the disk had no room to "
                    "write it anew. PLN tries again when the journal is opened or locked."
                )
            )
        return " ".join(said)

    def _set_up(self) -> None:
        SecretDialog(
            self.shell, self.tr("A lock for the journal"),
            self.tr(
                "Choose a passphrase that opens nothing else: eight characters or more; a short sentence is good. "
                "Next you are given a recovery code. Nothing is moved before you have kept it."
            ),
            self.tr("Go on"), ask_now=False, ask_new=True,
            job=lambda _now, new: journal_lock.prepare(new), done=self._show_new,
        ).open()  # fmt: skip

    def _show_new(self, made: object) -> None:
        assert isinstance(made, journal_lock.Prepared)
        NewJournalLock(self.shell, made, self._is_set_up).open()

    def _is_set_up(self) -> None:
        self._changed(
            self.tr("The journal has a lock of its own now. It stays open until you lock it, PLN locks, or PLN closes.")
        )

    def _change_words(self) -> None:
        ctx = self.shell.ctx
        self._ask(
            self.tr("Another passphrase for the journal"),
            self.tr("Eight characters or more. The earlier one no longer opens the journal."),
            self.tr("Keep this passphrase"), lambda now, new: journal_lock.change_words(ctx, now, new),
            lambda _: self._changed(self.tr("The new passphrase opens the journal from now on.")), ask_new=True,
        )  # fmt: skip

    def _new_code(self) -> None:
        ctx = self.shell.ctx
        self._ask(
            self.tr("A new recovery code for the journal"),
            self.tr("The code you have now will no longer open the journal. Have paper at hand."),
            self.tr("Make a new code"), lambda now, _new: journal_lock.fresh_code(ctx, now), self._show_code,
        )  # fmt: skip

    def _show_code(self, code: object) -> None:
        assert isinstance(code, str)
        JournalCodeDialog(self.shell, code).open()

    def _end(self) -> None:
        ctx = self.shell.ctx
        self._ask(
            self.tr("End the journal's lock"),
            self.tr(
                "The journal moves back to everything else and opens with it from then on. Its own file is laid aside "
                "in the profile's set-aside folder, where its words still open it."
            ),
            self.tr("Move it back"), lambda now, _new: journal_lock.end(ctx, now),
            lambda _: self._changed(self.tr("The journal lies with everything else again.")),
        )  # fmt: skip

    def _ask(
        self, title: str, sentence: str, action: str, job: Callable[[str, str], object],
        done: Callable[[object], object], *, ask_new: bool = False,
    ) -> None:  # fmt: skip
        SecretDialog(
            self.shell, title, sentence, action, ask_now=True, ask_new=ask_new, job=job, done=done,
            which=self.tr("The journal's passphrase or recovery code"),
        ).open()  # fmt: skip

    def _changed(self, said: str) -> None:
        self.shell.toast(said)
        if not self.gone:
            self._show()
            self.saved.emit("")
