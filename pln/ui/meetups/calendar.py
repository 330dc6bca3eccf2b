"""Handing a meetup to one's calendar: an .ics file, written where the user says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from pln.model.meetup import Meetup
from pln.services.meetup_log import write_calendar
from pln.ui.files.chooser import chooser
from pln.ui.shell import Shell


def hand_to_calendar(shell: Shell, meetup: Meetup) -> QFileDialog:
    """Ask where, then write the file. Its proposed name holds no names: files are seen by others."""
    dialog = chooser(shell.window(), _tr("To the calendar"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_tr("Calendar files") + " (*.ics)")
    dialog.setDefaultSuffix("ics")
    dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
    dialog.selectFile(f"{meetup.kind.value}-{meetup.day.isoformat()}.ics")
    dialog.fileSelected.connect(lambda path: _write(shell, meetup.id, Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _write(shell: Shell, meetup_id: int, path: Path) -> None:
    def written(_done: None) -> None:
        shell.toast(_tr("The calendar file is written. Open it with your calendar; your notes are not in it."))

    shell.tasks.read(lambda: write_calendar(shell.ctx, meetup_id, path), written, shell.fail)


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
