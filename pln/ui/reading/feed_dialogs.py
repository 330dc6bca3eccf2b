"""Small dialogs about one feed: its name, its folder, whose voice it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pln.services.contacts import find_people
from pln.services.context import Context
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import PersonPicker, Picked


def folder_field(folders: Sequence[str], current: str = "") -> QComboBox:
    """A folder that is there, or a new one by typing; "" for none."""
    field = QComboBox()
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.setAccessibleName(_tr("Folder"))
    field.addItems(["", *folders])
    field.setCurrentText(current)
    edit = field.lineEdit()
    assert edit is not None
    edit.setPlaceholderText(_tr("No folder"))
    edit.setAccessibleName(_tr("Folder"))
    return field


def voice_field(ctx: Context) -> PersonPicker:
    """Whose feed it is: nobody's, somebody known, or somebody new by name."""
    return PersonPicker(_tr("Whose voice it is"), lambda typed: find_people(ctx, typed), _tr("Nobody's"), several=False)


class RenameDialog(Dialog):
    def __init__(self, parent: QWidget | None, title: str, done: Callable[[str], object]) -> None:
        self._done = done
        self.field = QLineEdit(title)
        self.field.setAccessibleName(_tr("Name"))
        self.field.selectAll()
        super().__init__(parent, _tr("Rename feed"), column(self.field, None), _tr("Rename"))
        self.field.textChanged.connect(lambda text: self.primary.setEnabled(bool(text.strip())))

    def accept(self) -> None:
        if self.field.text().strip():
            super().accept()
            self._done(self.field.text())


class MoveDialog(Dialog):
    def __init__(
        self, parent: QWidget | None, folders: Sequence[str], current: str, done: Callable[[str], object]
    ) -> None:
        self._done = done
        self.field = folder_field(folders, current)
        hint = label(_tr("A slash makes a folder within another: Craft/Learning."), "muted", wrap=True)
        super().__init__(parent, _tr("Move to a folder"), column(self.field, hint, None, spacing=8), _tr("Move"))

    def accept(self) -> None:
        super().accept()
        self._done(self.field.currentText())


class VoiceDialog(Dialog):
    """done gets what was picked, None for nobody."""

    def __init__(
        self, parent: QWidget | None, ctx: Context, current: Picked | None, done: Callable[[Picked | None], object]
    ) -> None:
        self._done = done
        self.picker = voice_field(ctx)
        self.picker.set_people([current] if current is not None else [])
        hint = label(_tr("Then their articles stand among the voices, and on their page."), "muted", wrap=True)
        super().__init__(parent, _tr("Whose voice is it?"), column(self.picker, hint, None, spacing=8), _tr("Save"))
        self.open_at(460, 330)
        self.picker.setFocus()

    def accept(self) -> None:
        super().accept()
        people = self.picker.people()
        self._done(people[0] if people else None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_dialogs", text)
