"""A place on the disk, typed or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pln.ui.files.chooser import chooser
from pln.ui.widgets.boxes import Grow, row
from pln.ui.widgets.buttons import button

Chooser = Callable[[QWidget, str, Path, Callable[[str], None]], None]
"""Asks for a place: (parent, title, where to begin, called with what was chosen)."""


def choose_folder(parent: QWidget, title: str, begin: Path, chosen: Callable[[str], None]) -> None:
    dialog = _dialog(parent, title, begin)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _ask(dialog, chosen)


def choose_file(parent: QWidget, title: str, begin: Path, chosen: Callable[[str], None]) -> None:
    dialog = _dialog(parent, title, begin)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask(dialog, chosen)


def choose_new_file(parent: QWidget, title: str, begin: Path, chosen: Callable[[str], None]) -> None:
    dialog = _dialog(parent, title, begin.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked where it is written
    dialog.selectFile(begin.name)
    _ask(dialog, chosen)


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's own program for that. False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class PathField(QWidget):
    """name: what the place is for. `edited` brings the text whenever it changes, also by choosing."""

    edited = Signal(str)

    def __init__(self, name: str, begin: Path | None, choose: Chooser = choose_folder) -> None:
        super().__init__()
        self._name, self._choose = name, choose
        self.edit = QLineEdit("" if begin is None else str(begin))
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self.edited)
        self.button = button(self.tr("Choose…"), icon="folder", run=self._ask)
        self.setLayout(row(Grow(self.edit), self.button))
        self.setFocusProxy(self.edit)

    def path(self) -> Path | None:
        """None for an empty field."""
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    def _ask(self) -> None:
        self._choose(self.window(), self._name, self.path() or Path.home(), self.edit.setText)


def _dialog(parent: QWidget, title: str, begin: Path) -> QFileDialog:
    while not begin.is_dir() and begin != begin.parent:
        begin = begin.parent
    return chooser(parent, title, str(begin))


def _ask(dialog: QFileDialog, chosen: Callable[[str], None]) -> None:
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
