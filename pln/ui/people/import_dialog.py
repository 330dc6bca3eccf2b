"""Import people: choose or drop files, see row by row what will happen, do it in the background, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget
from shiboken6 import isValid

from pln.model.errors import Cancelled
from pln.services.keeping import NoBackup, Why, safely
from pln.services.tasks import Task
from pln.ui.files.backup_first import ask_to_go_on
from pln.ui.files.chooser import chooser
from pln.ui.people.import_job import Outcome, PlannedFile, import_files, plan_files
from pln.ui.people.import_preview import LineTable, preview_table, remarks, report_table, summary
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.progress import Progress

_TICK = 100  # milliseconds between two looks at how far a task is
_MOST_REMARKS = 4


class Stage(Enum):
    CHOOSE = auto()
    READING = auto()
    PREVIEW = auto()
    IMPORTING = auto()
    REPORT = auto()


class ImportDialog(Dialog):
    """paths: files or folders to begin with; none lets the user choose. Files may be dropped on it, too."""

    def __init__(self, shell: Shell, paths: Sequence[Path] = ()) -> None:
        self._shell = shell
        self._body: QLayout = column(spacing=12)
        super().__init__(shell.window(), _tr("Import people"), self._body, "")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(720, min(620, shell.window().height() - 60))
        self.stage = Stage.CHOOSE
        self.files: tuple[PlannedFile, ...] = ()
        self.outcome: Outcome | None = None
        self.table: LineTable | None = None
        self.background = self.add_button(self.tr("Carry on in the background"), self.hide)
        self.undo = self.add_button(self.tr("Take it back"), self._take_back)
        self._task: Task | None = None
        self._bar = Progress(self.tr("Progress"))
        self._ticks = QTimer(self, interval=_TICK)
        self._ticks.timeout.connect(self._tick)
        if paths:
            self.read_files(paths)
        else:
            self._show_choose()

    def accept(self) -> None:
        match self.stage:
            case Stage.CHOOSE:
                self._choose_files()
            case Stage.PREVIEW if self._writes():
                self._begin_import()
            case Stage.PREVIEW | Stage.REPORT:
                super().accept()

    def reject(self) -> None:
        """While something runs, stop it; else close."""
        if self._task is not None and not self._task.finished:
            self._task.cancel()
            self.cancel.setEnabled(False)
        else:
            super().reject()

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read files and show what they would bring."""
        ctx, tasks = self._shell.ctx, self._shell.tasks
        self._show_busy(Stage.READING, self.tr("Reading…"))
        self._task = tasks.start(
            self.tr("Reading people"),
            lambda task: plan_files(ctx, tuple(paths), lambda done, total: tasks.step(task, done, total)),
            self._planned, self._reading_failed,
        )  # fmt: skip

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.stage in (Stage.CHOOSE, Stage.PREVIEW) and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.read_files(_dropped(event))

    # Stages

    def _show_choose(self, remark: str = "") -> None:
        self._enter(Stage.CHOOSE, self.tr("Choose files…"), self.tr("Cancel"))
        words = label(self.tr("Drop address books here, or choose them."), "lead", wrap=True)
        kinds = label(self.tr("vCard, and CSV from LinkedIn, Google, Outlook or Thunderbird"), "muted", wrap=True)
        for text in (words, kinds):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said = [label(remark, "body", wrap=True)] if remark else []
        self._fill(None, row(None, IconLabel("upload", "faint", 28), None), words, kinds, *said, None)
        self.primary.setFocus()

    def _show_busy(self, stage: Stage, text: str) -> None:
        self._enter(stage, "", self.tr("Stop"))
        self._bar = Progress(text)
        self._fill(None, label(text, "lead"), self._bar, None)
        self._ticks.start()

    def _planned(self, files: tuple[PlannedFile, ...]) -> None:
        if not isValid(self):
            return
        self.files = files
        if not any(file.plan for file in files):
            found = "\n\n".join(remarks(files)) or self.tr("There is no address book in this folder.")
            self._show_choose(found)
            return
        self._show_preview()

    def _reading_failed(self, error: BaseException) -> None:
        if isValid(self):
            self._show_choose()
        if not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _show_preview(self, remark: str = "") -> None:
        writes = self._writes()
        action = self.tr("Import %1").replace("%1", _people(writes)) if writes else self.tr("Close")
        self._enter(Stage.PREVIEW, action, self.tr("Cancel"))
        words = self._formats() if writes else self.tr("Everybody in it is here already. There is nothing to do.")
        self.table = preview_table(self.files)
        self._fill(label(remark or words, "lead", wrap=True), *self._remarks(), Grow(self.table))
        self.table.view.setFocus()

    def _begin_import(self, *, without_backup: bool = False) -> None:
        ctx, tasks, files = self._shell.ctx, self._shell.tasks, self.files
        self._show_busy(Stage.IMPORTING, self.tr("Importing %1").replace("%1", _people(self._writes())))

        def job(task: Task) -> Outcome:
            def on_progress(done: int, total: int) -> None:
                tasks.step(task, done, total)

            safely(ctx, Why.BEFORE_IMPORT, on_progress, without=without_backup)
            return import_files(ctx, files, on_progress=on_progress, cancelled=lambda: task.cancelled)

        self._task = tasks.start(self.tr("Importing people"), job, self._imported, self._import_failed)

    def _imported(self, outcome: Outcome) -> None:
        said = summary(outcome)
        if not isValid(self):
            self._shell.toast(said, outcome.step)
            return
        self.outcome = outcome
        if self.isHidden():  # carried on in the background
            self._shell.toast(said, outcome.step)
            self.deleteLater()
        elif outcome.cancelled and not outcome.reports:
            self._show_preview(self.tr("Stopped. Nothing of this import was kept."))
        else:
            self._show_report(outcome)

    def _import_failed(self, error: BaseException) -> None:
        if isValid(self):
            self._show_preview(self.tr("Stopped. Nothing of this import was kept."))
            if isinstance(error, NoBackup):
                ask_to_go_on(self, error, lambda: self._begin_import(without_backup=True))
                return
        if not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _show_report(self, outcome: Outcome) -> None:
        self._enter(Stage.REPORT, self.tr("Close"), "")
        self.undo.setVisible(outcome.step is not None)
        stopped = self.tr("Stopped. What was done until then is kept.")
        said = [label(stopped, "body", wrap=True)] if outcome.cancelled else []
        self.table = report_table(outcome.reports)
        fine = self.tr("Everything in it was understood.")
        rest = Grow(self.table) if self.table.lines else Grow(column(label(fine, "muted"), None))
        self._fill(label(summary(outcome), "head", wrap=True), *said, *self._remarks(), rest)
        self.primary.setFocus()

    # Parts

    def _enter(self, stage: Stage, action: str, leave: str) -> None:
        self.stage, self.table = stage, None
        self._ticks.stop()
        for made, text in ((self.primary, action), (self.cancel, leave)):
            made.setText(text.replace("&", "&&"))
            made.setAccessibleName(text)
            made.setVisible(bool(text))
            made.setEnabled(True)
        self.background.setVisible(stage is Stage.IMPORTING)
        self.undo.hide()

    def _fill(self, *items: object) -> None:
        clear(self._body)
        inner = column(*items, spacing=12)  # type: ignore[arg-type]
        holder = QWidget()
        holder.setLayout(inner)
        self._body.addWidget(holder)

    def _remarks(self) -> list[QWidget]:
        found = list(remarks(self.files, self.outcome))
        more = [self.tr("and %1 more remarks").replace("%1", f"{len(found) - _MOST_REMARKS:n}")]
        shown = found if len(found) <= _MOST_REMARKS + 1 else found[:_MOST_REMARKS] + more
        return [label(text, "muted", wrap=True) for text in shown]

    def _writes(self) -> int:
        return sum(file.writes for file in self.files)

    def _formats(self) -> str:
        if len(self.files) > 1:
            return self.tr("Nothing is written yet. People who stand in several of these files become one.")
        plan = self.files[0].plan
        words = self.tr("%1 · %2. Nothing is written yet.").replace("%1", self.files[0].path.name)
        return words.replace("%2", plan.format if plan else "")

    def _tick(self) -> None:
        if self._task is not None and self._task.total:
            self._bar.set(self._task.done, self._task.total)

    def _take_back(self) -> None:
        if self.outcome is not None and self.outcome.step is not None:
            self._shell.take_back(self.outcome.step)
        super().accept()

    def _choose_files(self) -> None:
        files = chooser(self, self.tr("Choose address books"))
        files.setFileMode(QFileDialog.FileMode.ExistingFiles)
        files.setNameFilters([self.tr("Address books (*.vcf *.vcard *.csv *.txt)"), self.tr("All files (*)")])
        files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        files.filesSelected.connect(lambda names: self.read_files([Path(name) for name in names]))
        files.open()


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def _people(number: int) -> str:
    return _tr("1 person") if number == 1 else _tr("%1 people").replace("%1", f"{number:n}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
