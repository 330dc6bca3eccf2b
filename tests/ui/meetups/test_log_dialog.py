"""Logging a meetup by keyboard alone, in few presses, without losing a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pln.model.errors import StoreFault
from pln.model.marks import MarkKind
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context
from pln.services.meetup_drafts import draft_of
from pln.services.meetups import get_meetup, marks_of, past_ids
from pln.ui.meetups.log_dialog import LogDialog
from store_fixtures import TODAY
from ui.shell_double import ShellDouble

Open = Callable[..., LogDialog]
CTRL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Presses keys where the focus is, and counts them. Words of the notes are counted apart."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.presses = qtbot, 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self._focused(), key, held)
        self.presses += 1

    def letters(self, text: str) -> None:
        self._qtbot.keyClicks(self._focused(), text)
        self.presses += len(text)

    def note(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._qtbot.keyClick(self._focused(), Qt.Key.Key_Return)
            self._qtbot.keyClicks(self._focused(), line)

    def _focused(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused


@pytest.fixture
def typist(qtbot: QtBot) -> Typist:
    return Typist(qtbot)


def newest(ctx: Context) -> Meetup:
    with ctx.store.read() as work:
        return max(work.meetups.everything(), key=lambda each: each.id)


def gone(dialog: LogDialog) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def test_eight_presses_beside_the_words_log_a_meetup(
    qtbot: QtBot, log: Open, typist: Typist, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log()
    typist.letters("jon")
    typist.press(Qt.Key.Key_Return)  # takes Jonas
    typist.press(Qt.Key.Key_Return)  # on to the notes
    typist.note("He showed me the seed library.\n[ ] me: send the paper\n[ ] Jonas: a photo\n! ask for the story")
    typist.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: gone(dialog))
    assert typist.presses <= 8
    stored = newest(shell.ctx)
    assert (stored.people, stored.kind, stored.day, stored.state) == (
        (ids["Jonas"],), MeetupKind.COFFEE, TODAY, MeetupState.HAPPENED,
    )  # fmt: skip
    marks = marks_of(shell.ctx, stored.id)
    assert [(mark.kind, mark.text, mark.person_id) for mark in marks] == [
        (MarkKind.MINE, "send the paper", ids["Jonas"]),
        (MarkKind.THEIRS, "a photo", ids["Jonas"]),
        (MarkKind.LESSON, "ask for the story", ids["Jonas"]),
    ]
    assert "Jonas Holm" in shell.noted.toasts[-1][0]


def test_every_field_by_keyboard(
    qtbot: QtBot, log: Open, typist: Typist, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log()
    qtbot.waitUntil(lambda: dialog.fields.place.completer().model().rowCount() > 0)
    typist.letters("anna")
    typist.press(Qt.Key.Key_Return)
    typist.letters("Zoe Quist")
    typist.press(Qt.Key.Key_Return)  # nobody of this name: she is added on saving
    typist.press(Qt.Key.Key_Tab)
    for _ in range(3):
        typist.press(Qt.Key.Key_Right)
    assert dialog.fields.kind.kind() is MeetupKind.WALK
    dialog.fields.when.day_field.setFocus()
    typist.letters("y")
    dialog.fields.when.time_field.setFocus()
    typist.letters("930")
    dialog.fields.place.setFocus()
    typist.letters("Harbour")
    dialog.fields.minutes.setFocus()
    typist.letters("45 min")
    typist.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: gone(dialog))
    stored = newest(shell.ctx)
    with shell.ctx.store.read() as work:
        names = [work.people.names(stored.people)[who] for who in stored.people]
    assert names == ["Anna Lindqvist", "Zoe Quist"]
    assert (stored.kind, stored.day, stored.at, stored.place, stored.minutes) == (
        MeetupKind.WALK, TODAY - timedelta(days=1), time(9, 30), "Harbour", 45,
    )  # fmt: skip


def test_yesterday_is_one_key_from_anywhere_and_takes_the_untyped_time_away(log: Open, typist: Typist) -> None:
    dialog = log()
    assert dialog.fields.when.at() is not None  # now
    typist.press(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert dialog.fields.when.day() == TODAY - timedelta(days=1)
    assert dialog.fields.when.at() is None
    assert dialog.fields.who.edit.text() == ""


def test_the_line_below_counts_while_one_types(qtbot: QtBot, log: Open, typist: Typist, ids: dict[str, int]) -> None:
    dialog = log(people=(ids["Jonas"],))
    typist.note("[ ] me: a\n[ ] Jonas: b\n[ ] Somebody: c\n! d\n? e")
    qtbot.waitUntil(lambda: dialog.marks.text() == "1 promise of yours · 2 of Jonas · 1 learned · 1 to ask")


def test_a_promise_of_somebody_not_there_keeps_their_name_in_company(
    qtbot: QtBot, log: Open, ids: dict[str, int]
) -> None:
    dialog = log(people=(ids["Jonas"], ids["Mei"]))
    dialog.notes.set_text("[ ] Mei: a\n[ ] Bilal: b")
    dialog.notes.edited.emit()
    qtbot.waitUntil(lambda: dialog.marks.text() == "1 of Mei · 1 of Bilal")


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, log: Open, typist: Typist, shell: ShellDouble) -> None:
    before = len(past_ids(shell.ctx))
    dialog = log()
    typist.press(Qt.Key.Key_Return, CTRL)
    assert dialog.fields.faults() == ("Name at least one person. A first name will do.",)
    typist.letters("mei")
    typist.press(Qt.Key.Key_Return, CTRL)
    assert dialog.fields.faults() == ("Press Enter to take ‘mei’ or somebody from the list.",)
    typist.press(Qt.Key.Key_Return)
    dialog.fields.when.time_field.setText("half past")
    dialog.fields.minutes.setText("long")
    typist.press(Qt.Key.Key_Return, CTRL)
    assert len(dialog.fields.faults()) == 2
    assert dialog.isVisible() and len(past_ids(shell.ctx)) == before
    dialog.reject()


def test_a_day_that_is_none_is_said_on_leaving_its_field_and_not_saved(
    log: Open, typist: Typist, shell: ShellDouble
) -> None:
    before = len(past_ids(shell.ctx))
    dialog = log()
    typist.letters("mei")
    typist.press(Qt.Key.Key_Return)
    when = dialog.fields.when
    when.day_field.setFocus()
    typist.letters("next month")
    when.time_field.setFocus()
    said = ("This is no day. 3 Apr, 2026-04-03, yesterday or Friday are fine.",)
    assert dialog.fields.faults() == said
    typist.press(Qt.Key.Key_Return, CTRL)
    assert dialog.fields.faults() == said and when.day_field.hasFocus() and len(past_ids(shell.ctx)) == before
    typist.letters("2026-11-20")
    when.time_field.setFocus()
    assert dialog.fields.faults() == () and when.day() == date(2026, 11, 20)
    dialog.reject()


def test_leaving_keeps_what_was_typed_for_the_next_opening(
    qtbot: QtBot, log: Open, typist: Typist, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log()
    typist.letters("mei")
    typist.press(Qt.Key.Key_Return)
    typist.letters("gra")  # never picked
    dialog.fields.place.setText("Harbour")
    dialog.notes.setFocus()
    typist.note("half a thou")
    typist.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gone(dialog) and draft_of(shell.ctx, "log:") is not None)
    again = log()
    draft = again.draft()
    assert (draft.who, draft.typed, draft.place, draft.notes) == (
        ((ids["Mei"], "Mei Chen"),), "gra", "Harbour", "half a thou",
    )  # fmt: skip
    assert again.drafts.isVisible()
    again.fields.who.edit.clear()
    again.accept()
    qtbot.waitUntil(lambda: gone(again))
    assert newest(shell.ctx).notes == "half a thou"
    assert draft_of(shell.ctx, "log:") is None


def test_a_draft_is_kept_while_one_types(
    qtbot: QtBot, log: Open, typist: Typist, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log(people=(ids["Anna"],))
    typist.note("a thought")

    def kept() -> bool:
        draft = draft_of(shell.ctx, f"log:{ids['Anna']}")
        return draft is not None and draft.notes.startswith("a t")

    qtbot.waitUntil(kept, timeout=3000)
    assert dialog.isVisible()


def test_a_draft_can_be_set_aside_and_brought_back(qtbot: QtBot, log: Open, typist: Typist, shell: ShellDouble) -> None:
    dialog = log()
    dialog.notes.setFocus()
    typist.note("mine")
    typist.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: draft_of(shell.ctx, "log:") is not None)
    again = log()
    again.drafts.anew.click()
    assert again.notes.text() == ""
    again.drafts.anew.click()
    assert again.notes.text() == "mine"


def test_leaving_an_empty_dialog_leaves_nothing(qtbot: QtBot, log: Open, typist: Typist, shell: ShellDouble) -> None:
    dialog = log()
    typist.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gone(dialog))
    assert draft_of(shell.ctx, "log:") is None and shell.noted.toasts == []


def test_a_day_to_come_makes_a_plan_of_it(qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble) -> None:
    dialog = log(people=(ids["Mei"],))
    dialog.fields.when.set(TODAY + timedelta(days=3), None)
    dialog.fields.changed.emit()
    assert dialog.ahead.isVisible()
    dialog.accept()
    qtbot.waitUntil(lambda: gone(dialog))
    assert newest(shell.ctx).state is MeetupState.PLANNED


def test_a_full_disk_leaves_the_dialog_with_all_that_was_typed(
    qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Meetup:
        raise StoreFault("The disk is full", "Nothing was saved. Free some space and try again.")

    monkeypatch.setattr("pln.ui.meetups.log_dialog.log_meetup", full)
    dialog = log(people=(ids["Mei"],))
    dialog.notes.set_text("kept")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.fault.isVisible())
    assert "The disk is full" in dialog.fault.text()
    monkeypatch.undo()
    dialog.accept()
    qtbot.waitUntil(lambda: gone(dialog))
    assert newest(shell.ctx).notes == "kept"


def test_changing_details_leaves_the_notes_written_meanwhile(
    qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble
) -> None:
    seen = get_meetup(shell.ctx, ids["walk"])
    dialog = log(meetup=seen)
    with shell.ctx.store.write("") as work:
        work.meetups.change(Meetup(**{**_values(seen), "notes": "written meanwhile"}), TODAY)
    dialog.fields.place.setText("Riverside")
    dialog.accept()
    qtbot.waitUntil(lambda: gone(dialog))
    now = get_meetup(shell.ctx, ids["walk"])
    assert (now.place, now.notes, now.day, now.at, now.people) == (
        "Riverside", "written meanwhile", seen.day, seen.at, seen.people,
    )  # fmt: skip


def _values(meetup: Meetup) -> dict[str, object]:
    return {name: getattr(meetup, name) for name in Meetup.__dataclass_fields__}


def test_a_plan_begins_in_a_week_with_three_questions(
    qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log(people=(ids["Jonas"],), plan=True)
    assert (dialog.accessibleName(), dialog.windowTitle()) == ("Plan", "PLN")
    assert dialog.fields.when.day() == TODAY + timedelta(days=7)
    qtbot.waitUntil(lambda: len(dialog.questions.questions) == 3)
    assert dialog.questions.questions[0] in ("Did the schools join?", "How did the move go?")
    dialog.questions.wanted.emit(dialog.questions.questions)
    dialog.accept()
    qtbot.waitUntil(lambda: gone(dialog))
    stored = newest(shell.ctx)
    assert stored.state is MeetupState.PLANNED and stored.at is None
    assert [mark.kind for mark in marks_of(shell.ctx, stored.id)] == [MarkKind.QUESTION] * 3


def test_a_plan_goes_to_the_calendar_with_the_saving(
    qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble, tmp_path: Path
) -> None:
    dialog = log(people=(ids["Mei"],), plan=True)
    next(one for one in dialog.findChildren(QPushButton) if "calendar" in one.text()).click()
    qtbot.waitUntil(lambda: shell.window().findChild(QFileDialog) is not None)
    files = shell.window().findChild(QFileDialog)
    assert files is not None and "Mei" not in "".join(files.selectedFiles())
    files.setDirectory(str(tmp_path))
    files.accept()
    written = tmp_path / "coffee-2026-11-29.ics"
    qtbot.waitUntil(written.exists)
    [event] = Calendar.from_ical(written.read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Coffee with Mei Chen" and newest(shell.ctx).state is MeetupState.PLANNED


def test_a_second_press_saves_once(qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble) -> None:
    before = len(past_ids(shell.ctx))
    dialog = log(people=(ids["Mei"],))
    dialog.accept()
    dialog.accept()
    qtbot.waitUntil(lambda: gone(dialog))
    shell.tasks.write(lambda: None).result()  # whatever was handed to the writer is done
    assert len(past_ids(shell.ctx)) == before + 1


def test_leaving_while_it_saves_leaves_no_draft_behind(
    qtbot: QtBot, log: Open, ids: dict[str, int], shell: ShellDouble
) -> None:
    dialog = log()
    dialog.fields.set_named([(ids["Mei"], "Mei Chen")])
    dialog.notes.set_text("once")
    dialog.accept()
    dialog.reject()
    qtbot.waitUntil(lambda: newest(shell.ctx).notes == "once" and gone(dialog))
    qtbot.waitUntil(lambda: any(text.startswith("Saved") for text, _step in shell.noted.toasts))
    assert draft_of(shell.ctx, "log:") is None


def test_other_kinds_are_in_the_menu(qtbot: QtBot, log: Open, ids: dict[str, int]) -> None:
    kind = log(people=(ids["Mei"],)).fields.kind
    last = kind.findChildren(QPushButton)[-1]
    last.click()
    menu = kind.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Video call", "Letter", "Event", "Meetup"]
    menu.actions()[0].trigger()
    menu.close()
    assert kind.kind() is MeetupKind.VIDEO and last.text() == "Video call …" and last.isChecked()
