"""Choosing a backup and giving the words that open it: what the page of a first start and the dialog have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pln.model.errors import PlnError
from pln.services.kept_backups import Found, told_by
from pln.store.rotation import Why
from pln.ui.files.file_dialog import counted, documents
from pln.ui.files.path_field import Chooser, PathField, choose_file
from pln.ui.widgets.boxes import column
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label

Run = Callable[[str, Callable[[Any], Any], Callable[[Any], object], Callable[[BaseException], object]], object]
"""Does a job in the background: (title, job, done, failed)."""
_OTHER = ""
_SIGNS = 20
_FEW = ("person", "meetup", "people", "meetups")


class RestoreForm(QWidget):
    """known: backups to offer beside any other file, the newest first. `changed` comes with every change of either."""

    changed = Signal()
    entered = Signal()

    def __init__(self, run: Run, known: Sequence[Found] = (), choose: Chooser = choose_file) -> None:
        super().__init__()
        self._run, self._told_of = run, _OTHER
        self._known = {str(each.path): each for each in known}
        options = [(path, in_brief(each)) for path, each in self._known.items()]
        self.choice = Choice(_tr("The backup"), [*options, (_OTHER, _tr("Another file…"))])
        # A list asks for the width of its longest line, and what stands around it would be made as wide, and too low.
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(_SIGNS)
        self.choice.setVisible(bool(known))
        self.place = PathField(_tr("The file of the backup"), None, choose)
        self.place.edit.setPlaceholderText(str(documents() / "….plnbackup"))
        self.place.setVisible(not known)
        self.told = label("", "muted", wrap=True)
        self.told.hide()
        self.words = QLineEdit()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        name = _tr("Passphrase or recovery code of that backup")
        self.words.setPlaceholderText(name)
        self.words.setAccessibleName(name)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        body = column(self.choice, self.place, self.told, self.words, self.problem, spacing=12)
        self.setLayout(body)
        self.choice.chosen.connect(self._chosen)
        self.place.edited.connect(lambda _text: self._other())
        self.words.textChanged.connect(self.changed)
        self.words.returnPressed.connect(self.entered)
        self.setFocusProxy(self.words if known else self.place)

    def path(self) -> Path | None:
        """The file that is chosen; None where there is none yet."""
        known = self.choice.current() if not self.choice.isHidden() else _OTHER
        return Path(known) if known else self.place.path()

    def forget(self) -> None:
        """Leave nothing of the words."""
        self.words.clear()

    def say(self, text: str) -> None:
        """Say what stands in the way; "" for nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def refuse(self, fault: PlnError) -> None:
        self.say(f"{fault.title}. {fault.sentence}")

    def _chosen(self, key: str) -> None:
        self.place.setVisible(key == _OTHER)
        self._other()

    def _other(self) -> None:
        self.say("")
        self.told.hide()
        path = self.path()
        if path is not None and path.suffix and not self.place.isHidden():
            self._told_of = str(path)
            self._run(_tr("Looking at the backup"), lambda _task: told_by(path), self._tell, lambda _error: None)
        elif path is not None and str(path) in self._known:
            self.told.setText(in_words(self._known[str(path)]))
            self.told.show()
        self.changed.emit()

    def _tell(self, found: Found | None) -> None:
        if found is not None and str(found.path) == self._told_of and str(self.path()) == self._told_of:
            self.told.setText(in_words(found))
            self.told.show()
            self.changed.emit()


def in_words(found: Found) -> str:
    """ "Made on 22 Nov 2026, 09:30: 12 people, 3 meetups." """
    said = _tr("Made on %1: %2.").replace("%1", moment(found))
    return said.replace("%2", counted(found.counts) or _tr("nothing yet"))


def in_brief(found: Found) -> str:
    """ "22 Nov 2026, 09:30 · of the day · 12 people, 3 meetups": as one of a list, without what has no room there."""
    few = {kind: number for kind, number in found.counts.items() if kind in _FEW}
    told = counted(few) or (_tr("nothing yet") if not counted(found.counts) else "")
    return " · ".join(part for part in (moment(found), why(found.kept.why), told) if part)


def moment(found: Found) -> str:
    local = found.made.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
    return f"{day}, {local:%H:%M}"


def why(reason: Why | None) -> str:
    if reason is None:
        return ""
    return {
        Why.DAILY: _tr("of the day"), Why.BEFORE_UPDATE: _tr("before an update"),
        Why.BEFORE_IMPORT: _tr("before an import"), Why.BEFORE_MERGE: _tr("before a merge"),
        Why.BEFORE_REMOVAL: _tr("before a removal"), Why.BY_HAND: _tr("by hand"),
    }[reason]  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
