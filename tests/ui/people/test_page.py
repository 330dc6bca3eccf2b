from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pln.model.anchoring import Anchor
from pln.model.changes import Noun, Ref
from pln.model.contact import Handle, HandleKind, Person, RhythmWish
from pln.model.highlight import HighlightKind
from pln.model.marks import MarkState
from pln.model.meetup import Meetup, MeetupKind
from pln.model.suggestion import Pace
from pln.services.contacts import UNTIL_I_SAY, get_person, save_person
from pln.services.context import Context, take_back
from pln.services.highlights import get_highlight, highlight
from pln.services.meetup_log import log_meetup, save_notes
from pln.services.meetups import get_meetup, marks_of, remove_meetup
from pln.services.person_page import person_brief, person_page
from pln.ui.commands import CommandId
from pln.ui.people.place import PeoplePlace
from pln.ui.people.side_cards import rhythm_line
from pln.ui.people.timeline_view import AT_FIRST, TimelineView
from pln.ui.people.wrapped_button import TickBox, WrappedButton
from store_fixtures import TODAY
from ui.people.conftest import Invented
from ui.people.seen import named, says, texts
from ui.shell_double import ShellDouble


@pytest.fixture
def tab(qtbot: QtBot, place: PeoplePlace) -> Callable[[str, str], QWidget]:
    """Show a tab and wait for words that stand on it."""

    def showing(name: str, words: str) -> QWidget:
        place.view.show_tab(name)
        qtbot.waitUntil(lambda: says(place.view, words))
        return place.view

    return showing


def test_the_head_tells_who_it_is(place: PeoplePlace) -> None:
    assert says(place.view, "Community lead at Northlight · Malmö · they/she")
    for words in ("Anna Lindqvist", "Mentors", "ceramics", "onboarding"):
        assert words in texts(place.view)


def test_everything_together_newest_first(place: PeoplePlace) -> None:
    titles = [each.text() for each in place.view.findChildren(WrappedButton) if each.objectName().startswith("item-")]
    assert titles == ["On first questions", "Coffee at Café Lark", "You shared an article", "Walk"]
    for words in ("13 Nov · 1 h 10", "honest question", "Title of a · “Exactly what I needed”", "you · 9 days"):
        assert says(place.view, words), words
    assert says(place.view, "Learned: <i>start with the question</i>")
    assert not says(place.view, "[ ]")


@pytest.mark.parametrize("which", ["entry", "meetup", "article"])
def test_titles_open_what_they_name(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented, which: str
) -> None:
    ref = {"entry": Ref(Noun.ENTRY, invented.entry), "meetup": Ref(Noun.MEETUP, invented.coffee),
           "article": Ref(Noun.ARTICLE, invented.article)}[which]  # fmt: skip
    title = named(place.view, WrappedButton, f"item-{ref.noun}-{ref.id}")
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    assert shell.noted.opened == [ref]


def test_ticking_a_promise_closes_it_in_the_note_too_and_undo_opens_it(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented, context: Context
) -> None:
    mark = next(each for each in marks_of(context, invented.coffee) if each.text == "send the paper")
    box = named(place.view, TickBox, f"mark-{mark.id}")
    assert not box.isChecked() and "promise" in box.accessibleName()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "[x] me: send the paper" in get_meetup(context, invented.coffee).notes)
    qtbot.waitUntil(lambda: not says(place.view, "you · 9 days"))
    assert named(place.view, TickBox, f"mark-{mark.id}").hasFocus()  # one can go on by keyboard
    text, step = shell.noted.toasts[-1]
    assert text == "Done: send the paper"
    shell.take_back(step)
    qtbot.waitUntil(lambda: says(place.view, "you · 9 days"))
    assert "[ ] me: send the paper" in get_meetup(context, invented.coffee).notes
    assert marks_of(context, invented.coffee)[mark.line - 1].state is MarkState.OPEN


