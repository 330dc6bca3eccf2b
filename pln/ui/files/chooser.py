"""The one chooser of files and folders. It leaves nothing behind that tells where somebody looked.

Qt writes the folders that were visited into settings which all its programs share, and a system's own chooser puts the
chosen file on a list of recent ones. So it is Qt's chooser, and its settings go nowhere.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

_NOWHERE = ":/nowhere"  # a folder among Qt's own resources: it can never be written
_TELLING = ("FileDialog/history", "FileDialog/lastVisited")


def chooser(parent: QWidget, title: str, begin: str = "", filters: str = "") -> QFileDialog:
    """A chooser, not shown yet. begin: the folder to show or the file to propose. filters: as Qt writes them."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, _NOWHERE)
    made = QFileDialog(parent, title, begin, filters)
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    # Where settings are no files (Windows, macOS) they were written all the same: they become what they were.
    made.destroyed.connect(partial(_put_back, {key: _shared().value(key) for key in _TELLING}))
    return made


def _put_back(before: dict[str, object], _gone: object = None) -> None:
    settings = _shared()
    for key, value in before.items():
        if value is None:
            settings.remove(key)
        else:
            settings.setValue(key, value)


def _shared() -> QSettings:
    """The settings that Qt's own dialogs keep."""
    return QSettings(QSettings.Scope.UserScope, "QtProject")
