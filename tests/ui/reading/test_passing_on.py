"""Whom an article might please, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.interaction import InteractionKind
from pln.model.journal import Entry
from pln.services.meetups import brief_for
from pln.services.passing_on import people_for
from pln.services.reading import Shelf, kept_for
from pln.ui.reading.fit_card import FitCard
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.send_dialog import SendDialog
from pln.ui.widgets.person_picker import Picked
from ui.reading.filled import World, fill

Composed = list[tuple[tuple[str, ...], str, str]]


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    return fill(world.ctx)


@pytest.fixture
def place(ids: dict[str, int], reading: Callable[[], ReadingPlace]) -> ReadingPlace:
    return reading()


@pytest.fixture
def composed(world: World, place: ReadingPlace, monkeypatch: pytest.MonkeyPatch) -> Composed:
    found: Composed = []
    monkeypatch.setattr(world.program, "compose", lambda *, to, subject, body: found.append((to, subject, body)))
    return found


def card(qtbot: QtBot, place: ReadingPlace, number: int) -> FitCard:
    place.articles.choose(place.articles.ids()[number])
    qtbot.waitUntil(lambda: bool(place.desk._fits))
    return place.desk.view.view.findChildren(FitCard)[-1]


def press(qtbot: QtBot, place: ReadingPlace, name: str) -> None:
    (found,) = [each for each in shown(place).findChildren(QPushButton) if each.accessibleName() == name]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def shown(place: ReadingPlace) -> FitCard:
    return next(each for each in reversed(place.desk.view.view.findChildren(FitCard)) if each.isVisible())


def test_send_with_a_note_and_note_that_it_went(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int], composed: Composed
):
    card(qtbot, place, 0)
    article = place.desk.open_id
    press(qtbot, place, "Send with a note: Bilal Osman")
    ((to, subject, body),) = composed
    assert to == ("bilal@example.org",) and subject == "Learning on the edge of your network"
    assert body.startswith("Hi Bilal,") and "https://edges.example/0" in body
    assert "weak ties" not in body, "what is noted about somebody does not go into a letter"
    with world.ctx.store.read() as work:
        assert work.interactions.everything() == (), "a draft is not contact"
    press(qtbot, place, "I sent it: Bilal Osman")
    qtbot.waitUntil(lambda: place.desk._fits == ())
    with world.ctx.store.read() as work:
        (noted,) = work.interactions.everything()
    assert (noted.kind, noted.person_id, noted.article_id) == (InteractionKind.ARTICLE, ids["Bilal Osman"], article)
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: _none_noted(world))


def _none_noted(world: World) -> bool:
    with world.ctx.store.read() as work:
        return work.interactions.everything() == ()


def test_the_toast_notes_it_too(qtbot: QtBot, world: World, place: ReadingPlace, composed: Composed):
    card(qtbot, place, 0)
    press(qtbot, place, "Send with a note: Bilal Osman")
    (toast,) = [each for each in world.window.toasts._living() if each.button is not None]
    assert toast.button is not None and toast.button.text() == "I sent it"
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not _none_noted(world))


def test_a_note_is_copied_and_noted_once_it_went(qtbot: QtBot, world: World, place: ReadingPlace, composed: Composed):
    made = card(qtbot, place, 0)
    menu = made.menu_for(place.desk._fits[0], made.findChildren(QPushButton)[0])
    menu.actions()[0].trigger()
    menu.close()
    copied = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    assert copied.startswith("Hi Bilal,") and "https://edges.example/0" in copied and composed == []
    assert "weak ties" not in copied and _none_noted(world), "a note on the clipboard is not contact"
    press(qtbot, place, "I sent it: Bilal Osman")
    qtbot.waitUntil(lambda: not _none_noted(world))


def test_keep_for_the_next_coffee_and_back(qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int]):
    card(qtbot, place, 2)
    article, anna = place.desk.open_id, ids["Anna Lindqvist"]
    assert article is not None
    press(qtbot, place, "Keep for next coffee: Anna Lindqvist")
    qtbot.waitUntil(lambda: kept_for(world.ctx, article) == {anna})
    assert [record for record, _title in brief_for(world.ctx, anna).reading] == [article]
    qtbot.waitUntil(lambda: place.desk._fits[0].kept)
    menu = shown(place).menu_for(place.desk._fits[0], shown(place).findChildren(QPushButton)[0])
    next(each for each in menu.actions() if each.text() == "No longer keep it for Anna").trigger()
    menu.close()
    qtbot.waitUntil(lambda: kept_for(world.ctx, article) == frozenset() and not place.desk._fits[0].kept)
    press(qtbot, place, "Keep for next coffee: Anna Lindqvist")
    qtbot.waitUntil(lambda: kept_for(world.ctx, article) == {anna})
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: kept_for(world.ctx, article) == frozenset())


def test_b_goes_to_the_card_by_key(qtbot: QtBot, world: World, place: ReadingPlace, composed: Composed):
    card(qtbot, place, 0)
    place.articles.setFocus()
    assert place.desk.view.view.verticalScrollBar().value() == 0
    qtbot.keyClick(place.articles, Qt.Key.Key_B)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton) and focused.accessibleName() == "Keep for next coffee: Bilal Osman"
    port = place.desk.view.view.viewport()
    assert port.rect().contains(focused.mapTo(port, focused.rect().bottomRight()))
    qtbot.keyClick(focused, Qt.Key.Key_Tab)
    sending = QApplication.focusWidget()
    assert isinstance(sending, QPushButton) and sending.accessibleName() == "Send with a note: Bilal Osman"
    qtbot.keyClick(sending, Qt.Key.Key_Space)
    assert composed[0][2].startswith("Hi Bilal,")


def test_b_says_where_nothing_stands_below(qtbot: QtBot, world: World, place: ReadingPlace):
    place.articles.choose(place.articles.ids()[11])
    assert people_for(world.ctx, place.desk.open_id or 0) == ()
    qtbot.keyClick(place.articles, Qt.Key.Key_B)
    assert "Nothing stands below this article." in world.window.toasts.texts()


def test_not_this_topic_takes_its_line_away_and_undo_brings_it_back(qtbot: QtBot, world: World, place: ReadingPlace):
    made = card(qtbot, place, 0)
    (more,) = [each for each in made.findChildren(QPushButton) if "Bilal" in each.accessibleName() and not each.text()]
    fit = place.desk._fits[0]
    menu = made.menu_for(fit, more)
    names = [each.text() for each in menu.actions() if each.text()]
    assert names == [
        "Copy a note for Bilal", "Not for Bilal", "Nothing about “weak ties” for Bilal",
        "Nothing about “onboarding” for Bilal",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    menu.close()
    qtbot.waitUntil(lambda: bool(place.desk._fits) and place.desk._fits[0].words == ("onboarding",))
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: len(people_for(world.ctx, place.desk.open_id or 0)[0].words) == 2)


def test_an_answer_for_another_article_is_dropped(place: ReadingPlace, world: World):
    first, second = place.articles.ids()[0], place.articles.ids()[5]
    fits = people_for(world.ctx, first)
    assert fits
    place.articles.choose(second)
    place.desk._found(first, fits)
    assert place.desk._fits == ()


def test_for_your_people_lists_what_fits(qtbot: QtBot, world: World, place: ReadingPlace):
    place.choose_shelf(Shelf(ids=()))
    qtbot.waitUntil(lambda: 0 < len(place.articles.ids()) < 13)
    assert place.feed_pane.list.lines()[3].count == len(place.articles.ids())


def test_send_to_somebody_picked(qtbot: QtBot, place: ReadingPlace, ids: dict[str, int], composed: Composed):
    place.step(1)
    place.desk.send()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SendDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SendDialog)
    dialog.accept()
    assert composed == [] and dialog.isVisible()
    dialog.picker.set_people([Picked(ids["Mei Chen"], "Mei Chen")])
    dialog.accept()
    assert composed[0][0] == () and composed[0][2].startswith("Hi Mei,")


def test_somebody_picked_gets_a_copy_or_a_place_in_their_brief(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int], composed: Composed
):
    place.step(1)
    mei, record = ids["Mei Chen"], place.desk.open_id
    for press_it in (lambda made: made.copy.click(), lambda made: made.keep.click()):
        place.desk.send()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SendDialog)
        press_it(dialog)
        assert dialog.isVisible(), "nobody is picked yet"
        dialog.picker.set_people([Picked(mei, "Mei Chen")])
        press_it(dialog)
        assert not dialog.isVisible()
    assert QGuiApplication.clipboard().text().startswith("Hi Mei,") and composed == []
    QGuiApplication.clipboard().clear()
    qtbot.waitUntil(lambda: [article for article, _title in brief_for(world.ctx, mei).reading] == [record])
    qtbot.waitUntil(lambda: "Kept for Mei Chen" in world.window.toasts.texts())


def test_write_about_it(world: World, place: ReadingPlace, monkeypatch: pytest.MonkeyPatch):
    begun: list[Entry] = []
    monkeypatch.setattr(world.program, "write_entry", begun.append)
    place.step(1)
    record = place.desk.open_id
    assert record is not None
    cursor = place.desk.view.view.document().find("good company")
    place.desk.view.view.setTextCursor(cursor)
    place.desk.write_about()
    (entry,) = begun
    assert entry.about == Ref(Noun.ARTICLE, record)
    assert entry.body == ("> good company\n>\n> [Learning on the edge of your network](<https://edges.example/0>)\n\n")


def test_the_voice_opens_its_person_and_a_feed_its_list(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
):
    opened: list[Ref] = []
    monkeypatch.setattr(world.program, "open", opened.append)
    place.step(1)
    qtbot.mouseClick(place.desk.view._source, Qt.MouseButton.LeftButton)
    assert opened == [Ref(Noun.PERSON, ids["Elin Berg"])]
    place.articles.choose(place.articles.ids()[3])
    qtbot.mouseClick(place.desk.view._source, Qt.MouseButton.LeftButton)
    assert place.shelf == Shelf(feed_id=ids["guide"])


def test_open_record_shows_an_article_of_any_shelf(
    qtbot: QtBot, world: World, place: ReadingPlace, ids: dict[str, int]
):
    wanted = place.articles.ids()[6]
    place.choose_shelf(Shelf(starred=True))
    qtbot.waitUntil(lambda: place.articles.ids() == ())
    place.open_record(Ref(Noun.ARTICLE, wanted))
    qtbot.waitUntil(lambda: place.desk.open_id == wanted)
    assert place.shelf == Shelf(feed_id=ids["harbour"])
    place.open_record(Ref(Noun.FEED, ids["kwame"]))
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 1)
    place.open_record(Ref(Noun.ARTICLE, 999))
    assert any("No such article" in text for text in world.window.toasts.texts())


def test_everything_that_can_be_pressed_has_a_name(qtbot: QtBot, place: ReadingPlace):
    card(qtbot, place, 0)
    assert [each for each in place.findChildren(QPushButton) if not each.accessibleName()] == []