def test_a_promise_whose_line_is_gone_is_told_and_the_page_is_right_again(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented, context: Context
) -> None:
    mark = next(each for each in marks_of(context, invented.coffee) if each.text == "send the paper")
    box = named(place.view, TickBox, f"mark-{mark.id}")
    save_notes(context, invented.coffee, "nothing")  # the window does not hear
    box.click()
    qtbot.waitUntil(lambda: len(shell.noted.faults) == 1)
    qtbot.waitUntil(lambda: not place.view.findChildren(TickBox))


def test_the_brief(place: PeoplePlace, tab: Callable[[str, str], QWidget], shell: ShellDouble, qtbot: QtBot) -> None:
    page = tab("brief", "Last time")
    for words in (
        "You last met 9 days ago, over coffee at Café Lark. You have met 2 times.", "send the paper",
        "Did the schools join?", "start with the question", "Title of b", "Birthday, 4 December", "Grace",
        "anna@northlight.example",
    ):  # fmt: skip
        assert says(page, words), words
    box = next(each for each in page.findChildren(TickBox) if each.text() == "send the paper")
    box.click()
    qtbot.waitUntil(lambda: says(page, "Nothing."))


def test_a_question_from_an_article_has_the_same_box_as_one_from_a_talk(
    place: PeoplePlace, tab: Callable[[str, str], QWidget], shell: ShellDouble, qtbot: QtBot, invented: Invented,
    context: Context,
) -> None:  # fmt: skip
    asked = highlight(
        context, invented.article, Anchor(quote="ask once a week", before="", after="", start=0),
        kind=HighlightKind.QUESTION, person_id=invented.anna,
    )  # fmt: skip
    page = tab("brief", "Last time")
    qtbot.waitUntil(lambda: says(page, "Ask once a week?"))
    box = named(page, TickBox, f"question-{asked.id}")
    assert box.accessibleName() == "To ask: Ask once a week?"
    talked = next(each for each in page.findChildren(TickBox) if each.text() == "Did the schools join?")
    assert not talked.isChecked()
    box.click()
    qtbot.waitUntil(lambda: not says(page, "Ask once a week?"))
    assert get_highlight(context, asked.id).closed_on == TODAY
    text, step = shell.noted.toasts[-1]
    assert text == "The question was asked"
    shell.take_back(step)
    qtbot.waitUntil(lambda: says(page, "Ask once a week?"))
    next(each for each in page.findChildren(TickBox) if each.text() == "Did the schools join?").click()
    qtbot.waitUntil(lambda: not says(page, "Did the schools join?"))


def test_an_article_that_was_kept_for_them_can_be_ticked_as_told(
    place: PeoplePlace, tab: Callable[[str, str], QWidget], shell: ShellDouble, qtbot: QtBot, context: Context,
    invented: Invented,
) -> None:  # fmt: skip
    page = tab("brief", "Title of b")
    box = next(each for each in page.findChildren(QCheckBox) if each.accessibleName() == "Told of: Title of b")
    box.click()
    qtbot.waitUntil(lambda: not says(page, "Title of b"))
    assert person_brief(context, invented.anna)[0].reading == ()
    text, step = shell.noted.toasts[-1]
    assert text == "Told Anna Lindqvist of it"
    shell.take_back(step)
    qtbot.waitUntil(lambda: says(page, "Title of b"))


def test_the_brief_of_somebody_new(
    place: PeoplePlace, show: Callable[[int], None], tab: Callable[[str, str], QWidget], invented: Invented
) -> None:
    show(invented.grace)
    page = tab("brief", "Not met yet.")
    assert says(page, "Questions to take along") and says(page, "Nothing.")


def test_what_was_laid_aside_is_taken_away_again(
    qtbot: QtBot, context: Context, invented: Invented, tab: Callable[[str, str], QWidget]
) -> None:
    view = tab("reading", "Laid aside for Anna")
    (kept,) = person_page(context, invented.anna).kept
    done = next(each for each in view.findChildren(QAbstractButton) if each.accessibleName().startswith("No longer"))
    assert done.accessibleName() == f"No longer keep it: {kept[1]}"
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: person_page(context, invented.anna).kept == ())
    step = context.undo.top
    assert step is not None
    take_back(context, step)
    assert person_page(context, invented.anna).kept == (kept,)


