from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.services.contacts import get_person, person_ids, save_person
from pln.services.context import Context
from pln.ui.commands import CommandId
from pln.ui.people.edit_dialog import EditDialog
from pln.ui.people.place import PeoplePlace
from pln.ui.widgets.person_picker import Picked
from ui.people.conftest import Invented
from ui.people.seen import says
from ui.shell_double import ShellDouble

Open = Callable[[Person | None], EditDialog]


@pytest.fixture
def dialogs(qtbot: QtBot, shell: ShellDouble) -> Iterator[Open]:
    made: list[EditDialog] = []

    def opened(person: Person | None) -> EditDialog:
        made.append(EditDialog(shell, person))
        made[-1].open()
        made[-1].activateWindow()
        qtbot.waitUntil(made[-1].form.name.hasFocus)
        return made[-1]

    yield opened
    for dialog in made:
        if isValid(dialog):
            dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _closed(dialog: EditDialog) -> Callable[[], bool]:
    return lambda: not isValid(dialog) or not dialog.isVisible()


def test_a_name_and_enter_is_all_it_takes(
    qtbot: QtBot, dialogs: Open, shell: ShellDouble, context: Context, invented: Invented
) -> None:
    dialog = dialogs(None)
    assert not dialog.form.more.isVisible()
    saved: list[int] = []
    dialog.saved.connect(saved.append)
    qtbot.keyClicks(dialog.form.name, " Zoe  Quist ")
    qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(saved) == 1)
    person = get_person(context, saved[0])
    assert person == Person(name="Zoe Quist", id=person.id, uid=person.uid, created=person.created)


def test_without_a_name_it_says_so_and_keeps_everything(
    qtbot: QtBot, dialogs: Open, context: Context, invented: Invented
) -> None:
    dialog = dialogs(None)
    dialog.more.click()
    dialog.form.note.set_text("met on the train")
    dialog.accept()
    assert says(dialog, "A name is needed, and nothing else.") and dialog.isVisible()
    assert dialog.form.note.text() == "met on the train"
    dialog.form.name.setText("Zoe")
    dialog.accept()
    qtbot.waitUntil(_closed(dialog))
    assert len(person_ids(context)) == 4


def test_every_field_is_kept(
    qtbot: QtBot, dialogs: Open, shell: ShellDouble, context: Context, invented: Invented
) -> None:
    dialog = dialogs(None)
    form = dialog.form
    dialog.more.click()
    words = {"nickname": "Zo", "pronouns": "she/her", "given": "Zoe", "family": "Quist", "role": "Baker",
             "org": "Crust & Crumb", "place": "Tartu", "how_met": "on the train", "met_on": "May 2026"}  # fmt: skip
    form.name.setText("Zoe Quist")
    for name, text in words.items():
        form._lines[name].setText(text)
    for name, field in form.tags.items():
        qtbot.keyClicks(field.edit, f"{name} one,{name} two")  # the last one is still being typed
    first = form.handles.rows()[0]
    first.value.setText("zoe@crust.example")
    first.note.setText("work")
    web = form.handles._add(None)
    web.kind.set_current("url")
    web.value.setText("crust.example")
    form.birthday.day.setText("29")
    form.birthday.month.set_current("2")
    form.introducer.set_people([Picked(invented.bilal, "Bilal Osman")])
    form.naming.set_current("yes")
    form.wish.set_current("seasonal")
    form.note.set_text("Two lines.\nOf note.")
    saved: list[int] = []
    dialog.saved.connect(saved.append)
    dialog.accept()
    qtbot.waitUntil(lambda: len(saved) == 1)
    person = get_person(context, saved[0])
    assert replace(person, id=0, uid="", created=None) == Person(
        name="Zoe Quist", **words, birthday=PartialDate(2, 29), introduced_by=invented.bilal,
        circles=("circles one", "circles two"), interests=("interests one", "interests two"),
        asks=("asks one", "asks two"), offers=("offers one", "offers two"),
        handles=(Handle(kind=HandleKind.EMAIL, value="zoe@crust.example", label="work"),
                 Handle(kind=HandleKind.URL, value="https://crust.example")),
        naming=NamingConsent.YES, rhythm_wish=RhythmWish.SEASONAL, note="Two lines.\nOf note.",
    )  # fmt: skip


