"""The Meetups place on a real store, driven by keyboard."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.errors import StoreFault
from pln.model.feed import Feed
from pln.model.interaction import InteractionKind
from pln.model.journal import EntryKind
from pln.model.marks import Mark, MarkKind, MarkState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.meetups import close_mark, get_meetup, marks_of
from pln.services.reading import keep_for, kept_for
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.meetups.place import MeetupsPlace
from pln.ui.place import PlaceId
from pln.ui.program.program import Program
from store_fixtures import TODAY, entry_of
from ui.meetups.invented import WALK_NOTES
from ui.shell_double import ShellDouble

Show = Callable[[int], None]


def words(widget: QWidget) -> str:
    """All that is shown in a part of the window."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in widget.findChildren(QPushButton) if button.isVisible()}


def at_end(place: MeetupsPlace) -> None:
    place.detail.notes.setFocus()
    place.detail.notes.moveCursor(QTextCursor.MoveOperation.End)


def test_the_list_has_its_groups(place: MeetupsPlace, shell: ShellDouble) -> None:
    view, model = place.pane.list, place.pane.list.model()
    said = [model.data(model.index(number)) for number in range(model.rowCount())]
    assert said[:4] == [
        "Coffee with Mei Chen, Tue 24 Nov, 10:00, Café Lark",
        "Lunch with Priya Shah, Thu 3 Dec, 12:30, Not decided yet",
        "Walk with Jonas Holm, Today, 09:00, 5 lines of notes so far",
        "Coffee with Anna Lindqvist, 13 Nov, 1 open promise",
    ]
    lists = place.pane.lists
    assert (len(lists.coming), len(lists.unsaid), len(lists.just_now)) == (2, 0, 1)
    assert view.chosen_id() == lists.just_now[0] == place.shown().id


def test_a_plan_gone_by_is_asked_about_calmly(qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble) -> None:
    first = place.pane.lists.coming[0]
    with shell.ctx.store.write("") as work:
        from dataclasses import replace

        work.meetups.change(replace(work.meetups.get(first), day=TODAY - timedelta(days=5)), TODAY)  # type: ignore[type-var]
    place.refresh()
    qtbot.waitUntil(lambda: place.pane.lists.unsaid == (first,))


def test_notes_are_saved_while_one_types_and_become_marks(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    at_end(place)
    qtbot.keyClick(place.detail.notes, Qt.Key.Key_Return)
    qtbot.keyClicks(place.detail.notes, "[ ] Jonas: the cellar key")
    qtbot.waitUntil(lambda: "the cellar key" in [mark.text for mark in marks_of(shell.ctx, ids["walk"])], timeout=1500)
    mark = next(mark for mark in marks_of(shell.ctx, ids["walk"]) if mark.text == "the cellar key")
    assert (mark.kind, mark.person_id) == (MarkKind.THEIRS, ids["Jonas"])


def test_the_caret_stays_while_the_echo_comes(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    notes = place.detail.notes
    cursor = notes.textCursor()
    cursor.setPosition(10)
    notes.setTextCursor(cursor)
    notes.setFocus()
    for letter in "slowly, while it saves, ":
        qtbot.keyClick(notes, letter)
        qtbot.wait(40)
    assert notes.textCursor().position() == 10 + len("slowly, while it saves, ")
    expected = WALK_NOTES[:10] + "slowly, while it saves, " + WALK_NOTES[10:]
    assert notes.text() == expected
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, ids["walk"]).notes == expected)
    assert notes.document().isUndoAvailable()


def test_a_tick_made_elsewhere_reaches_the_note_under_the_caret(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    at_end(place)
    mine = next(mark for mark in marks_of(shell.ctx, ids["walk"]) if mark.kind is MarkKind.MINE)
    shell.write(lambda: close_mark(shell.ctx, mine.id, MarkState.DONE, origin="today"))
    qtbot.waitUntil(lambda: "[x] me: send him" in place.detail.notes.text())
    assert place.detail.notes.textCursor().atEnd()


def test_what_is_typed_outlives_a_redraw_that_comes_before_it_is_saved(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " typed")
    with qtbot.waitSignal(place.detail.side.arrived):
        place.refresh()
    assert place.detail.notes.text() == WALK_NOTES + " typed"


def test_going_elsewhere_saves_at_once_and_coming_back_shows_it(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble, show: Show
) -> None:
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " unsaved")
    place.pane.list.step(1)
    assert "unsaved" not in place.detail.notes.text()
    place.pane.list.step(-1)
    assert place.detail.notes.text().endswith("unsaved")
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " more")
    shell.window().go(PlaceId.TODAY)
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, ids["walk"]).notes.endswith("unsaved more"), timeout=600)


