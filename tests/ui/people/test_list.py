from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.meetup import Meetup, MeetupKind
from pln.services.contacts import person_ids, remove_person, save_person
from pln.services.context import Context
from pln.services.meetup_log import log_meetup
from pln.ui.commands import CommandId
from pln.ui.people.place import PeoplePlace
from pln.ui.place import PlaceId
from store_fixtures import TODAY
from ui.people.conftest import Invented
from ui.people.seen import says
from ui.shell_double import ShellDouble


def _names(place: PeoplePlace) -> list[str]:
    model = place.list.view.model()
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def test_rows_tell_who_what_and_when(place: PeoplePlace) -> None:
    assert _names(place) == [
        "Anna Lindqvist, Community lead · Northlight, 9 d",
        "Bilal Osman, Learning designer, Tue",
        "Grace Wanjiru, Engineer · Kivu Water",
    ]


def test_typing_finds(qtbot: QtBot, place: PeoplePlace) -> None:
    qtbot.keyClicks(place.list.search, "kivu")
    qtbot.waitUntil(lambda: len(_names(place)) == 1)
    assert place.person is not None and place.person.name == "Anna Lindqvist"  # the page waits for a choice
    qtbot.keyClick(place.list.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.person is not None and place.person.name == "Grace Wanjiru")
    assert place.list.view.hasFocus()
    place.step_back()
    qtbot.waitUntil(lambda: len(_names(place)) == 3)
    assert place.list.view.chosen_id() == place.view.person_id


def test_circles_filter_and_the_rest_is_in_the_menu(qtbot: QtBot, place: PeoplePlace) -> None:
    assert place.list.chips.shown() == ["Everyone 3", "Garden 2", "Mentors 2"]
    place.list.chips.choose("Mentors")
    qtbot.waitUntil(lambda: len(_names(place)) == 2)
    assert place.list.chips.shown()[1] == "Mentors 2"
    assert place.step_back()
    qtbot.waitUntil(lambda: len(_names(place)) == 3)
    assert not place.step_back()


def test_many_circles_keep_the_chosen_one_in_sight(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble) -> None:
    circles = tuple(f"Circle number {n}" for n in range(12))
    save_person(shell.ctx, Person(name="Zoe Quist", circles=circles))
    qtbot.waitUntil(lambda: len(place.list.chips.hidden_circles()) >= 10)
    place.list.chips.choose("Circle number 7")
    qtbot.waitUntil(lambda: len(_names(place)) == 1)
    assert "Circle number 7 1" in place.list.chips.shown()
    assert len(place.list.chips.shown()) - 1 + len(place.list.chips.hidden_circles()) == 14


def test_a_name_and_enter_adds_somebody(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, context: Context) -> None:
    shell.registry.run(CommandId.PERSON_ADD)
    qtbot.keyClicks(place.list.add_line.edit, "  Zoe   Quist ")
    qtbot.waitUntil(lambda: says(place.list, "Enter adds them"))
    qtbot.keyClick(place.list.add_line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.person is not None and place.person.name == "Zoe Quist")
    qtbot.waitUntil(lambda: place.list.view.chosen_id() == place.view.person_id)
    assert not place.list.add_line.isVisible() and len(person_ids(context)) == 4


def test_a_namesake_is_added_and_told(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, context: Context) -> None:
    place.add("anna lindqvist")
    qtbot.waitUntil(lambda: len(shell.noted.toasts) == 1)
    assert "another" in shell.noted.toasts[0][0] and len(person_ids(context)) == 4


def test_escape_leaves_the_add_line_without_adding(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, context: Context
) -> None:
    shell.registry.run(CommandId.PERSON_ADD)
    qtbot.keyClicks(place.list.add_line.edit, "Zoe")
    qtbot.keyClick(place.list.add_line.edit, Qt.Key.Key_Escape)
    assert not place.list.add_line.isVisible() and place.list.search.isVisible()
    qtbot.waitUntil(lambda: len(_names(place)) == 3)
    assert len(person_ids(context)) == 3


