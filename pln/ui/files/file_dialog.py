"""What the dialogs about files have in common: a fault said in place, and words for what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from pln.model.errors import PlnError
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


class FileDialog(Dialog):
    """A dialog that stays open until its work has begun well. It is gone once it is closed."""

    def __init__(self, parent: QWidget | None, title: str, body: QLayout, action: str, subtitle: str = "") -> None:
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        super().__init__(parent, title, column(body, self.problem, None, spacing=12), action, subtitle=subtitle)
        self.setMinimumWidth(520)
        self.resize(600, 200)
        self.closed = False
        self.finished.connect(self._close)

    def refuse(self, fault: PlnError) -> None:
        """Say in place what happened; everything that was filled in stays."""
        self.say(f"{fault.title}. {fault.sentence}")
        self.primary.setEnabled(True)

    def say(self, text: str) -> None:
        """Say what stands in the way."""
        self.problem.setText(text)
        self.problem.show()
        fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _close(self, _result: int) -> None:
        self.closed = True
        self.deleteLater()


def fit(dialog: QDialog) -> None:
    """Make a dialog as high as its wrapped texts need at its width."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.resize(dialog.width(), max(dialog.minimumHeight(), layout.totalHeightForWidth(dialog.width())))


def documents() -> Path:
    """Where the user keeps documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if folder.is_dir() else Path.home()


def counted(counts: Mapping[str, int]) -> str:
    """ "12 people, 1 meetup": the kinds of record that one knows, those that are there."""
    one = {"people": _tr("person"), "meetups": _tr("meetup"), "entries": _tr("journal entry"), "feeds": _tr("feed"),
           "articles": _tr("article")}  # fmt: skip
    more = {"people": _tr("people"), "meetups": _tr("meetups"), "entries": _tr("journal entries"),
            "feeds": _tr("feeds"), "articles": _tr("articles")}  # fmt: skip
    names = {"person": "people", "meetup": "meetups", "entry": "entries", "feed": "feeds", "article": "articles"}
    found = {names.get(kind, kind): number for kind, number in counts.items() if number}
    return ", ".join(f"{found[kind]} {one[kind] if found[kind] == 1 else more[kind]}" for kind in one if kind in found)


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
