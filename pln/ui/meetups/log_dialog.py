"""Log a meetup in under 15 seconds, plan one, or change its details. Nothing typed is lost by leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from pln.model.errors import PlnError, StoreFault
from pln.model.meetup import Meetup, MeetupState
from pln.services.meetup_drafts import MeetupDraft, keep_draft
from pln.services.meetup_log import change_details, log_meetup
from pln.services.meetup_page import places_used
from pln.ui import look
from pln.ui.meetups.calendar import hand_to_calendar
from pln.ui.meetups.draft_keeper import DraftKeeper, slot_of
from pln.ui.meetups.log_beginning import beginning
from pln.ui.meetups.log_fields import LogFields
from pln.ui.meetups.note_marks import counted
from pln.ui.meetups.notes_edit import NotesEdit, hint_row
from pln.ui.meetups.plan_questions import PlanQuestions
from pln.ui.meetups.words import title
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.settle import Settle

ORIGIN = "log"


class LogDialog(Dialog):
    """people: ids to begin with. plan: for a day to come. meetup: with an id, the meetup whose details are changed;
    with id 0, values to begin with.

    Enter in a field goes on to the notes, Ctrl+Enter saves, Esc leaves; what was typed waits for the next opening.
    saved: brings the meetup as stored.
    """

    saved = Signal(object)

    def __init__(
        self, shell: Shell, people: tuple[int, ...] = (), meetup: Meetup | None = None, plan: bool = False
    ) -> None:
        seen = meetup if meetup is not None and meetup.id else None
        plan = plan or (meetup is not None and meetup.state is MeetupState.PLANNED)
        body = column(spacing=0)
        super().__init__(
            shell.window(),
            _heading(seen, plan),
            body,
            _tr("Save"),
            note=_tr("Enter saves.") if seen is not None else _tr("Enter goes on to the notes, Ctrl+Enter saves."),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._ctx, self._seen, self._plan = shell, shell.ctx, seen, plan
        self._opened_with = people, meetup, plan
        self._saving = self._calendar = False
        begun = beginning(shell, people, meetup, plan)
        self._make_parts(begun, slot_of(tuple(known for known, _name in begun.who if known), seen, plan))
        self._arrange(body)
        self._fill(begun)
        if seen is None:
            self.drafts.take_up()
        self._wire()
        shell.tasks.read(lambda: places_used(shell.ctx), self._offer_places)
        self._refresh_people()
        self._first_field().setFocus()

    def draft(self) -> MeetupDraft:
        """The fields as they stand."""
        fields = self.fields
        return MeetupDraft(
            who=fields.named(), typed=fields.who.edit.text(), kind=fields.kind.kind(), day=fields.when.day(),
            at=fields.when.at(), minutes=fields.minutes.text(), place=fields.place.text(), notes=self.notes.text(),
            kept=self._ctx.clock.now(),
        )  # fmt: skip

    # Saving and leaving

    def accept(self) -> None:
        if self._saving or not self.fields.check():
            self._calendar = False
            return
        new, who, seen, ctx = self._meetup(), self.fields.named(), self._seen, self._ctx
        slot = self._slot

        def job() -> Meetup:
            if seen is not None:
                return change_details(ctx, seen, new, who, origin=ORIGIN)
            stored = log_meetup(ctx, new, who, origin=ORIGIN)
            keep_draft(ctx, slot, None)
            return stored

        self.drafts.stop()
        self._show_saving(True)
        self._shell.tasks.write(job, lambda stored: self._done(stored, [name for _id, name in who]), self._failed)

    def reject(self) -> None:
        """Leave. What was typed is kept; nothing is asked."""
        if self._seen is None and not self._saving:
            self.drafts.keep()
            if not self.drafts.is_empty():
                self._shell.toast(self.tr("Kept as a draft. It is here when you come back."))
        super().reject()

    def settle(self) -> PlnError | None:
        """Before the window locks: keep what was typed; the fault where that cannot be."""
        if self._saving:
            return StoreFault(self.tr("A meetup is being saved"), self.tr("It takes a moment."))
        return None if self._seen is not None else self.drafts.settle()

    def again(self) -> Callable[[Shell], object]:
        """Opens the dialog once more, as it stands now."""
        (people, meetup, plan), draft, changing = self._opened_with, self.draft(), self._seen is not None

        def open_again(shell: Shell) -> None:
            dialog = LogDialog(shell, people, meetup, plan)
            if changing:  # all others find their draft in the store
                dialog._fill(draft)
            dialog.open()

        return open_again

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; from any other field it goes on to the notes."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and not focused.isCheckable():
            focused.click()
        elif self._seen is not None:
            self.accept()
        else:
            self.notes.setFocus()

    def _meetup(self) -> Meetup:
        fields, seen = self.fields, self._seen
        state = MeetupState.PLANNED if self._plan or self._is_ahead() else MeetupState.HAPPENED
        if seen is not None and not self._is_ahead():
            state = seen.state
        return Meetup(
            id=0 if seen is None else seen.id, kind=fields.kind.kind(), day=fields.when.day(), at=fields.when.at(),
            state=state, minutes=fields.minutes_typed(), place=" ".join(fields.place.text().split()),
            notes=self.notes.text() if seen is None else seen.notes,
        )  # fmt: skip

    def _done(self, stored: Meetup, names: list[str]) -> None:
        verb = _tr("Planned: %1") if stored.state is MeetupState.PLANNED else _tr("Saved: %1")
        self._shell.toast(verb.replace("%1", title(stored.kind, names)))
        if not isValid(self):
            return
        self.saved.emit(stored)
        super().accept()
        if self._calendar:
            hand_to_calendar(self._shell, stored)

    def _failed(self, error: BaseException) -> None:
        """The dialog stays with all that was typed, and says what happened."""
        if not isValid(self):
            self._shell.fail(error)
            return
        self._show_saving(False)
        self._calendar = False
        if isinstance(error, PlnError):
            self._say(f"{error.title}. {error.sentence}")
        else:
            self._shell.fail(error)

    def _show_saving(self, on: bool) -> None:
        self._saving = on
        self.primary.setEnabled(not on)
        self._say("")

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _save_for_calendar(self) -> None:
        self._calendar = True
        self.accept()

    # What it is made of

    def _make_parts(self, begun: MeetupDraft, slot: str) -> None:
        self._slot = slot
        self.fields = LogFields(self._ctx, plan=self._plan, kind=begun.kind, day=begun.day, at=begun.at)
        self.notes = NotesEdit(self.tr("Notes"), self._invitation(), size=15.5)
        self.notes.setMinimumHeight(look.px(96))
        self.marks = label("", "small", wrap=True)
        self.marks.setAccessibleName(self.tr("What the notes hold"))
        self.ahead = label(self.tr("That day is still to come, so it is kept as a plan."), "muted", wrap=True)
        self.fault = label("", "danger", wrap=True)
        self.fault.hide()
        self.questions = PlanQuestions(self._shell)
        self.drafts = DraftKeeper(self._shell, slot, begun, self.draft, self._fill)

    def _arrange(self, body: QVBoxLayout) -> None:
        notes: list[Item] = [Grow(self.notes), self.marks, hint_row()] if self._seen is None else [None]
        parts = column(self.drafts, self.fields, self.ahead, 4, self.questions, *notes, self.fault, spacing=8)
        body.addWidget(Page(parts, margins=(2, 2, 2, 2)))
        self.primary.setDefault(False)
        if self._plan and self._seen is None:
            self.add_button(self.tr("Save, and to the calendar…"), self._save_for_calendar)
        window = self._shell.window().size()
        wanted = 372 if self._seen is not None else 690 if self._plan else 620
        self.resize(min(look.px(690), window.width() - 24), min(look.px(wanted), window.height() - 24))

    def _wire(self) -> None:
        self._count = Settle(120, self._count_marks, self)
        self.notes.edited.connect(self._count.nudge)
        self.notes.edited.connect(self.drafts.nudge)
        self.fields.changed.connect(self.drafts.nudge)
        self.fields.changed.connect(self._refresh_people)
        self.questions.wanted.connect(self._take_questions)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        for keys, by in self.fields.when.shortcuts():
            QShortcut(QKeySequence(keys), self, partial(self.fields.when.choose, by))

    def _fill(self, draft: MeetupDraft) -> None:
        fields = self.fields
        fields.set_named(draft.who)
        fields.who.edit.setText(draft.typed)
        fields.kind.set_kind(draft.kind)
        if (draft.day, draft.at) != (fields.when.day(), fields.when.at()):
            fields.when.set(draft.day, draft.at)
        fields.minutes.setText(draft.minutes)
        fields.place.setText(draft.place)
        self.notes.set_text(draft.notes)
        self._count_marks()

    def _invitation(self) -> str:
        ahead, after = (
            self.tr("What you would like to talk about"),
            self.tr("What you talked about, what stayed with you"),
        )
        return ahead if self._plan else after

    def _first_field(self) -> QWidget:
        if self._seen is not None or not self.fields.named():
            return self.fields.who
        return self.fields.when.day_field if self._plan else self.notes

    def _refresh_people(self) -> None:
        """What depends on who and when: the promises counted, the questions, the word about a day to come."""
        self._count_marks()
        known = next((known for known, _name in self.fields.named() if known is not None), None)
        if self._plan and self._seen is None:
            self.questions.ask(known, self.fields.when.day())
        self.ahead.setVisible(self._is_ahead() and not self._plan)

    def _is_ahead(self) -> bool:
        return self.fields.when.day() > self._shell.today()

    def _count_marks(self) -> None:
        people = [(-number if known is None else known, name)
                  for number, (known, name) in enumerate(self.fields.named(), start=1)]  # fmt: skip
        self.marks.setText(counted(self.notes.text(), people))

    def _take_questions(self, questions: tuple[str, ...]) -> None:
        written = self.notes.text()
        lines = [f"? {question}" for question in questions if question not in written]
        before = f"{written.rstrip()}\n" if written.strip() else ""
        self.notes.merge(before + "\n".join(lines) + "\n")
        self.drafts.nudge()
        self._count_marks()
        self.notes.setFocus()

    def _offer_places(self, places: tuple[str, ...]) -> None:
        if isValid(self):
            self.fields.offer_places(places)


def _heading(seen: Meetup | None, plan: bool) -> str:
    if seen is not None:
        return _tr("Details")
    return _tr("Plan") if plan else _tr("Log a meetup")


def _tr(text: str) -> str:
    return QCoreApplication.translate("LogDialog", text)
