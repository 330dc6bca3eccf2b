"""The page one writes on: who can see it, when it was saved, title, body, questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError
from pln.model.journal import Entry
from pln.ui import look
from pln.ui.journal.body_edit import BodyEdit
from pln.ui.journal.days import clock_time
from pln.ui.journal.prompts_row import PromptsRow
from pln.ui.journal.title_edit import TitleEdit
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.chips import chip
from pln.ui.widgets.labels import ElidedLabel, label
from pln.ui.widgets.person_picker import Found

MARGIN = 40
_ROOM_FOR_STATE = 440


class EntryEditor(QWidget):
    """edited: something was typed. left: title or body lost the focus. share, remove, aside: wishes of the user."""

    edited = Signal()
    left = Signal()
    share = Signal()
    remove = Signal()
    aside = Signal(bool)

    def __init__(self, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__()
        self._prompt = ""
        self._is_shared = self._is_narrow = self._looks = False
        self.title = TitleEdit(self.tr("Title"), self.tr("Title, if you like"))
        self.body = BodyEdit(self.tr("Text"), self.tr("Begin anywhere. “@” names somebody, “#” makes a tag."), find)
        self.state = ElidedLabel("", "faint")
        self.state.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.prompts = PromptsRow()
        self.share_button = button(self.tr("Share…"), icon="eye", run=self.share.emit)
        self.remove_button = icon_button("trash-2", self.tr("Remove this entry"), run=self.remove.emit)
        self.aside_button = icon_button("panel-right", self.tr("What is in this entry and near it"), checkable=True)
        self.aside_button.toggled.connect(self.aside)
        margins = (MARGIN, 22, MARGIN, 22)
        page = column(
            self._top(), 10, self.trouble, self.title, 6, Grow(self.body), 8, self.prompts, spacing=2, margins=margins
        )
        self.setLayout(page)
        self._show_chip()
        self._wire()

    def show_entry(self, entry: Entry) -> None:
        """Put an entry on the page. It counts as typed by nobody: `edited` stays silent."""
        self._prompt = entry.prompt
        self.title.setText(entry.title)
        self.title.setCursorPosition(0)
        self.body.show_entry(entry.body, entry.mentions)
        self.trouble.hide()
        self.say_saved(entry.changed)
        self.set_stored(entry.id != 0)

    def snapshot(self, stored: Entry) -> Entry:
        """What stands on the page, as a change of what is stored."""
        return replace(
            stored, title=" ".join(self.title.text().split()), body=self.body.text(),
            mentions=self.body.mentions(), prompt=self._prompt,
        )  # fmt: skip

    def set_stored(self, stored: bool) -> None:
        """What can be shared or removed is there already."""
        self.share_button.setEnabled(stored and not self._looks)
        self.remove_button.setEnabled(stored and not self._looks)

    def look_only(self) -> None:
        """Nothing can be saved, so nothing can be typed."""
        self._looks = True
        self.title.setReadOnly(True)
        self.body.setReadOnly(True)

    def set_shared(self, shared: bool) -> None:
        """A copy of it lies outside."""
        self._is_shared = shared
        self._show_chip()

    def set_narrow(self, narrow: bool) -> None:
        """There is little room: shorter words, and a button for what else stands beside the page."""
        self._is_narrow = narrow
        self.aside_button.setVisible(narrow)
        self._show_chip()

    def say_saved(self, when: datetime | None) -> None:
        self.trouble.hide()
        self.state.setText(self.tr("saved %1").replace("%1", clock_time(when)) if when else "")

    def say_refused(self, error: BaseException) -> None:
        """One sentence; the text stays on the page."""
        self.state.setText(self.tr("not saved yet"))
        why = error.title if isinstance(error, PlnError) else self.tr("Something went wrong inside PLN")
        said = (
            self.tr("%1. Nothing can be written here.")
            if self._looks
            else self.tr("%1. Your text is still here, and PLN keeps trying to save it.")
        )
        self.trouble.setText(said.replace("%1", why))
        self.trouble.show()

    def write_from(self, question: str) -> None:
        """Begin to answer a question, as a quoted line where the cursor is."""
        if self._looks:
            return
        self._prompt = self._prompt or question
        self.body.insert_quoted(question)

    def begin_writing(self) -> None:
        """Put the cursor where one goes on: at the end of the text, or in an empty title."""
        if self.title.text() or self.body.text():
            cursor = self.body.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.body.setTextCursor(cursor)
            self.body.setFocus()
        else:
            self.title.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.state.setVisible(self.width() >= look.px(_ROOM_FOR_STATE))

    def _show_chip(self) -> None:
        self._copied.setVisible(self._is_shared)
        self._short.setVisible(self._is_narrow and not self._is_shared)
        self._private.setVisible(not self._is_narrow and not self._is_shared)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.isVisible():
            self.title.dress()
            self.body.redress_colours()

    def _top(self) -> QWidget:
        self._private = chip(self.tr("Private. Only on this computer, encrypted"), "accent", "lock")
        self._short = chip(self.tr("Private"), "accent", "lock")
        self._copied = chip(self.tr("Private. A copy was shared"), "accent", "lock")
        made = QWidget()
        made.setLayout(
            row(
                self._private,
                self._short,
                self._copied,
                Grow(self.state),
                self.share_button,
                self.remove_button,
                self.aside_button,
                spacing=8,
            )
        )
        return made

    def _wire(self) -> None:
        self.title.textEdited.connect(lambda _text: self.edited.emit())
        self.body.edited.connect(self.edited)
        self.title.done.connect(self.body.setFocus)
        self.title.left.connect(self.left)
        self.body.left.connect(self.left)
