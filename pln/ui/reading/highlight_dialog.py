"""One highlight: its note, what it is, of whom it is to be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError
from pln.model.highlight import Highlight, HighlightKind, HighlightRow
from pln.services.contacts import find_people
from pln.services.highlights import change_highlight, entry_about
from pln.suggest.reasons import shortened
from pln.ui.reading.highlight_deeds import ORIGIN, remove_with_undo
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import PersonPicker, Picked
from pln.ui.widgets.segmented import Segmented
from pln.ui.widgets.text_edit import TextEdit

_SHOWN = 360


class HighlightDialog(Dialog):
    """changed: called after anything was written. What was typed is kept when the window is locked."""

    def __init__(self, shell: Shell, parent: QWidget | None, row: HighlightRow, changed: Callable[[], object]) -> None:
        self._shell, self._row, self._changed = shell, row, changed
        each = row.highlight
        kinds = [
            (HighlightKind.HIGHLIGHT.value, _tr("A passage")),
            (HighlightKind.LESSON.value, _tr("Something I learned")),
            (HighlightKind.QUESTION.value, _tr("A question for somebody")),
        ]
        self.kind = Segmented(_tr("What it is"), kinds, each.kind.value)
        self.kind.chosen.connect(lambda _kind: self._show_person())
        self.picker = PersonPicker(
            _tr("For whom"), lambda typed: find_people(shell.ctx, typed), _tr("A name"), several=False, adding=False
        )
        if each.person_id is not None and row.person:
            self.picker.set_people([Picked(each.person_id, row.person)])
        self.whom = QWidget()
        self.whom.setLayout(column(label(_tr("For whom"), "label"), self.picker, spacing=4))
        self.note = TextEdit(_tr("Note"), _tr("What you think of it, in any words"), size=16)
        self.note.set_text(each.note)
        body = column(
            label(f"“{shortened(each.quote, _SHOWN)}”", "serif", wrap=True), 4, self.kind, self.whom,
            label(_tr("In the margin"), "label"), Grow(self.note), spacing=8,
        )  # fmt: skip
        super().__init__(parent, _tr("Highlight"), body, _tr("Done"), subtitle=row.title)
        self.add_button(_tr("Remove"), self._remove, "quiet")
        self.add_button(_tr("Write about it"), self._write_about)
        self.open_at(580, 470)
        self._show_person()
        self.note.setFocus()

    def accept(self) -> None:
        super().accept()
        self._save(self._changed)

    def settle(self) -> PlnError | None:
        """Keep what was typed: the window is about to be locked."""
        try:
            change_highlight(self._shell.ctx, self._typed(), origin=ORIGIN)
        except PlnError as fault:
            return fault
        return None

    def _typed(self) -> Highlight:
        people = self.picker.people()
        return replace(
            self._row.highlight, kind=HighlightKind(self.kind.current()), note=self.note.text(),
            person_id=people[0].id if people else None,
        )  # fmt: skip

    def _save(self, done: Callable[[], object]) -> None:
        typed, ctx = self._typed(), self._shell.ctx
        if typed == self._row.highlight:
            done()
            return

        def stored(_highlight: Highlight) -> None:
            done()

        self._shell.write(lambda: change_highlight(ctx, typed, origin=ORIGIN), stored)

    def _write_about(self) -> None:
        typed = self._typed()
        super().accept()
        self._save(self._changed)
        self._shell.write_entry(entry_about(replace(self._row, highlight=typed)))

    def _remove(self) -> None:
        super().reject()
        remove_with_undo(self._shell, self._row.highlight.id, self._changed)

    def _show_person(self) -> None:
        self.whom.setVisible(self.kind.current() == HighlightKind.QUESTION.value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