def test_closing_the_window_hands_over_what_was_typed(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " last words")
    shell.window().close()
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, ids["walk"]).notes.endswith("last words"), timeout=600)


def test_a_full_disk_loses_no_letter(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> tuple[Mark, ...]:
        raise StoreFault("The disk is full", "Nothing was lost. Free some space.")

    monkeypatch.setattr("pln.ui.meetups.saver.save_notes", full)
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " kept")
    qtbot.waitUntil(lambda: len(shell.noted.faults) == 1)
    place.pane.list.step(1)
    place.pane.list.step(-1)
    assert place.detail.notes.text().endswith("kept")
    monkeypatch.undo()
    place.saver.flush()
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, ids["walk"]).notes.endswith("kept"))


def test_single_keys_are_letters_while_one_writes(qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble) -> None:
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " echt wh")
    assert place.detail.notes.text().endswith(" echt wh")
    assert shell.noted.logged == [] and shell.noted.composed == [] and shell.noted.written == []


def test_the_brief_is_that_of_before(place: MeetupsPlace) -> None:
    said = words(place.detail.side)
    assert "You last met 5 weeks ago, over tea." in said
    assert "moving the archive to the cellar" in said
    assert "In common: gardens, cataloguing" in said
    assert "send him the guidelines" not in said  # stands in the note beside it
    assert "You: write up the idea for all three" in said


def test_ticking_in_the_brief_closes_the_promise_and_can_be_taken_back(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    box = next(box for box in place.detail.side.findChildren(QCheckBox) if "bookbinder" in box.accessibleName())
    box.setFocus()
    with qtbot.waitSignal(place.detail.side.arrived):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QCheckBox))  # on to the next one
    assert "bookbinder" not in words(place.detail.side)
    text, step = shell.noted.toasts[-1]
    assert step is not None and "bookbinder" in text
    shell.take_back(step)
    qtbot.waitUntil(lambda: "bookbinder" in words(place.detail.side))


