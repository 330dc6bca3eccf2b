"""Three questions worth taking along to somebody, while one plans."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pln.services.meetup_page import questions_for
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class PlanQuestions(QWidget):
    """Hidden until a known person is named. wanted: brings the questions when they shall stand in the notes."""

    wanted = Signal(object)  # tuple[str, ...]

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._for: tuple[int, date] | None = None
        self.questions: tuple[str, ...] = ()
        self._list = column(spacing=4)
        self._take = button(self.tr("Put them in the notes"), "link", run=lambda: self.wanted.emit(self.questions))
        head = row(label(self.tr("Three questions to take along"), "label"), None, self._take)
        self.setLayout(column(head, self._list, spacing=6))
        self.hide()

    def ask(self, person_id: int | None, day: date) -> None:
        """Show the questions for somebody on a day; None for nobody known."""
        wanted = None if person_id is None else (person_id, day)
        if wanted == self._for:
            return
        self._for = wanted
        if wanted is None:
            self._show(())
            return
        ctx = self._shell.ctx
        self._shell.tasks.read(lambda: questions_for(ctx, *wanted), lambda found: self._arrived(wanted, found))

    def _arrived(self, wanted: tuple[int, date], found: tuple[str, ...]) -> None:
        if isValid(self) and wanted == self._for:
            self._show(found)

    def _show(self, questions: tuple[str, ...]) -> None:
        self.questions = questions
        clear(self._list)
        for question in questions:
            self._list.addWidget(label(question, "small", wrap=True))
        self.setVisible(bool(questions))
