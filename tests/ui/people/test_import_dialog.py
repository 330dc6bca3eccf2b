from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pln.services.contacts import get_person, person_ids
from pln.services.context import Context
from pln.ui.commands import CommandId
from pln.ui.people.import_dialog import ImportDialog, Stage
from pln.ui.people.place import PeoplePlace
from shared_corpus import corpus_folder
from ui.people.conftest import Invented
from ui.people.seen import says
from ui.shell_double import ShellDouble

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANNA = "Anna,Lindqvist,,anna@northlight.example,Northlight,Head of community,15 Jun 2026\n"
ZOE = 'Zoe,Quist,,zoe@crust.example,"Crust, Crumb",Baker,1 Jan 2024\n'
HIDDEN = ",,,,,,30 Apr 2026\n"

Open = Callable[..., ImportDialog]


@pytest.fixture
def dialogs(qtbot: QtBot, shell: ShellDouble) -> Iterator[Open]:
    made: list[ImportDialog] = []

    def opened(*paths: Path) -> ImportDialog:
        made.append(ImportDialog(shell, paths))
        made[-1].open()
        return made[-1]

    yield opened
    shell.tasks.close()
    for dialog in made:
        if isValid(dialog):
            dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def linkedin(tmp_path: Path) -> Path:
    file = tmp_path / "Connections.csv"
    file.write_text(HEAD + ANNA + ZOE + HIDDEN, "utf-8")
    return file


def _reaches(qtbot: QtBot, dialog: ImportDialog, stage: Stage) -> None:
    qtbot.waitUntil(lambda: dialog.stage is stage, timeout=20_000)
    QCoreApplication.processEvents()  # everything takes its place


def _rows(dialog: ImportDialog) -> list[str]:
    assert dialog.table is not None
    model = dialog.table.view.model()
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def test_the_preview_says_row_by_row_what_will_happen_and_writes_nothing(
    qtbot: QtBot, dialogs: Open, linkedin: Path, context: Context, invented: Invented
) -> None:
    dialog = dialogs(linkedin)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    anna, zoe, hidden = _rows(dialog)
    assert anna.startswith("Anna Lindqvist, Joined, Same e-mail address · adds")
    assert zoe == "Zoe Quist, New, Baker · Crust, Crumb"
    assert hidden.startswith("Row 4, Left out, No name")
    assert dialog.primary.text() == "Import 2 people"
    assert len(person_ids(context)) == 3
    dialog.reject()


def test_filters(qtbot: QtBot, dialogs: Open, linkedin: Path, invented: Invented) -> None:
    dialog = dialogs(linkedin)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert dialog.table is not None
    assert [chip.text() for chip in dialog.table.chips] == ["All 3", "New 1", "Joined 1", "Left out 1"]
    dialog.table.chips[1].click()
    assert len(_rows(dialog)) == 1 and _rows(dialog)[0].startswith("Zoe")
    dialog.table.chips[0].click()
    assert len(_rows(dialog)) == 3
    dialog.reject()


def test_import_report_and_taking_it_back(
    qtbot: QtBot, dialogs: Open, place: PeoplePlace, linkedin: Path, context: Context, invented: Invented
) -> None:
    before = get_person(context, invented.anna)
    dialog = dialogs(linkedin)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    dialog.accept()
    _reaches(qtbot, dialog, Stage.REPORT)
    assert says(dialog, "1 added · 1 joined with people you have · 1 left out")
    assert _rows(dialog)[0].startswith("No name")
    qtbot.waitUntil(lambda: place.list.total == 4)  # the list heard of it
    dialog.undo.click()
    qtbot.waitUntil(lambda: len(person_ids(context)) == 3)
    assert get_person(context, invented.anna) == before


def test_the_same_file_again_has_nothing_to_do(
    qtbot: QtBot, dialogs: Open, linkedin: Path, context: Context, invented: Invented
) -> None:
    for stage in (Stage.REPORT, Stage.PREVIEW):
        dialog = dialogs(linkedin)
        _reaches(qtbot, dialog, Stage.PREVIEW)
        if stage is Stage.REPORT:
            dialog.accept()
            _reaches(qtbot, dialog, stage)
            dialog.accept()
    assert says(dialog, "Everybody in it is here already.") and dialog.primary.text() == "Close"
    dialog.accept()
    assert len(person_ids(context)) == 4


