"""Today as the owner uses it: the steps, their reasons, and what becomes of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.model.marks import MarkState
from pln.model.meetup import Meetup, MeetupKind
from pln.model.suggestion import Energy
from pln.services.context import Context
from pln.services.preferences import preferences, save_preferences
from pln.services.today import pause
from pln.ui.place import PlaceId
from pln.ui.theme import Theme
from pln.ui.today.place import TodayPlace
from pln.ui.today.step_card import StepCard
from pln.ui.widgets.scroll import Page
from store_fixtures import TODAY
from ui.shell_double import ShellDouble, shell_of


def shown(qtbot: QtBot, shell: ShellDouble) -> TodayPlace:
    place = shell.window().go(PlaceId.TODAY)
    assert isinstance(place, TodayPlace)
    qtbot.waitUntil(lambda: place.page is not None)
    return place


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Click the button with this text, as soon as it is there."""

    def there() -> list[QPushButton]:
        buttons = widget.findChildren(QPushButton)
        return [each for each in buttons if each.text() == text and each.isVisibleTo(widget)]

    qtbot.waitUntil(lambda: bool(there()))
    qtbot.mouseClick(there()[0], Qt.MouseButton.LeftButton)


def state_of_promise(shell: ShellDouble) -> MarkState:
    with shell.ctx.store.read() as work:
        (mark,) = work.meetups.marks_of(1)
    return mark.state