def test_opening_and_saving_changes_nothing(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    before = get_person(context, invented.anna)
    dialog = dialogs(before)
    assert dialog.form.more.isVisible() and not dialog.form.touched()
    dialog.accept()
    qtbot.waitUntil(_closed(dialog))
    assert get_person(context, invented.anna) == before


def test_only_what_was_changed_here_is_written(
    qtbot: QtBot, dialogs: Open, context: Context, invented: Invented
) -> None:
    dialog = dialogs(get_person(context, invented.anna))
    dialog.form._lines["role"].setText("Head of community")
    meanwhile = replace(get_person(context, invented.anna), note="From an import.", paused_until=None)
    save_person(context, meanwhile)
    dialog.accept()
    qtbot.waitUntil(lambda: get_person(context, invented.anna).role == "Head of community")
    assert get_person(context, invented.anna) == replace(meanwhile, role="Head of community")
    qtbot.waitUntil(_closed(dialog))


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("31", "2", "", "February has no day 31."),
        ("29", "2", "2025", "February 2025 has no day 29."),
        ("", "2", "", "A day and a month are needed"),
        ("x", "2", "", "A day and a month are needed"),
        ("1", "2", "0", "not a year"),
    ],
)
def test_a_day_that_is_none_is_told_beside_it(
    qtbot: QtBot, dialogs: Open, context: Context, invented: Invented, day: str, month: str, year: str, words: str
) -> None:
    dialog = dialogs(get_person(context, invented.anna))
    dialog.form.birthday.day.setText(day)
    dialog.form.birthday.month.set_current(month)
    dialog.form.birthday.year.setText(year)
    dialog.accept()
    assert says(dialog, words) and dialog.form.birthday.day.hasFocus() and dialog.form.birthday.day.text() == day
    dialog.reject()
    dialog.reject()
    assert get_person(context, invented.anna).birthday == PartialDate(12, 4)


def test_bad_addresses_are_told_beside_them_but_old_ones_are_left_in_peace(
    qtbot: QtBot, dialogs: Open, context: Context, invented: Invented
) -> None:
    odd = (Handle(kind=HandleKind.EMAIL, value="anna at home"), Handle(kind=HandleKind.EMAIL, value="a@b.example"))
    save_person(context, replace(get_person(context, invented.anna), handles=odd))
    dialog = dialogs(get_person(context, invented.anna))
    second = dialog.form.handles.rows()[1]
    second.value.setText("no address")
    dialog.accept()
    assert says(second, "An e-mail address has an @") and not says(dialog.form.handles.rows()[0], "@ between")
    second.value.setText("c@d.example")
    dialog.accept()
    qtbot.waitUntil(_closed(dialog))
    assert [each.value for each in get_person(context, invented.anna).handles] == ["anna at home", "c@d.example"]


def test_nobody_introduces_themselves(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    dialog = dialogs(get_person(context, invented.anna))
    dialog.form.introducer.set_people([Picked(invented.anna, "Anna Lindqvist")])
    dialog.accept()
    assert says(dialog, "Nobody introduces themselves.")
    dialog.form.introducer.set_people([])
    dialog.accept()
    qtbot.waitUntil(lambda: get_person(context, invented.anna).introduced_by is None)
    qtbot.waitUntil(_closed(dialog))


def test_somebody_new_can_be_the_introducer(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    dialog = dialogs(get_person(context, invented.bilal))
    dialog.form.introducer.set_people([Picked(None, "Zoe Quist")])
    dialog.accept()
    qtbot.waitUntil(lambda: get_person(context, invented.bilal).introduced_by is not None)
    by = get_person(context, invented.bilal).introduced_by
    assert by is not None and get_person(context, by).name == "Zoe Quist"
    qtbot.waitUntil(_closed(dialog))


def test_known_circles_are_offered(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    dialog = dialogs(get_person(context, invented.grace))
    field = dialog.form.tags["circles"]
    qtbot.keyClicks(field.edit, "ment")
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.tags() == ("Garden", "Mentors") and dialog.isVisible()


def test_leaving_asks_once(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    dialog = dialogs(get_person(context, invented.anna))
    dialog.form.name.setText("Anna L")
    dialog.reject()
    assert dialog.isVisible() and says(dialog, "Cancel once more leaves it")
    dialog.reject()
    qtbot.waitUntil(_closed(dialog))
    assert get_person(context, invented.anna).name == "Anna Lindqvist"


def test_the_list_opens_the_dialog_with_the_name_so_far(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble) -> None:
    shell.registry.run(CommandId.PERSON_ADD)
    qtbot.keyClicks(place.list.add_line.edit, "Zoe Quist")
    place.list.add_line.more.emit(place.list.add_line.name())
    dialog = shell.window().findChild(EditDialog)
    assert dialog is not None and dialog.form.name.text() == "Zoe Quist"
    dialog.accept()
    qtbot.waitUntil(lambda: place.person is not None and place.person.name == "Zoe Quist")
    qtbot.waitUntil(lambda: place.list.view.chosen_id() == place.view.person_id)


def test_editing_shows_the_change(qtbot: QtBot, place: PeoplePlace, shell: ShellDouble) -> None:
    shell.registry.run(CommandId.PERSON_EDIT)
    dialog = shell.window().findChild(EditDialog)
    assert dialog is not None
    dialog.form.name.setText("Anna Berg")
    dialog.accept()
    qtbot.waitUntil(lambda: says(place.view, "Anna Berg"))
