"""Making or changing a smart folder: a search that stays in the feed list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pln.model.errors import PlnError
from pln.model.smart_folders import SmartFolder
from pln.services.smart_folders import count_smart, save_smart_folder
from pln.ui.reading.scope_choice import ScopeChoice
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.settle import Settle

_PAUSE = 250  # milliseconds after the last key until articles are counted


class SmartDialog(Dialog):
    """done: called with what was saved."""

    def __init__(
        self, shell: Shell, parent: QWidget | None, folder: SmartFolder, done: Callable[[SmartFolder], object]
    ) -> None:
        self._shell, self._folder, self._done = shell, folder, done
        self._asked = 0
        self.name, self.words = QLineEdit(folder.name), QLineEdit(folder.words)
        self.name.setAccessibleName(_tr("Name"))
        self.words.setAccessibleName(_tr("Words"))
        self.words.setPlaceholderText(_tr("Any words"))
        self.scope = ScopeChoice(shell.ctx, feed=folder.feed, folder=folder.folder, tag=folder.tag)
        days = sorted({7, 30, 90, 365, *([folder.days] if folder.days else [])})
        ages = [
            ("", _tr("Of any age")),
            *((str(each), _tr("Of the last %1 days").replace("%1", str(each))) for each in days),
        ]
        self.age = Choice(_tr("Age"), ages, str(folder.days) if folder.days else "")
        self.unread = _check(_tr("Only unread"), folder.unread)
        self.starred = _check(_tr("Only starred"), folder.starred)
        self.later = _check(_tr("Only what waits to be read later"), folder.later)
        self.said = label("", "muted", wrap=True)
        body = column(
            label(_tr("Name"), "label"), self.name,
            label(_tr("Articles that hold all these words"), "label"), self.words,
            row(self.scope, self.age, spacing=14), 4, self.unread, self.starred, self.later, 4, self.said, None,
            spacing=6,
        )  # fmt: skip
        super().__init__(
            parent, _tr("Smart folder"), body, _tr("Save"), subtitle=_tr("A search that stays in your feed list."),
        )  # fmt: skip
        self._settle = Settle(_PAUSE, self._count, self)
        for line in (self.name, self.words):
            line.textChanged.connect(lambda _text: self._edited())
        for choice in (self.scope, self.age):
            choice.currentIndexChanged.connect(lambda _index: self._edited())
        for check in (self.unread, self.starred, self.later):
            check.toggled.connect(lambda _on: self._edited())
        self.open_at(520, 480)
        self._edited()
        self.name.setFocus()

    def folder(self) -> SmartFolder:
        """As it stands in the fields."""
        return replace(
            self._folder, name=self.name.text(), words=self.words.text(), unread=self.unread.isChecked(),
            starred=self.starred.isChecked(), later=self.later.isChecked(), feed=self.scope.feed(),
            folder=self.scope.folder(), tag=self.scope.tag(),
            days=int(self.age.current()) if self.age.current() else None,
        )  # fmt: skip

    def accept(self) -> None:
        """Save it. What is missing is told, and the dialog stays."""
        ctx, folder = self._shell.ctx, self.folder()

        def job() -> SmartFolder | PlnError:
            try:
                return save_smart_folder(ctx, folder, origin="reading")
            except PlnError as fault:
                return fault

        self._shell.write(job, self._saved)

    def _saved(self, outcome: SmartFolder | PlnError) -> None:
        if isinstance(outcome, PlnError):
            self.said.setText(f"{outcome.title}. {outcome.sentence}")
            return
        super().accept()
        self._done(outcome)

    def _edited(self) -> None:
        self.primary.setEnabled(bool(self.name.text().strip()))
        self._settle.nudge()

    def _count(self) -> None:
        self._asked += 1
        number, ctx, folder = self._asked, self._shell.ctx, self.folder()
        self._shell.tasks.read(
            lambda: count_smart(ctx, folder), lambda found: self._counted(number, found), self._shell.fail
        )

    def _counted(self, number: int, found: int) -> None:
        if number == self._asked:
            words = _tr("One article fits now.") if found == 1 else _tr("%1 articles fit now.")
            self.said.setText(words.replace("%1", f"{found:,}"))


def _check(text: str, on: bool) -> QCheckBox:
    check = QCheckBox(text)
    check.setChecked(on)
    return check


def _tr(text: str) -> str:
    return QCoreApplication.translate("smart_folder", text)