def test_people_in_two_files_become_one_and_go_back_together(
    qtbot: QtBot,
    dialogs: Open,
    tmp_path: Path,
    linkedin: Path,
    context: Context,
    invented: Invented,
) -> None:
    card = tmp_path / "zoe.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Quist\nEMAIL:zoe@crust.example\nTEL:+372 555 1234\nEND:VCARD\n")
    dialog = dialogs(linkedin, card)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert len(_rows(dialog)) == 4
    dialog.accept()
    _reaches(qtbot, dialog, Stage.REPORT)
    assert len(person_ids(context)) == 4
    dialog.undo.click()
    qtbot.waitUntil(lambda: len(person_ids(context)) == 3)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.vcf", b"", "is empty"),
        ("sheet.xlsx", b"PK\x03\x04rest", "archive or a spreadsheet"),
        ("gone.vcf", None, "could not be opened"),
        ("diary.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "This is a calendar"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_another_can_be_chosen(
    qtbot: QtBot, dialogs: Open, tmp_path: Path, invented: Invented, name: str, data: bytes | None, words: str
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    dialog = dialogs(file)
    qtbot.waitUntil(lambda: dialog.stage is Stage.CHOOSE and says(dialog, words))
    assert dialog.primary.text() == "Choose files…"
    dialog.reject()


def test_a_bad_file_beside_a_good_one_does_not_hold_it_up(
    qtbot: QtBot, dialogs: Open, tmp_path: Path, linkedin: Path, context: Context, invented: Invented
) -> None:
    bad = tmp_path / "bad.vcf"
    bad.write_bytes(b"")
    dialog = dialogs(bad, linkedin)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert says(dialog, "bad.vcf: ") and len(_rows(dialog)) == 3
    dialog.reject()


def test_a_folder_brings_its_address_books(
    qtbot: QtBot, dialogs: Open, linkedin: Path, tmp_path: Path, invented: Invented
) -> None:
    (tmp_path / "readme.md").write_text("not people")
    dialog = dialogs(tmp_path)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert len(_rows(dialog)) == 3 and not says(dialog, "readme")
    dialog.reject()


def _many(tmp_path: Path, number: int) -> Path:
    file = tmp_path / "many.csv"
    rows = (f"Person{n},Number{n},,p{n}@many.example,Org,Role,1 Jan 2024\n" for n in range(number))
    file.write_text(HEAD + "".join(rows), "utf-8")
    return file


def test_stopping_keeps_nothing_and_goes_back_to_the_preview(
    qtbot: QtBot, dialogs: Open, tmp_path: Path, shell: ShellDouble, context: Context, invented: Invented
) -> None:
    dialog = dialogs(_many(tmp_path, 3000))
    _reaches(qtbot, dialog, Stage.PREVIEW)
    dialog.accept()
    assert dialog.stage is Stage.IMPORTING
    dialog.reject()  # Stop
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert says(dialog, "Nothing of this import was kept.") and len(person_ids(context)) == 3
    assert shell.noted.faults == []
    dialog.reject()


def test_in_the_background_the_window_is_free_and_a_toast_tells_the_end(
    qtbot: QtBot, dialogs: Open, tmp_path: Path, shell: ShellDouble, context: Context, invented: Invented
) -> None:
    dialog = dialogs(_many(tmp_path, 300))
    _reaches(qtbot, dialog, Stage.PREVIEW)
    dialog.accept()
    dialog.background.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))
    text, step = shell.noted.toasts[0]
    assert text == "300 added" and step is not None
    shell.take_back(step)
    qtbot.waitUntil(lambda: len(person_ids(context)) == 3)


def test_closing_while_the_end_is_on_its_way_is_harmless(
    qtbot: QtBot, dialogs: Open, linkedin: Path, shell: ShellDouble, context: Context, invented: Invented
) -> None:
    dialog = dialogs(linkedin)
    _reaches(qtbot, dialog, Stage.PREVIEW)
    dialog.accept()
    dialog.hide()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))
    assert shell.noted.faults == [] and len(person_ids(context)) == 4


def test_files_dropped_on_the_place_are_offered(
    qtbot: QtBot, place: PeoplePlace, shell: ShellDouble, linkedin: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(linkedin)), QUrl("https://elsewhere.example/x.vcf")])
    drop = QDropEvent(
        QPoint(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    place.dropEvent(drop)
    dialog = shell.window().findChild(ImportDialog)
    assert dialog is not None
    _reaches(qtbot, dialog, Stage.PREVIEW)
    assert len(dialog.files) == 1 and len(_rows(dialog)) == 3
    dialog.reject()


def test_the_command_opens_it(qtbot: QtBot, shell: ShellDouble, invented: Invented) -> None:
    shell.registry.run(CommandId.FILE_IMPORT)
    dialog = shell.window().findChild(ImportDialog)
    assert dialog is not None and dialog.stage is Stage.CHOOSE
    dialog.reject()


def test_real_address_books(qtbot: QtBot, dialogs: Open, context: Context, invented: Invented) -> None:
    corpus = corpus_folder()
    if corpus is None:
        pytest.skip("the collection of real exports is not here")
    dialog = dialogs(corpus / "vcard", corpus / "csv")
    qtbot.waitUntil(lambda: dialog.stage is Stage.PREVIEW, timeout=30_000)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.stage is Stage.REPORT, timeout=30_000)
    assert len(person_ids(context)) > 20
    dialog.undo.click()
    qtbot.waitUntil(lambda: len(person_ids(context)) == 3)
