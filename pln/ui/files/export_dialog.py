"""Everything out, into a folder of open formats: the warning first, then where, the writing, and what was written."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.services.exporting import ExportReport, export_all
from pln.services.journal_lock import JournalState, state
from pln.services.tasks import Task
from pln.ui.files.file_dialog import FileDialog, counted, documents, fit
from pln.ui.files.path_field import Chooser, PathField, choose_folder, open_folder
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.cards import card
from pln.ui.widgets.labels import IconLabel, label, restyle
from pln.ui.widgets.progress import Progress

_TICK_MS = 100


class Stage(IntEnum):
    WARNING, WHERE, WRITING, DONE = range(4)


class ExportDialog(FileDialog):
    """One page after the other. Nothing is written before the warning was taken note of.

    The export appears whole or not at all. Closed while it is being written, it goes on and is told of at its end.
    """

    def __init__(
        self, shell: Shell, choose: Chooser = choose_folder, show: Callable[[Path], bool] = open_folder
    ) -> None:
        self._shell, self._show = shell, show
        self._task: Task | None = None
        self.report: ExportReport | None = None
        self.understood = QCheckBox(_tr("I know that it is not encrypted"))
        self.place = PathField(_tr("The folder to write"), documents() / f"pln-export-{shell.today()}", choose)
        self._far = label("", "muted", wrap=True)
        self._bar = Progress(_tr("How far the export is"))
        self.written = label("", "body", wrap=True, selectable=True)
        self._reminder = label("", "muted", wrap=True)
        self._pages = (self._warning(), self._where(), self._writing(), self._done_page())
        super().__init__(
            shell.window(), _tr("Export everything"), column(*self._pages, spacing=0), _tr("Choose where"),
            _tr("Into a folder of open formats, which other programs read and PLN reads back."),
        )  # fmt: skip
        self.back = self.add_button(_tr("Back"), lambda: self._go(Stage.WARNING), "quiet")
        self.understood.toggled.connect(lambda _on: self._go(Stage.WARNING))
        self.place.edited.connect(lambda _text: self.problem.hide())
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._go(Stage.WARNING)
        self.understood.setFocus()

    def accept(self) -> None:
        match self.stage:
            case Stage.WARNING:
                self._go(Stage.WHERE)
                self.place.setFocus()
            case Stage.WHERE:
                self._write()
                self.primary.setFocus()
            case Stage.WRITING:
                self._stop()
            case Stage.DONE:
                self._open_folder()

    # The pages --------------------------------------------------------------------------------------------------------

    def _warning(self) -> QWidget:
        warning = _tr(
            "The export is not encrypted. Whoever can open the folder can read all of it, your journal and your notes "
            "about people too. Keep it in a safe place, and delete it when you no longer need it."
        )
        said = card(row(IconLabel("triangle-alert", "amber"), Grow(label(warning, wrap=True)), spacing=12, top=True))
        formats = _tr(
            "People as vCards, meetups for calendars, feeds as OPML, the journal as Markdown, and one whole copy with "
            "its schema as JSON. A backup holds the same, encrypted: take that one where only PLN is to read it."
        )
        without = _tr("The journal is locked, so neither it nor what was shared from it will be in the export.")
        locked = [label(without, "strong", wrap=True)] if state(self._shell.ctx) is JournalState.LOCKED else []
        return _page(said, *locked, label(formats, "muted", wrap=True), self.understood)

    def _where(self) -> QWidget:
        said = _tr("A new folder, or an earlier export: that one is replaced. Everything else is left as it is.")
        return _page(self.place, label(said, "muted", wrap=True))

    def _writing(self) -> QWidget:
        return _page(label(_tr("Everything is being written."), "body"), self._bar, self._far)

    def _done_page(self) -> QWidget:
        return _page(self.written, self._reminder)

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        for number, page in enumerate(self._pages):
            page.setVisible(number == stage)
        self.problem.hide()
        self.back.setVisible(stage is Stage.WHERE)
        self.primary.setText(
            (_tr("Choose where"), _tr("Export without encryption"), _tr("Stop"), _tr("Open folder"))[stage]
        )
        self.primary.setEnabled(stage is not Stage.WARNING or self.understood.isChecked())
        restyle(self.primary, "kind", "normal" if stage is Stage.WRITING else "primary")
        self.cancel.setText((_tr("Cancel"), _tr("Cancel"), _tr("Carry on in the background"), _tr("Close"))[stage])
        fit(self)

    # The work ---------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        folder, shell = self.place.path(), self._shell
        if folder is None or not folder.is_absolute():
            self.say(_tr("Choose a folder. Nothing was written."))
            return

        def job(task: Task) -> ExportReport:
            step = lambda done, total: shell.tasks.step(task, done, total)  # noqa: E731
            return export_all(shell.ctx, folder, on_progress=step, cancelled=lambda: task.cancelled)

        self._go(Stage.WRITING)
        self._task = shell.tasks.start(_tr("Exporting everything"), job, self._done, self._failed)
        self._tick()
        self._ticking.start()

    def _tick(self) -> None:
        if self._task is None:
            return
        done, total = self._task.done, self._task.total
        self._bar.set(done, total)
        self._far.setText(
            _tr("%1 of %2 articles").replace("%1", f"{done:n}").replace("%2", f"{total:n}") if total else ""
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.primary.setEnabled(False)

    def _done(self, report: ExportReport) -> None:
        self.report = report
        counts = counted(report.counts) or _tr("nothing yet")
        said = _tr("Exported to %1: %2. It is not encrypted.")
        self._shell.toast(said.replace("%1", report.folder.name).replace("%2", counts))
        if self.closed:
            return
        self._ticking.stop()
        self.written.setText(_tr("%1 holds %2.").replace("%2", counts).replace("%1", str(report.folder)))
        self._reminder.setText(f"{report.warning} {_tr('PLN reads it back with “Read an export”.')}")
        self._go(Stage.DONE)
        self.primary.setFocus()

    def _failed(self, error: BaseException) -> None:
        if self.closed:
            self._shell.fail(error)
            return
        self._ticking.stop()
        self._go(Stage.WHERE)
        if isinstance(error, PlnError):
            self.refuse(error)
        elif isinstance(error, Cancelled):
            self.say(_tr("Stopped. Nothing was exported."))
        else:
            self._shell.fail(error)

    def _open_folder(self) -> None:
        assert self.report is not None
        if self._show(self.report.folder):
            super().accept()
        else:
            self.say(
                _tr("No program here shows folders. The export lies at %1.").replace("%1", str(self.report.folder))
            )


def _page(*items: Item) -> QWidget:
    made = QWidget()
    made.setLayout(column(*items, spacing=14))
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
