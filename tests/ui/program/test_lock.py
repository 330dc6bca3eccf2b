"""A locked window shows nothing and holds nothing; it opens again where one was."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.errors import StoreFault
from pln.model.feed import Feed
from pln.model.journal import Entry
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context
from pln.services.journal import save_entry
from pln.services.preferences import preferences, save_preferences
from pln.services.reading import Shelf
from pln.services.tasks import Task
from pln.services.vault import open_vault
from pln.store.vault import StoreKey
from pln.ui.commands import CommandId
from pln.ui.journal.place import JournalPlace
from pln.ui.main_window import MainWindow
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.meetups.place import MeetupsPlace
from pln.ui.people.edit_dialog import EditDialog
from pln.ui.people.place import PeoplePlace
from pln.ui.place import PlaceId
from pln.ui.program.program import Program
from pln.ui.program.start import Start
from pln.ui.reading.place import ReadingPlace
from pln.ui.today.place import TodayPlace
from pln.ui.unlock.locked_page import LockedPage
from pln.ui.welcome.pages import WelcomePages
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from store_fixtures import entry_of
from ui.program.whole_program import DictSecrets, new_profile, running

CANARY = "Quetzalcoatlus"
DAY = date(2026, 11, 20)


def fill(ctx: Context) -> None:
    with ctx.write("test") as work:
        person = work.people.add(Person(name=f"{CANARY} Lindqvist", given=CANARY, note=f"note {CANARY}"))
        work.meetups.add(
            Meetup(kind=MeetupKind.TEA, day=DAY, people=(person.id,), notes=f"[ ] me: {CANARY} paper"), DAY
        )
        work.meetups.add(
            Meetup(
                kind=MeetupKind.TEA, day=date(2031, 1, 1), people=(person.id,), state=MeetupState.PLANNED, place=CANARY
            ),
            DAY,
        )
        work.feeds.add(Feed(url="https://example.invalid/feed", title=f"Feed {CANARY}"))
    save_entry(ctx, Entry(title=f"Title {CANARY}", body=f"Body {CANARY}"))


@pytest.fixture
def secrets() -> DictSecrets:
    return DictSecrets()


@pytest.fixture
def code(tmp_path: Path, secrets: DictSecrets) -> str:
    return new_profile(tmp_path / "p", secrets, fill)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path, secrets: DictSecrets, code: str) -> Iterator[Start]:
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


def lock(qtbot: QtBot, start: Start) -> LockedPage:
    """Lock it, and wait until the store is closed."""
    with qtbot.waitSignal(start.locking().closed, timeout=10_000):
        start.lock()
    page = start.locking().page
    assert page is not None
    return page


def unlock(qtbot: QtBot, start: Start) -> Program:
    page = start.locking().page
    assert page is not None
    page.keyring.click()
    qtbot.waitUntil(lambda: start.program is not None and start.locking().page is None, timeout=10_000)
    assert start.program is not None
    return start.program


def told(one: QObject) -> Iterator[str]:
    """Everything a widget or a model has to say, seen or not."""
    for name in ("text", "toPlainText", "windowTitle", "accessibleName", "accessibleDescription", "toolTip",
                 "placeholderText", "title", "statusTip", "currentText"):  # fmt: skip
        reader = getattr(one, name, None)
        if callable(reader):
            try:
                found = reader()
            except TypeError:
                continue
            if isinstance(found, str):
                yield found
    if isinstance(one, QAbstractItemModel):
        for row in range(one.rowCount()):
            yield str(one.data(one.index(row, 0), Qt.ItemDataRole.DisplayRole))
            yield str(one.data(one.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))


def everything_told() -> str:
    tops = QApplication.topLevelWidgets()
    every = [one for top in tops for one in (top, *top.findChildren(QObject))]
    return "\n".join(text for one in every for text in told(one))


def show_much(qtbot: QtBot, start: Start) -> None:
    """Every place, the palette with something found, a toast, work under way, and dialogs."""
    program, window = start.program, start.window
    assert program is not None
    for place in PlaceId:
        window.go(place)
        QCoreApplication.processEvents()
    program.open(Ref(Noun.PERSON, 1))
    program.toast(f"{CANARY} was removed")
    window.status.start(f"Fetching {CANARY}")
    window.palette_overlay.open(CANARY[:5])
    window.palette_overlay._typed(CANARY)
    qtbot.waitUntil(lambda: any(CANARY in row.title for row in window.palette_overlay.rows()))
    program.log_meetup(people=(1,))
    program.prepare_share(1)
    qtbot.waitUntil(lambda: program.tasks.idle)
    assert CANARY in everything_told()


def test_a_locked_window_shows_nothing_and_says_nothing(qtbot: QtBot, start: Start) -> None:
    show_much(qtbot, start)
    page = lock(qtbot, start)
    assert page.isVisible()
    assert CANARY not in everything_told()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [start.window]
    assert start.window.windowTitle() == "PLN"


def test_it_is_covered_before_anything_is_saved_or_closed(qtbot: QtBot, start: Start) -> None:
    show_much(qtbot, start)
    start.lock()
    page = start.locking().page
    assert start.session is not None
    assert page is not None
    assert page.isVisible()
    seen = [one for top in QApplication.topLevelWidgets() if top.isVisible()
            for one in (top, *top.findChildren(QWidget)) if one.isVisible()]  # fmt: skip
    assert CANARY not in "\n".join(text for one in seen for text in told(one))
    qtbot.waitSignal(start.locking().closed).wait()


def test_the_store_is_closed_and_nothing_of_it_is_held(
    qtbot: QtBot, start: Start, code: str, secrets: DictSecrets
) -> None:
    show_much(qtbot, start)
    program = start.program
    assert program is not None
    places = [weakref.ref(start.window.place(place)) for place in PlaceId]
    gone = [weakref.ref(program), weakref.ref(start.session), weakref.ref(program.tasks), *places]
    del program
    lock(qtbot, start)
    held = [str(each.readlink()) for each in Path("/proc/self/fd").glob("*") if each.is_symlink()]
    assert not [name for name in held if name.startswith(str(start.profile.store))]
    assert not start.profile.store.with_name("store.db-wal").exists()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()
    gc.collect()
    assert [ref() for ref in gone] == [None] * 9
    kept = [one for one in gc.get_objects() if isinstance(one, StoreKey | Context)]
    key = open_vault(start.profile, secrets).key
    assert not [one for one in kept if one == key or (isinstance(one, Context) and one.profile == start.profile)]


def test_it_opens_again_at_the_same_person(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    start.program.open(Ref(Noun.PERSON, 1))
    qtbot.waitUntil(lambda: start.window.place(PlaceId.PEOPLE).person is not None)  # type: ignore[attr-defined]
    lock(qtbot, start)
    unlock(qtbot, start)
    assert start.window.current() is PlaceId.PEOPLE
    place = start.window.place(PlaceId.PEOPLE)
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.person is not None and CANARY in place.person.name)
    assert start.registry.run(CommandId.GO_TODAY)


def test_it_opens_again_at_the_same_article(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    with start.program.ctx.write("test") as work:
        work.articles.take_in(1, [entry_of("one"), entry_of("two"), entry_of("three")])
        second = work.articles.ids(Shelf())[1]
    start.program.open(Ref(Noun.ARTICLE, second))
    place = start.window.place(PlaceId.READING)
    assert isinstance(place, ReadingPlace)
    qtbot.waitUntil(lambda: place.articles.chosen_id() == second)
    lock(qtbot, start)
    unlock(qtbot, start)
    again = start.window.place(PlaceId.READING)
    assert isinstance(again, ReadingPlace)
    qtbot.waitUntil(lambda: again.articles.chosen_id() == second)


def test_today_is_there_again(qtbot: QtBot, start: Start) -> None:
    start.window.go(PlaceId.TODAY)
    today = start.window.place(PlaceId.TODAY)
    assert isinstance(today, TodayPlace)
    qtbot.waitUntil(lambda: today.page is not None)
    lock(qtbot, start)
    unlock(qtbot, start)
    again = start.window.place(PlaceId.TODAY)
    assert isinstance(again, TodayPlace)
    assert again is not today
    qtbot.waitUntil(lambda: again.page is not None)


def test_many_times(qtbot: QtBot, start: Start) -> None:
    for place in PlaceId:
        start.window.go(place)
        lock(qtbot, start)
        gc.unfreeze()
        gc.collect()
        held = [one for one in gc.get_objects() if isinstance(one, Context) and one.profile == start.profile]
        assert held == [], f"what was just begun in {place} is dropped, too"
        unlock(qtbot, start)
        assert start.window.current() is place


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.timeout(600)
def test_two_hundred_times_leave_nothing_behind(qtbot: QtBot, start: Start) -> None:
    def memory() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    def once() -> None:
        for place in (PlaceId.PEOPLE, PlaceId.JOURNAL, PlaceId.TODAY):
            start.window.go(place)
        lock(qtbot, start)
        unlock(qtbot, start)

    for _ in range(20):  # caches and pools have their size afterwards
        once()
    threads, before = threading.active_count(), memory()
    for _ in range(180):
        once()
    assert threading.active_count() <= threads
    assert memory() - before < 5 * 1024 * 1024


def test_what_is_typed_in_the_journal_is_saved_first(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    start.program.write_entry(Entry(title="", body="Half a thought"))
    journal = start.window.place(PlaceId.JOURNAL)
    assert isinstance(journal, JournalPlace)
    journal.editor.body.setPlainText("Half a thought, and the other half")
    lock(qtbot, start)
    unlock(qtbot, start)
    again = start.window.place(PlaceId.JOURNAL)
    assert isinstance(again, JournalPlace)
    qtbot.waitUntil(lambda: again.editor.body.text() == "Half a thought, and the other half")


def test_notes_of_a_meetup_are_saved_first(qtbot: QtBot, start: Start) -> None:
    place = start.window.go(PlaceId.MEETUPS)
    assert isinstance(place, MeetupsPlace)
    qtbot.waitUntil(lambda: place.chosen is not None)
    place.show_meetup(1)
    place.detail.notes.setPlainText("typed at the last moment")
    lock(qtbot, start)
    unlock(qtbot, start)
    again = start.window.place(PlaceId.MEETUPS)
    assert isinstance(again, MeetupsPlace)
    qtbot.waitUntil(lambda: again.chosen is not None and again.chosen.notes == "typed at the last moment")


def test_a_draft_of_a_meetup_goes_on_in_its_dialog(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    start.program.log_meetup(people=(1,))
    dialog = start.window.findChild(LogDialog)
    dialog.notes.setPlainText("we spoke about soup")
    lock(qtbot, start)
    assert start.window.findChild(LogDialog) is None
    unlock(qtbot, start)
    again = start.window.findChild(LogDialog)
    assert again is not None
    assert again.isVisible()
    assert again.notes.text() == "we spoke about soup"


def test_what_is_typed_about_a_person_goes_on_in_its_dialog(qtbot: QtBot, start: Start) -> None:
    place = start.window.go(PlaceId.PEOPLE)
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.person is not None)
    place.edit()
    start.window.findChild(EditDialog).form.note.setPlainText("knows about bees")
    lock(qtbot, start)
    program = unlock(qtbot, start)
    again = start.window.findChild(EditDialog)
    assert again is not None
    assert again.form.note.text() == "knows about bees"
    again.accept()
    qtbot.waitUntil(lambda: program.tasks.idle)
    with program.ctx.store.read() as work:
        assert work.people.get(1).note == "knows about bees"


def test_text_that_cannot_be_saved_stays_behind_the_lock_and_is_tried_again(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start.program is not None
    start.program.write_entry(Entry(title="", body="Half a thought"))
    journal = start.window.place(PlaceId.JOURNAL)
    assert isinstance(journal, JournalPlace)
    qtbot.waitUntil(lambda: journal.saver.entry.id != 0)
    full = [True]

    def save(ctx: Context, entry: Entry, *, origin: str = "") -> Entry:
        if full[0]:
            raise StoreFault("The disk is full", "Nothing was changed. Make room.")
        return save_entry(ctx, entry, origin=origin)

    monkeypatch.setattr("pln.ui.journal.saving.save_entry", save)
    monkeypatch.setattr("pln.ui.program.lock._AGAIN_MS", 50)
    journal.editor.body.setPlainText("Half a thought, unsaved")
    start.lock()
    page = start.locking().page
    assert page is not None
    qtbot.waitUntil(lambda: "The disk is full" in everything_told())
    assert not journal.isVisible()
    assert not start.window.close(), "it is not thrown away by closing either"
    page.keyring.click()  # what is not saved can be had again by whoever may open the store
    qtbot.waitUntil(lambda: start.locking().page is None)
    assert journal.isVisible()
    assert journal.editor.body.text() == "Half a thought, unsaved"
    start.lock()
    with qtbot.waitSignal(start.locking().closed, timeout=5_000):
        full[0] = False
    program = unlock(qtbot, start)
    assert program.wishes.welcomed
    again = start.window.place(PlaceId.JOURNAL)
    assert isinstance(again, JournalPlace)
    qtbot.waitUntil(lambda: again.editor.body.text() == "Half a thought, unsaved")


def test_work_under_way_ends_behind_the_lock(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    go_on, done = Event(), []

    def job(_task: Task) -> None:
        go_on.wait(10)
        done.append(True)

    start.program.tasks.start(f"Importing {CANARY}", job)
    start.lock()
    qtbot.waitUntil(lambda: "still under way" in everything_told())
    assert start.session is not None
    assert not start.window.status.isVisible()
    with qtbot.waitSignal(start.locking().closed, timeout=5_000):
        go_on.set()
    assert done == [True]


def test_what_can_be_taken_up_again_does_not_keep_the_store_open(qtbot: QtBot, start: Start) -> None:
    program = start.program
    assert program is not None
    began: list[Task] = []

    def job(task: Task) -> None:
        began.append(task)
        while not task.cancelled:
            time.sleep(0.01)

    def follow(_result: object) -> None:
        program.tasks.start("Keeping for offline", job, resumable=True)

    program.tasks.start("Refreshing feeds", job, follow, resumable=True)
    qtbot.waitUntil(lambda: len(began) == 1)
    lock(qtbot, start)
    assert program.tasks.running == ()
    assert all(task.cancelled for task in began)


def test_a_dialog_that_opens_behind_the_lock_is_not_seen(qtbot: QtBot, start: Start) -> None:
    start.lock()
    late = Dialog(start.window, f"Late {CANARY}", column(), "Close")
    late.open()
    assert late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.waitUntil(lambda: start.session is None)
    assert CANARY not in everything_told()


def test_only_what_shows_nothing_can_be_done_while_it_is_locked(qtbot: QtBot, start: Start) -> None:
    lock(qtbot, start)
    for command in start.registry.all():
        if not command.id.startswith(("view.", "file.quit")):
            assert not start.registry.may_run(command), command.id
    qtbot.keyClick(start.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(start.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert [one for one in start.window.findChildren(QLineEdit) if one.isVisible()] == [start.locking().page.field]  # type: ignore[union-attr]


def test_wrong_words_are_told_and_right_ones_open(qtbot: QtBot, start: Start, code: str, secrets: DictSecrets) -> None:
    page = lock(qtbot, start)
    asked = secrets.asked
    page.field.setText("0000-1111-2222-3333-4444-5555-6666-7777")
    page.go.click()
    qtbot.waitUntil(lambda: page.go.isEnabled())
    assert start.session is None
    page.field.setText(code)
    page.go.click()
    qtbot.waitUntil(lambda: start.program is not None)
    assert secrets.asked == asked, "words are not helped by the password store"


def test_a_password_store_that_refuses_leaves_the_words(
    qtbot: QtBot, start: Start, code: str, secrets: DictSecrets
) -> None:
    page = lock(qtbot, start)
    secrets.shut = True
    page.keyring.click()
    qtbot.waitUntil(lambda: not page.keyring.isVisible())
    assert page.field.isEnabled()
    page.field.setText(code)
    page.go.click()
    qtbot.waitUntil(lambda: start.program is not None)


def test_who_wishes_so_is_asked_for_words(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    ctx = start.program.ctx
    save_preferences(ctx, replace(preferences(ctx), lock_asks_words=True))
    qtbot.waitUntil(lambda: start.program is not None and start.program.wishes.lock_asks_words)
    del ctx
    page = lock(qtbot, start)
    assert not page.keyring.isVisible()


def test_the_profile_stays_with_this_window(qtbot: QtBot, start: Start) -> None:
    lock(qtbot, start)
    code = (
        "import sys; from pathlib import Path; from pln.system.instance import acquire\n"
        "from pln.system.paths import Profile\nacquire(Profile(Path(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(start.profile.root)], capture_output=True, text=True, check=False
    )
    assert "PLN is already open" in done.stderr


def test_the_welcome_can_be_locked_too(qtbot: QtBot, start: Start) -> None:
    assert start.program is not None
    ctx = start.program.ctx
    save_preferences(ctx, replace(preferences(ctx), welcomed=False))
    del ctx
    lock(qtbot, start)
    unlock(qtbot, start)
    assert isinstance(start.pages.shown, WelcomePages)
    page = lock(qtbot, start)
    assert page.isVisible()
    assert start.pages.shown is None
    unlock(qtbot, start)
    assert isinstance(start.pages.shown, WelcomePages)
    assert start.pages.shown.isVisible()


def test_covering_takes_no_time(qtbot: QtBot, start: Start) -> None:
    show_much(qtbot, start)
    began = time.perf_counter()
    start.lock()
    assert time.perf_counter() - began < 0.5, "20 ms on a computer with nothing else to do"


def test_locking_twice_or_without_a_store_is_nothing(qtbot: QtBot, start: Start) -> None:
    page = lock(qtbot, start)
    start.lock()
    assert start.locking().page is page
    assert isinstance(start.window, MainWindow)
