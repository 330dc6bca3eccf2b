"""Sync: the owner's own server for feeds, read and starred articles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from pln.model.sync import SyncAccount, SyncReport
from pln.services.sync_account import forget_sync_account, keep_sync_account, sync_account
from pln.services.tasks import Task
from pln.ui.settings.secret_dialog import secret_field
from pln.ui.settings.section import Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class SyncSection(Section):
    """Asked for and told off the window's thread: both the server and the password store may take their time."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.url = _line(self.tr("Address of its API"), self.tr("https://server.example/api/greader.php"))
        self.login = _line(self.tr("User name"))
        self.password = secret_field(self.tr("API password"))
        self.state = label("", "strong", wrap=True)
        self.last = label("", "small", wrap=True)
        self.connect_ = button(self.tr("Connect"), run=self._connect)
        self.now = button(self.tr("Sync now"), icon="refresh-cw", run=self._sync)
        self.forget = button(self.tr("Forget this server"), "quiet", run=self._forget)
        self.mine = button(self.tr("It is my own server: go there"), run=self._allow)
        self.mine.hide()
        self._refused = ""
        why = self.tr(
            "For those who read on other devices too: feeds, read and starred articles go both ways with a server of "
            "your own that speaks the Google Reader API, such as FreshRSS or Miniflux. Notes, highlights and people "
            "never go there. The password is kept in this computer's password store."
        )
        self.fields = (
            field(self.tr("Address of its API"), self.url),
            field(self.tr("User name"), self.login),
            field(self.tr("API password"), self.password, self.tr("Many servers want one of its own for programs.")),
        )
        self.fill(
            self.tr("Sync"), label(why, "muted", wrap=True), self.state, self.last, *self.fields,
            row(self.connect_, self.now, self.forget, None, spacing=8),
            row(self.mine, None),
        )  # fmt: skip
        self.look()

    def look(self) -> None:
        """Show what is kept."""
        account = sync_account(self.shell.ctx)
        self.state.setVisible(account is not None)
        self.last.setVisible(account is not None)
        self.now.setVisible(account is not None)
        self.forget.setVisible(account is not None)
        self.connect_.setText(self.tr("Connect") if account is None else self.tr("Change"))
        if account is not None:
            self.url.setText(account.url)
            self.login.setText(account.login)
            self.state.setText(self.tr("Connected to %1").replace("%1", account.url))
            self.last.setText(self._told(account))

    def _told(self, account: SyncAccount) -> str:
        if account.error:
            return account.error
        if account.synced is None:
            return self.tr("Not synced yet.")
        return self.tr("Last synced on %1.").replace("%1", f"{account.synced.astimezone():%d %B %Y, %H:%M}")

    def _connect(self) -> None:
        ctx, words = self.shell.ctx, (self.url.text(), self.login.text(), self.password.text())
        self._run(self.tr("Connecting to the server"), lambda task: keep_sync_account(ctx, *words), self._connected)

    def _connected(self, _account: object) -> None:
        self.password.clear()
        self._settled(self.tr("Connected"))
        self._sync()

    def _sync(self) -> None:
        ctx, tasks = self.shell.ctx, self.shell.tasks

        def job(task: Task) -> SyncReport:
            from pln.services.syncing import sync  # the network's libraries are heavy: not before needed

            return sync(
                ctx, on_progress=lambda done, total: tasks.step(task, done, total), cancelled=lambda: task.cancelled
            )

        self._run(self.tr("Syncing"), job, self._synced)

    def _synced(self, report: SyncReport) -> None:
        words = self.tr("%1 sent, %2 changed here").replace("%1", str(report.sent)).replace("%2", str(report.received))
        if report.left_out:
            unread = self.tr("%1 could not be read and were left out").replace("%1", str(len(report.left_out)))
            words = f"{words}; {unread}"
        self._settled(words)

    def _forget(self) -> None:
        ctx = self.shell.ctx
        told = self.tr("Forgotten; feeds and articles stay")
        self._run(self.tr("Forgetting the server"), lambda task: forget_sync_account(ctx), lambda _: self._left(told))

    def _left(self, told: str) -> None:
        for edit in (self.url, self.login, self.password):
            edit.clear()
        self._settled(told)

    def _allow(self) -> None:
        """The server lies in the home network, as many do; its owner says so."""
        from pln.services.refreshing import allow_place

        ctx, place = self.shell.ctx, self._refused
        self.shell.tasks.write(lambda: allow_place(ctx, place), lambda _: self._connect(), self.trouble)

    def _run(self, title: str, job: Callable[[Task], object], done: Callable[..., object]) -> None:
        self.problem.hide()
        self.mine.hide()
        for each in (self.connect_, self.now, self.forget):
            each.setEnabled(False)

        def ended(result: object) -> None:
            if not self.gone:
                done(result)

        self.shell.tasks.start(title, job, ended, self._failed)

    def _settled(self, told: str) -> None:
        for each in (self.connect_, self.now, self.forget):
            each.setEnabled(True)
        self.saved.emit(told)
        self.look()

    def _failed(self, error: BaseException) -> None:
        if not self.gone:
            for each in (self.connect_, self.now, self.forget):
                each.setEnabled(True)
            self._refused = getattr(error, "place", "")  # only an address of the home network has one
            self.mine.setVisible(bool(self._refused))
        self.trouble(error)


def _line(name: str, example: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made