def test_shared_reading(
    qtbot: QtBot, place: PeoplePlace, tab: Callable[[str, str], QWidget], shell: ShellDouble, invented: Invented
) -> None:
    page = tab("reading", "Laid aside for Anna")
    assert says(page, "Anna writes: Edges") and says(page, "“Exactly what I needed”") and says(page, "Title of b")
    qtbot.mouseClick(named(page, WrappedButton, f"voice-{invented.article}"), Qt.MouseButton.LeftButton)
    assert shell.noted.opened == [Ref(Noun.ARTICLE, invented.article)]


def test_details_can_be_pressed_and_copied(
    qtbot: QtBot, place: PeoplePlace, tab: Callable[[str, str], QWidget], shell: ShellDouble
) -> None:
    page = tab("details", "E-mail · work")
    qtbot.mouseClick(named(page, WrappedButton, "handle-0"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(named(page, WrappedButton, "handle-1"), Qt.MouseButton.LeftButton)
    assert shell.noted.composed == [(("anna@northlight.example",), "", "")]
    assert shell.noted.links == ["https://anna.example"]
    qtbot.mouseClick(named(page, QAbstractButton, "copy-2"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "+46 70 123 45 67"
    QApplication.clipboard().clear()
    assert says(page, "X-PHONETIC-FIRST-NAME:Anna") and says(page, "Prefers mornings.")


def test_an_address_that_is_no_web_address_is_not_opened(
    place: PeoplePlace, shell: ShellDouble, tab: Callable[[str, str], QWidget], show: Callable[[int], None]
) -> None:
    handles = (Handle(kind=HandleKind.URL, value="javascript:alert(1)"), Handle(kind=HandleKind.URL, value="file:///x"))
    added = save_person(shell.ctx, Person(name="Zoe", handles=handles))
    place.open_record(Ref(Noun.PERSON, added.id))
    page = tab("details", "javascript:alert(1)")
    assert page.findChildren(WrappedButton, "handle-0") == [] and page.findChildren(WrappedButton, "handle-1") == []


def test_write_goes_to_the_first_address_or_says_that_there_is_none(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, show: Callable[[int], None], invented: Invented
) -> None:
    qtbot.mouseClick(named(place.view, QAbstractButton, "write"), Qt.MouseButton.LeftButton)
    assert shell.noted.composed == [(("anna@northlight.example",), "", "")]
    show(invented.bilal)
    shell.registry.run(CommandId.PERSON_WRITE)
    assert len(shell.noted.composed) == 1
    assert shell.noted.toasts[-1][0].startswith("There is no e-mail address for Bilal")


def test_log_a_meetup_with_this_person(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented
) -> None:
    qtbot.mouseClick(named(place.view, QAbstractButton, "log"), Qt.MouseButton.LeftButton)
    assert shell.noted.logged == [{"people": (invented.anna,), "meetup": None, "plan": False}]


def test_who_introduced_them_is_a_link(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented
) -> None:
    words = named(place.view, QLabel, "introducer")
    assert "Introduced by" in words.text() and "at LearnFest, March 2025" in words.text()
    words.linkActivated.emit("person")
    assert shell.noted.opened == [Ref(Noun.PERSON, invented.grace)]
    qtbot.waitUntil(lambda: place.person is not None and place.person.id == invented.grace)


def test_names_are_shown_as_they_are(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble) -> None:
    evil = "<b>Bo</b> <img src='file:///etc/hostname'>"
    by = save_person(shell.ctx, Person(name=evil))
    zoe = save_person(shell.ctx, Person(name="Zoe", introduced_by=by.id, how_met=evil, interests=(evil,), note=evil))
    place.open_record(Ref(Noun.PERSON, zoe.id))
    qtbot.waitUntil(lambda: place.person is not None and place.person.id == zoe.id)
    words = named(place.view, QLabel, "introducer").text()
    assert "<img" not in words and "&lt;img" in words
    rest = [each for each in place.view.findChildren(QLabel) if "<img" in each.text()]
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in rest)


@pytest.mark.parametrize(
    ("number", "until"), [(0, date(2026, 12, 22)), (1, date(2027, 2, 21)), (2, UNTIL_I_SAY)], ids=["1", "3", "ever"]
)
def test_pausing_and_taking_up_again(
    qtbot: QtBot, place: PeoplePlace, invented: Invented, context: Context, number: int, until: date
) -> None:
    menu = place.view.pause_menu()
    menu.actions()[number].trigger()
    qtbot.waitUntil(lambda: says(place.view, "Suggestions rest until"))
    assert get_person(context, invented.anna).paused_until == until
    qtbot.mouseClick(named(place.view, WrappedButton, "pause"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: says(place.view, "Pause suggestions…"))
    assert get_person(context, invented.anna).paused_until == TODAY  # rhythms begin anew from here
    menu.deleteLater()


def test_states_without_a_rhythm_are_told_apart() -> None:
    def line(pace_n: int, **values: object) -> str:
        pace = Pace(person_id=1, n=pace_n, gap=30.0 if pace_n else None, silence=None, expected=None)
        return rhythm_line(Person(name="Anna", **values), pace, TODAY)  # type: ignore[arg-type]

    said = {
        line(0),
        line(0, rhythm_wish=RhythmWish.NONE),
        line(0, rhythm_wish=RhythmWish.SEASONAL),
        line(3, rhythm_wish=RhythmWish.WHEN_IT_FITS),
        line(3, paused_until=TODAY + timedelta(days=30)),
        line(3, paused_until=UNTIL_I_SAY),
    }
    assert said == {
        "Not in touch yet.", "No rhythm wanted.", "Not in touch yet. Your wish: every season.", "Whenever it fits.",
        "Suggestions rest until 22 December.", "Suggestions rest until you say.",
    }  # fmt: skip


def test_what_is_coming_up(
    qtbot: QtBot, place: PeoplePlace, show: Callable[[int], None], shell: ShellDouble, invented: Invented
) -> None:
    assert says(place.view, "Birthday, 4 December")
    show(invented.bilal)
    planned = next(each for each in place.view.findChildren(WrappedButton) if each.text().startswith("Tea, Tue 24 Nov"))
    qtbot.mouseClick(planned, Qt.MouseButton.LeftButton)
    assert shell.noted.opened[-1].noun is Noun.MEETUP


def test_a_long_history_is_shown_bit_by_bit_to_its_end(
    qtbot: QtBot,
    place: PeoplePlace,
    shell: ShellDouble,
    context: Context,
    show: Callable[[int], None],
    invented: Invented,
) -> None:
    for n in range(60):
        tea = Meetup(kind=MeetupKind.TEA, day=TODAY - timedelta(days=n * 7))
        log_meetup(context, tea, [(invented.grace, "")])
    show(invented.grace)
    view = place.view.findChild(TimelineView)
    assert view is not None and view.shown >= AT_FIRST
    bar = place.view._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # as much as fills the page
    assert AT_FIRST < view.shown < 60
    for _ in range(20):
        bar.setValue(bar.maximum())
        QApplication.processEvents()
    assert view.complete and says(view, "Tea") and not named(view, QAbstractButton, "earlier").isVisibleTo(view)


def test_reading_anew_keeps_the_position(
    qtbot: QtBot,
    place: PeoplePlace,
    shell: ShellDouble,
    context: Context,
    show: Callable[[int], None],
    invented: Invented,
) -> None:
    meetups = [
        log_meetup(context, Meetup(kind=MeetupKind.TEA, day=TODAY - timedelta(days=n * 7)), [(invented.grace, "")])
        for n in range(30)
    ]
    show(invented.grace)
    bar = place.view._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    remove_meetup(shell.ctx, meetups[0].id)
    qtbot.waitUntil(lambda: place.view.page is not None and len(place.view.page.timeline) == 29)
    qtbot.waitUntil(lambda: bar.value() == 150)