def test_what_was_kept_for_them_can_be_ticked_as_told(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    ctx, person = shell.ctx, place.detail.side.person
    assert person is not None
    with ctx.write("") as work:
        feed = work.feeds.add(Feed(url="https://edges.example/feed"))
        work.articles.take_in(feed.id, [entry_of("a", title="On slow paths")])
        article = work.articles.by_guid(feed.id, "a")
    assert article is not None
    keep_for(ctx, article, person)
    place.detail.side.reload()
    named = "Told of: On slow paths"
    qtbot.waitUntil(lambda: named in {box.accessibleName() for box in place.detail.side.findChildren(QCheckBox)})
    next(box for box in place.detail.side.findChildren(QCheckBox) if box.accessibleName() == named).click()
    qtbot.waitUntil(lambda: kept_for(ctx, article) == frozenset())
    text, step = shell.noted.toasts[-1]
    assert text.startswith("Told ") and step is not None
    shell.take_back(step)
    qtbot.waitUntil(lambda: kept_for(ctx, article) == {person})


def test_next_time_opens_a_plan_for_that_day(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    said = words(place.detail.side)
    assert "feels right for you two." in said
    around = next(button for text, button in buttons(place.detail.side).items() if text.startswith("Around"))
    around.click()
    begun = shell.noted.logged[-1]["meetup"]
    assert begun.day > TODAY and begun.people == (ids["Jonas"],) and begun.kind is MeetupKind.WALK and begun.id == 0


def test_several_people_have_a_brief_each(qtbot: QtBot, place: MeetupsPlace, show: Show, shell: ShellDouble) -> None:
    lunch = next(each for each in place.pane.lists.before if len(get_meetup(shell.ctx, each).people) == 3)
    show(lunch)
    chips = buttons(place.detail.side)
    assert list(chips)[:3] == ["Anna", "Jonas", "Mei"]
    with qtbot.waitSignal(place.detail.side.arrived):
        chips["Jonas"].click()
    assert place.detail.side.side is not None and place.detail.side.side.person.name == "Jonas Holm"
    qtbot.waitUntil(lambda: "bookbinder" in words(place.detail.side))


def test_a_plan_shows_its_brief_first_and_may_happen(
    qtbot: QtBot, place: MeetupsPlace, show: Show, shell: ShellDouble
) -> None:
    plan = place.pane.lists.coming[0]
    show(plan)
    side, notes = place.detail.side, place.detail.notes
    assert side.mapTo(place, side.rect().topLeft()).y() < notes.mapTo(place, notes.rect().topLeft()).y()
    assert "Worth asking" in words(side)
    qtbot.keyClicks(notes, "we did")
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: place.pane.lists.just_now == () or plan not in place.pane.lists.coming)
    qtbot.waitUntil(lambda: place.shown().state is MeetupState.HAPPENED)
    stored = get_meetup(shell.ctx, plan)
    assert (stored.state, stored.notes) == (MeetupState.HAPPENED, "we did")
    shell.take_back(shell.noted.toasts[-1][1])
    qtbot.waitUntil(lambda: place.shown().state is MeetupState.PLANNED)
    assert get_meetup(shell.ctx, plan).notes == "we did"


def test_what_fell_through_says_so(qtbot: QtBot, place: MeetupsPlace, show: Show, shell: ShellDouble) -> None:
    show(place.pane.lists.coming[0])
    buttons(place.detail.plan_bar)["It fell through"].click()
    qtbot.waitUntil(lambda: place.shown().state is MeetupState.FELL_THROUGH)
    qtbot.waitUntil(lambda: "It fell through. That happens." in words(place.detail.plan_bar))


def test_a_thank_you_is_drafted_and_noted_when_it_was_given(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_T)
    to, subject, body = shell.noted.composed[-1]
    assert to == ("0@example.invalid",) and subject == "Thank you for the walk"
    assert "ask for the story, not the entry" in body and body.startswith("Hello Jonas,")
    qtbot.waitUntil(lambda: "It is done" in buttons(place.detail.follow_up))
    with shell.ctx.store.read() as work:
        assert work.interactions.with_person(ids["Jonas"]) == ()
    buttons(place.detail.follow_up)["It is done"].click()
    qtbot.waitUntil(lambda: "You said thank you to Jonas." in words(place.detail.follow_up))
    with shell.ctx.store.read() as work:
        assert [one.kind for one in work.interactions.with_person(ids["Jonas"])] == [InteractionKind.THANKS]
    shell.take_back(shell.noted.toasts[-1][1])
    qtbot.waitUntil(lambda: "Draft the thank-you" in buttons(place.detail.follow_up))


def test_carrying_to_the_journal_begins_an_entry(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    assert "“Ask for the story, not the entry” could begin a journal entry." in words(place.detail.follow_up)
    buttons(place.detail.follow_up)["Carry to journal"].click()
    entry = shell.noted.written[-1]
    assert entry is not None and entry.about == Ref(Noun.MEETUP, ids["walk"]) and entry.kind is EntryKind.LESSON
    assert "> Ask for the story, not the entry" in entry.body and "@Jonas Holm" in entry.body
    assert [mention.person_id for mention in entry.mentions] == [ids["Jonas"]]


def test_a_meetup_is_handed_to_the_calendar_without_its_notes(
    qtbot: QtBot, place: MeetupsPlace, show: Show, shell: ShellDouble, tmp_path: Path
) -> None:
    show(place.pane.lists.coming[0])
    qtbot.keyClicks(place.detail.notes, "private thought")
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_C)
    dialog = shell.window().findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "coffee-2026-11-24.ics"
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    qtbot.waitUntil(target.exists)
    event = Calendar.from_ical(target.read_bytes()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Coffee with Mei Chen" and str(event["LOCATION"]) == "Café Lark"
    assert event.decoded("DTSTART").isoformat() == "2026-11-24T10:00:00"
    assert b"private" not in target.read_bytes()
    qtbot.waitUntil(lambda: any("calendar file is written" in text for text, _step in shell.noted.toasts))


def test_removing_shows_the_next_one_and_can_be_undone(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    below = place.pane.lists.before[0]
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.chosen is not None and place.chosen.id == below)
    assert ids["walk"] not in place.pane.lists.ids
    shell.take_back(shell.noted.toasts[-1][1])
    qtbot.waitUntil(lambda: ids["walk"] in place.pane.lists.ids)
    assert len(marks_of(shell.ctx, ids["walk"])) == 4


def test_details_are_opened_with_what_was_just_typed(qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble) -> None:
    at_end(place)
    qtbot.keyClicks(place.detail.notes, " now")
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(shell.noted.logged) == 1)
    assert shell.noted.logged[0]["meetup"].notes.endswith(" now")


def test_the_kind_is_changed_in_place(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    tea = buttons(place.detail.head.kind)["Tea"]
    tea.setFocus()
    qtbot.keyClick(tea, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: get_meetup(shell.ctx, ids["walk"]).kind is MeetupKind.TEA)
    qtbot.waitUntil(lambda: place.detail.head.title.text() == "Tea with Jonas Holm")


def test_escape_goes_from_the_notes_to_the_list_and_then_away(
    qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble
) -> None:
    place.detail.notes.setFocus()
    qtbot.keyClick(place.detail.notes, Qt.Key.Key_Escape)
    assert place.pane.list.hasFocus()
    assert place.step_back() is False


def test_enter_in_the_list_goes_to_the_notes(qtbot: QtBot, place: MeetupsPlace) -> None:
    place.focus_first()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_Return)
    assert place.detail.notes.hasFocus() and place.detail.notes.textCursor().atEnd()


def test_an_empty_place_teaches(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shell.window().go(PlaceId.MEETUPS)
    assert isinstance(place, MeetupsPlace)
    qtbot.waitUntil(lambda: "Log a meetup" in buttons(place))
    place.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert shell.noted.logged == [{"people": (), "meetup": None, "plan": False}]


def test_ctrl_m_logs_and_ctrl_shift_m_plans_from_anywhere(
    qtbot: QtBot, ids: dict[str, int], shell: ShellDouble
) -> None:
    window = shell.window()
    window.go(PlaceId.JOURNAL)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [one["plan"] for one in shell.noted.logged] == [False, True]


def test_what_acts_on_a_meetup_rests_where_none_is_seen(ids: dict[str, int], shell: ShellDouble) -> None:
    shell.window().go(PlaceId.JOURNAL)
    from pln.ui.commands import CommandId

    assert shell.registry.run(CommandId.MEETUP_REMOVE) is False


def test_a_narrow_window_brings_the_brief_below(qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble) -> None:
    side, notes = place.detail.side, place.detail.notes
    assert side.mapTo(place, side.rect().topLeft()).x() > notes.mapTo(place, notes.rect().topRight()).x()
    shell.window().resize(1024, 700)
    qtbot.waitUntil(lambda: side.mapTo(place, side.rect().topLeft()).x() < 400 and side.isVisible())


def test_a_meetup_logged_from_here_is_shown_at_once(
    qtbot: QtBot, place: MeetupsPlace, ids: dict[str, int], shell: ShellDouble
) -> None:
    """By the program's own way, from the key to the list."""
    Program.log_meetup(shell)
    dialog = shell.window().findChild(LogDialog)
    gc.collect()
    assert dialog is not None and dialog.isVisible()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.fields.who.edit.hasFocus)
    qtbot.keyClicks(dialog.fields.who.edit, "grace")
    qtbot.keyClick(dialog.fields.who.edit, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.fields.who.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.notes, "! small bags")
    qtbot.keyClick(dialog.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: place.shown().people == (ids["Grace"],) and place.shown().day == TODAY)
    assert place.detail.notes.text() == "! small bags"
    qtbot.waitUntil(lambda: "“Small bags” could begin a journal entry." in words(place.detail.follow_up))


@pytest.mark.long
def test_ten_thousand_meetups_are_listed_at_once(qtbot: QtBot, ids: dict[str, int], shell: ShellDouble) -> None:
    with shell.ctx.store.write("") as work:
        for number in range(10_000):
            day = TODAY - timedelta(days=2 + number % 3000)
            work.meetups.add(Meetup(kind=MeetupKind.TEA, day=day, people=(ids["Mei"],)), TODAY)
    place = shell.window().go(PlaceId.MEETUPS)
    assert isinstance(place, MeetupsPlace)
    qtbot.waitUntil(lambda: len(place.pane.lists.ids) == 10_012, timeout=2000)
    place.pane.list.setFocus()
    qtbot.keyClick(place.pane.list, Qt.Key.Key_End)
    assert place.shown().id == place.pane.lists.ids[-1]


def test_the_kinds_never_make_the_title_wrap(qtbot: QtBot, place: MeetupsPlace, shell: ShellDouble) -> None:
    head = place.detail.head
    for width in range(900, 1500, 20):
        shell.window().resize(width, 800)
        QApplication.processEvents()
        beside = head.kind.mapTo(head, QPoint()).x() > head.title.mapTo(head, QPoint()).x()
        assert not beside or head.title.height() < 2 * head.title.fontMetrics().height(), width
