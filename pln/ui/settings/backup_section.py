"""Backups: which there are, where they go, one more now, and one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pln.model.errors import PlnError
from pln.services.backup import BackupReport
from pln.services.context import Context
from pln.services.keeping import Place, choose_place, keep_now, place
from pln.services.kept_backups import Found, kept_of
from pln.services.tasks import Task
from pln.ui.commands import CommandId
from pln.ui.files.file_dialog import counted
from pln.ui.files.path_field import Chooser, choose_folder, open_folder
from pln.ui.files.restore_form import in_brief, moment
from pln.ui.settings.section import ORIGIN, Section
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, hairline
from pln.ui.widgets.buttons import button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label

_SHOWN = 8

State = tuple[Place, bool, tuple[Found, ...]]
"""Where they go, whether that folder is there yet, and which there are."""


class BackupSection(Section):
    """run: closes the settings and runs a command. choose: asks for a folder. show: opens one, or returns False."""

    def __init__(
        self, shell: Shell, run: Callable[[CommandId], object], choose: Chooser = choose_folder,
        show: Callable[[Path], bool] = open_folder,
    ) -> None:  # fmt: skip
        super().__init__(shell)
        self._choose, self._show_folder, self._asked = choose, show, 0
        self.newest = label("", "strong", wrap=True)
        self.others = label("", "small", wrap=True)
        self.folder = label("", "small", wrap=True, selectable=True)
        self.missing = label("", "danger", wrap=True)
        self.now = button(self.tr("Back up now"), icon="hard-drive", run=self._back_up)
        self.open = button(self.tr("Open the folder"), icon="folder-open", run=self._open)
        self.other = button(self.tr("Another folder…"), icon="folder", run=self._ask_folder)
        self.own = button(self.tr("PLN's own folder"), "quiet", run=lambda: self._go_to(None))
        into_file = button(self.tr("Back up into a file…"), run=lambda: run(CommandId.FILE_BACKUP))
        back = button(self.tr("Bring one back…"), icon="history", run=lambda: run(CommandId.FILE_RESTORE))
        why = self.tr(
            "PLN makes one each day by itself, and one before an import or an update. Each is encrypted, and read to "
            "its end before it counts. The newest of seven days and of five weeks stay, with the newest three made "
            "before something, and all that you made by hand."
        )
        where = self.tr(
            "Another disk, a stick or a synced folder is good: then a lost computer costs nothing. While it is not "
            "there, backups go into PLN's own folder."
        )
        places = FlowLayout(self.open, self.other, self.own)
        for part in (self.missing, self.others, self.open, self.own):
            part.hide()
        self.fill(
            self.tr("Backups"), label(why, "muted", wrap=True), self.newest, self.others,
            FlowLayout(self.now, into_file, back), hairline(), label(self.tr("Where they go"), "label"), self.folder,
            self.missing, column(label(where, "muted", wrap=True), places, spacing=8),
        )  # fmt: skip
        self.look()

    def look(self) -> None:
        """Read anew what is there, off the window's thread: the folder may lie on a slow drive."""
        ctx = self.shell.ctx
        self._asked += 1
        asked = self._asked
        self.shell.tasks.read(lambda: _state(ctx), lambda state: self._show(asked, state), self.trouble)

    def _show(self, asked: int, state: State) -> None:
        if self.gone or asked != self._asked:  # an answer that was slow knows less than a later one
            return
        there, is_there, found = state
        self.newest.setText(self._newest(found))
        self.others.setText("\n".join(self._older(found)))
        self.others.setVisible(len(found) > 1)
        self.folder.setText(str(there.folder))
        self.open.setVisible(is_there)
        self.own.setVisible(there.chosen is not None)
        self.missing.setVisible(there.missing)
        gone = self.tr("%1 is not there now, or cannot be written. Backups go into PLN's own folder until it is back.")
        self.missing.setText(gone.replace("%1", str(there.chosen)))

    def _newest(self, found: tuple[Found, ...]) -> str:
        if not found:
            return self.tr("There is none yet. PLN makes the first one in its first quiet minute.")
        said = self.tr("The newest was made on %1: %2.").replace("%1", moment(found[0]))
        return said.replace("%2", counted(found[0].counts) or self.tr("nothing yet"))

    def _older(self, found: tuple[Found, ...]) -> list[str]:
        rest = len(found) - _SHOWN
        more = self.tr("and one more") if rest == 1 else self.tr("and %1 more").replace("%1", str(rest))
        return [*(in_brief(each) for each in found[1:_SHOWN]), *([more] if rest > 0 else [])]

    def _open(self) -> None:
        if not self._show_folder(Path(self.folder.text())):
            words = self.tr("This desktop names no program for folders. The folder is told below.")
            self.trouble(PlnError(self.tr("The folder could not be opened"), words))

    def _back_up(self) -> None:
        ctx, tasks = self.shell.ctx, self.shell.tasks
        self.now.setEnabled(False)

        def job(task: Task) -> BackupReport:
            return keep_now(ctx, lambda done, total: tasks.step(task, done, total))

        tasks.start(self.tr("Backing up"), job, self._backed_up, self._not_backed_up)

    def _backed_up(self, report: BackupReport) -> None:
        if self.gone:
            self.shell.toast(self.tr("Backed up to %1 and read back whole.").replace("%1", report.path.name))
            return
        self.now.setEnabled(True)
        self.problem.hide()
        self.saved.emit(self.tr("Backed up, and read back whole."))
        self.look()

    def _not_backed_up(self, error: BaseException) -> None:
        if not self.gone:
            self.now.setEnabled(True)
        self.trouble(error)

    def _ask_folder(self) -> None:
        begin = Path(self.folder.text() or Path.home())
        self._choose(self.window(), self.tr("The folder for backups"), begin, lambda text: self._go_to(Path(text)))

    def _go_to(self, folder: Path | None) -> None:
        ctx = self.shell.ctx
        self.write(lambda: choose_place(ctx, folder, origin=ORIGIN), self.look)


def _state(ctx: Context) -> State:
    there = place(ctx)
    return there, there.folder.is_dir(), kept_of(ctx.profile)