def test_the_promise_is_a_card_with_its_reason(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    (card,) = place.cards
    assert "Anna" in card.accessibleName()
    qtbot.waitUntil(lambda: "13 November" in texts(card))
    assert "send her the paper on pilots" in texts(card)
    assert "9 days" in texts(card)


def test_a_page_that_is_as_before_is_not_drawn_anew(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    (card,), page = place.cards, place.page
    place.mark_stale()
    qtbot.waitUntil(lambda: place.page is not page)
    assert place.page == page
    assert place.cards == [card] and card.isVisible()
    with shell.ctx.write("people") as work:
        anna = work.people.get(1)
        assert anna is not None
        work.people.change(replace(anna, name="Anna Berg", given="Anna"))
    qtbot.waitUntil(lambda: place.cards != [card])


def test_what_stays_on_the_page_keeps_what_was_opened_in_it(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    (card,) = place.cards
    press(qtbot, card, "why this?")
    opened = texts(card)
    scrolled = place.findChild(Page)
    with shell.ctx.write("meetups") as work:
        ines = work.people.add(Person(name="Ines Okafor", given="Ines"))
        notes = "[ ] me: lend her the book on kilns"
        work.meetups.add(
            Meetup(kind=MeetupKind.TEA, day=TODAY - timedelta(days=30), people=(ines.id,), notes=notes), TODAY
        )
    qtbot.waitUntil(lambda: len(place.cards) == 2)
    assert card in place.cards and card.isVisible() and texts(card) == opened
    assert place.findChild(Page) is scrolled
    qtbot.waitUntil(lambda: "Two small steps" in texts(place))
    assert "One small step" not in texts(place)
    assert place.cards[0].y() < place.cards[1].y()


def test_why_this_shows_the_facts_and_their_record(qtbot: QtBot, shell: ShellDouble) -> None:
    (card,) = shown(qtbot, shell).cards
    press(qtbot, card, "why this?")
    press(qtbot, card, "look")
    assert [ref.noun.value for ref in shell.noted.opened][:1] in (["meetup"], ["mark"])


def test_writing_hands_a_draft_over_and_then_asks(qtbot: QtBot, shell: ShellDouble) -> None:
    (card,) = shown(qtbot, shell).cards
    qtbot.mouseClick(card.primary, Qt.MouseButton.LeftButton)
    ((to, _subject, body),) = shell.noted.composed
    assert to == ("anna@example.org",)
    assert "paper on pilots" in body
    assert state_of_promise(shell) is MarkState.OPEN, "handing over is not yet doing"
    press(qtbot, card, "It is done")
    qtbot.waitUntil(lambda: state_of_promise(shell) is MarkState.DONE)
    with shell.ctx.store.read() as work:
        assert [each.kind for each in work.interactions.with_person(1)] == ["message"]
        assert "[x] me: send her the paper" in (work.meetups.get(1) or 0).notes  # type: ignore[union-attr]


def test_done_can_be_taken_back(qtbot: QtBot, shell: ShellDouble) -> None:
    (card,) = shown(qtbot, shell).cards
    qtbot.mouseClick(card.primary, Qt.MouseButton.LeftButton)
    press(qtbot, card, "It is done")
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))
    shell.take_back()
    qtbot.waitUntil(lambda: state_of_promise(shell) is MarkState.OPEN)


def test_later_puts_it_away_and_says_so(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    press(qtbot, place.cards[0], "Later")
    qtbot.waitUntil(lambda: not place.cards)
    with shell.ctx.store.read() as work:
        (said,) = work.responses.everything()
    assert said.until == TODAY + timedelta(days=7)
    assert shell.noted.toasts[-1][1] is not None, "it can be undone"


def test_never_for_this_person(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    press(qtbot, place.cards[0], "why this?")
    press(qtbot, place.cards[0], "Never for this person")
    qtbot.waitUntil(lambda: not place.cards)


def test_energy_is_kept(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    press(qtbot, place, "Open")
    qtbot.waitUntil(lambda: preferences(shell.ctx).energy is Energy.OPEN)


def test_a_rest_shows_nothing_and_ends_when_wanted(qtbot: QtBot, shell: ShellDouble) -> None:
    pause(shell.ctx, TODAY + timedelta(days=30))
    place = shown(qtbot, shell)
    assert not place.cards
    press(qtbot, place, "End the rest now")
    qtbot.waitUntil(lambda: preferences(shell.ctx).paused_until is None)


def test_the_question_can_be_passed_over_and_answered(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    assert place.page is not None
    first = place.page.prompt
    press(qtbot, place, "Another")
    qtbot.waitUntil(lambda: place.page is not None and place.page.prompt != first)
    second = place.page.prompt
    press(qtbot, place, "Write a few lines")
    assert [entry.prompt for entry in shell.noted.written if entry] == [second]


def test_an_empty_network_teaches(qtbot: QtBot, empty_shell: ShellDouble) -> None:
    place = shown(qtbot, empty_shell)
    assert not place.cards
    qtbot.waitUntil(lambda: "Small steps appear here" in texts(place))


def test_the_purpose_is_shown(qtbot: QtBot, shell: ShellDouble) -> None:
    save_preferences(shell.ctx, replace(preferences(shell.ctx), purpose="To learn how others run pilots"))
    place = shown(qtbot, shell)
    qtbot.waitUntil(lambda: "To learn how others run pilots" in texts(place))


def test_hostile_names_are_only_text(qtbot: QtBot, shell: ShellDouble) -> None:
    with shell.ctx.write("test") as work:
        person = work.people.get(1)
        assert person is not None
        work.people.change(replace(person, name='<img src="file:///etc/hostname"> Anna', given=""))
    place = shown(qtbot, shell)
    assert all(label.textFormat() is not Qt.TextFormat.AutoText for label in place.findChildren(QLabel))


def test_a_name_without_end_leaves_the_width_alone(qtbot: QtBot, theme: Theme, context: Context) -> None:
    with context.write("test") as work:
        endless = work.people.add(Person(name="A" * 3_000 + " Lind"))
        notes = "[ ] me: send the paper on pilots"
        met = Meetup(kind=MeetupKind.COFFEE, day=TODAY.replace(day=13), people=(endless.id,), notes=notes)
        work.meetups.add(met, TODAY)
    with shell_of(context, theme, {PlaceId.TODAY: TodayPlace}) as shell:
        shell.go("today")
        place = shell.place(PlaceId.TODAY)
        qtbot.waitUntil(lambda: bool(place.findChildren(StepCard)))
        assert all(card.minimumSizeHint().width() < 900 for card in place.findChildren(StepCard))