def test_who_is_not_found_can_be_added(qtbot: QtBot, place: PeoplePlace) -> None:
    qtbot.keyClicks(place.list.search, "Zoe & Quist")
    qtbot.waitUntil(lambda: says(place.list, "Nobody found."))
    qtbot.mouseClick(place.list._nobody_add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.person is not None and place.person.name == "Zoe & Quist")
    assert place.list.search.text() == ""


def test_j_and_k_go_through_the_list(qtbot: QtBot, place: PeoplePlace, invented: Invented) -> None:
    place.focus_first()
    for key, expected in (("j", invented.bilal), ("j", invented.grace), ("j", invented.grace), ("k", invented.bilal)):
        qtbot.keyClicks(place.list.view, key)
        qtbot.waitUntil(lambda expected=expected: place.person is not None and place.person.id == expected)


def test_enter_goes_to_the_page_and_escape_back(qtbot: QtBot, place: PeoplePlace) -> None:
    place.focus_first()
    qtbot.keyClick(place.list.view, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None and place.view.isAncestorOf(focused)
    assert place.step_back() and place.list.view.hasFocus()


def test_keys_of_the_place_do_not_disturb_typing(qtbot: QtBot, place: PeoplePlace) -> None:
    place.list.begin_search()
    qtbot.keyClicks(place.list.search, "jkew/bp")
    assert place.list.search.text() == "jkew/bp"


def test_what_others_write_appears_and_the_choice_stays(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented
) -> None:
    place.list.view.choose(invented.bilal)
    log_meetup(shell.ctx, Meetup(kind=MeetupKind.TEA, day=TODAY - timedelta(days=1)), [(invented.grace, "")])
    save_person(shell.ctx, Person(name="Aaron First"))
    qtbot.waitUntil(lambda: _names(place)[0] == "Aaron First" and _names(place)[-1].endswith("1 d"))
    assert place.list.view.chosen_id() == invented.bilal


def test_removing_shows_the_next_one_and_undo_brings_back(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented, context: Context
) -> None:
    place.focus_first()
    qtbot.keyClick(place.list.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.person is not None and place.person.id == invented.bilal)
    qtbot.waitUntil(lambda: place.list.view.chosen_id() == invented.bilal)
    assert person_ids(context) == (invented.bilal, invented.grace)
    text, step = shell.noted.toasts[-1]
    assert text == "Anna Lindqvist was removed" and step is not None
    shell.take_back(step)
    qtbot.waitUntil(lambda: len(_names(place)) == 3)


def test_a_person_removed_elsewhere_leaves_the_page(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, invented: Invented
) -> None:
    remove_person(shell.ctx, invented.anna, origin="elsewhere")
    qtbot.waitUntil(lambda: place.person is not None and place.person.id != invented.anna)
    assert shell.noted.faults == []


def test_opening_somebody_leaves_the_filter(qtbot: QtBot, place: PeoplePlace, invented: Invented) -> None:
    qtbot.keyClicks(place.list.search, "anna")
    qtbot.waitUntil(lambda: len(_names(place)) == 1)
    place.open_record(Ref(Noun.PERSON, invented.grace))
    qtbot.waitUntil(lambda: place.list.view.chosen_id() == invented.grace)
    qtbot.waitUntil(lambda: place.person is not None and place.person.id == invented.grace)
    assert place.list.search.text() == "" and len(_names(place)) == 3


def test_an_empty_place_teaches(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shell.window().go(PlaceId.PEOPLE)
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.list.total == 0)
    assert says(place, "A name is enough to begin")
    qtbot.keyClicks(place.list.search, "z")  # also with nobody there
    qtbot.waitUntil(lambda: says(place.list, "Nobody found."))
    place.add("Zoe Quist")
    qtbot.waitUntil(lambda: place.person is not None and place.person.name == "Zoe Quist")
    assert not says(place, "A name is enough to begin")
