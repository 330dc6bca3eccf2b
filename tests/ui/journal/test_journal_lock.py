"""The journal's lock in the window: set up in the settings, opened on its page, locked by a command, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from journal_lock_fixtures import CANARIES, canaries_in, canaries_in_store, fill_journal
from pln.model.changes import Noun, Ref
from pln.model.errors import StoreFault
from pln.model.journal import Entry
from pln.services import journal_lock
from pln.services.context import Context
from pln.services.journal import entry_ids, get_entry
from pln.services.journal_lock import JournalState, prepare, state
from pln.services.preferences import preferences, save_preferences
from pln.store.passphrase import Cost
from pln.ui.commands import CommandId
from pln.ui.files.export_dialog import ExportDialog
from pln.ui.journal.place import JournalPlace
from pln.ui.people.place import PeoplePlace
from pln.ui.place import PlaceId
from pln.ui.program.program import Program
from pln.ui.program.start import Start
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.settings.journal_dialogs import JournalCodeDialog, NewJournalLock
from pln.ui.settings.journal_section import JournalSection
from pln.ui.settings.secret_dialog import SecretDialog
from ui.program.whole_program import DictSecrets, new_profile, running

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "pears and plums"
WORD = CANARIES["title"]
SOON = 10_000


def fill(ctx: Context) -> None:
    fill_journal(ctx.store, many=3)
    save_preferences(ctx, replace(preferences(ctx), welcomed=True))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_lock, "calibrated", lambda _timer: CHEAP)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, fill)
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


@pytest.fixture
def program(start: Start) -> Program:
    assert start.program is not None
    return start.program


@pytest.fixture
def with_lock(program: Program) -> Program:
    """The journal has a lock and is open."""
    program.tasks.write(lambda: journal_lock.set_up(program.ctx, prepare(WORDS, CHEAP))).result()
    return program


def journal(program: Program) -> JournalPlace:
    place = program.window().go(PlaceId.JOURNAL)
    assert isinstance(place, JournalPlace)
    return place


def at_rest(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=SOON)
    for _ in range(5):
        qtbot.wait(5)
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=SOON)


def lock(qtbot: QtBot, program: Program) -> None:
    program.registry.run(CommandId.JOURNAL_LOCK)
    qtbot.waitUntil(lambda: state(program.ctx) is JournalState.LOCKED, timeout=SOON)
    at_rest(qtbot, program)


def open_again(qtbot: QtBot, place: JournalPlace, words: str = WORDS) -> None:
    page = place.pages.page
    assert page is not None
    page.field.setText(words)
    page.go.click()
    qtbot.waitUntil(lambda: place.pages.page is None, timeout=SOON)


def told() -> set[str]:
    """Names of the canaries in anything that any widget or model of the program has to say, seen or not."""
    tops = QApplication.topLevelWidgets()
    every = [one for top in tops for one in (top, *top.findChildren(QObject))]
    return canaries_in("\n".join(text for one in every for text in _texts(one)).encode())


def _texts(one: QObject) -> Iterator[str]:
    for name in ("text", "toPlainText", "windowTitle", "accessibleName", "accessibleDescription", "toolTip",
                 "placeholderText", "title", "currentText"):  # fmt: skip
        reader = getattr(one, name, None)
        try:
            found = reader() if callable(reader) else None
        except TypeError:
            continue
        if isinstance(found, str):
            yield found
    if isinstance(one, QAbstractItemModel):
        for row in range(one.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(one.data(one.index(row, 0), role))


def look_everywhere(qtbot: QtBot, program: Program) -> None:
    """Bring the journal into sight wherever it shows itself."""
    window = program.window()
    people = window.go(PlaceId.PEOPLE)
    assert isinstance(people, PeoplePlace)
    with program.ctx.store.read() as work:
        people.open_record(Ref(Noun.PERSON, work.people.ids()[0]))
    at_rest(qtbot, program)
    for place in (PlaceId.TODAY, PlaceId.MEETUPS):
        window.go(place)
        at_rest(qtbot, program)
    journal(program)
    at_rest(qtbot, program)
    window.palette_overlay.open(WORD[:7])  # less than what is looked for afterwards
    at_rest(qtbot, program)


def test_a_locked_journal_is_nowhere_in_the_window(qtbot: QtBot, with_lock: Program) -> None:
    program = with_lock
    look_everywhere(qtbot, program)
    assert {"title", "body"} <= told()  # so the look can find them
    program.window().palette_overlay.close_palette()
    lock(qtbot, program)
    assert told() == set()
    look_everywhere(qtbot, program)
    assert told() == set()
    assert canaries_in_store(program.ctx.store.path) == set()


def test_the_page_asks_for_words_and_says_why_they_do_not_fit(qtbot: QtBot, with_lock: Program) -> None:
    place = journal(with_lock)
    at_rest(qtbot, with_lock)
    lock(qtbot, with_lock)
    page = place.pages.page
    assert page is not None
    assert not place.has_entry()
    page.field.setText("apples")
    page.go.click()
    qtbot.waitUntil(lambda: page.problem.isVisible(), timeout=SOON)
    assert "do not open the journal" in page.problem.text()
    open_again(qtbot, place)
    qtbot.waitUntil(place.has_entry, timeout=SOON)
    assert WORD in place.editor.title.text() or place.entries.ids()
    at_rest(qtbot, with_lock)
    assert told() >= {"title"}


def test_it_is_locked_at_every_start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()

    def with_a_lock(ctx: Context) -> None:
        fill(ctx)
        journal_lock.set_up(ctx, prepare(WORDS, CHEAP))

    new_profile(tmp_path / "p", secrets, with_a_lock)
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        qtbot.waitUntil(lambda: start.program is not None, timeout=20_000)
        assert start.program is not None
        place = journal(start.program)
        look_everywhere(qtbot, start.program)
        assert told() == set()
        start.program.window().palette_overlay.close_palette()
        open_again(qtbot, journal(start.program))
        qtbot.waitUntil(place.has_entry, timeout=SOON)


def test_locking_the_window_locks_the_journal_with_it(qtbot: QtBot, start: Start, with_lock: Program) -> None:
    with qtbot.waitSignal(start.locking().closed, timeout=SOON):
        start.lock()
    page = start.locking().page
    assert page is not None
    page.keyring.click()
    qtbot.waitUntil(lambda: start.program is not None and start.locking().page is None, timeout=SOON)
    assert start.program is not None
    assert state(start.program.ctx) is JournalState.LOCKED
    at_rest(qtbot, start.program)
    assert told() == set()


def test_what_was_typed_is_stored_before_it_is_locked(qtbot: QtBot, with_lock: Program) -> None:
    place = journal(with_lock)
    at_rest(qtbot, with_lock)
    place.begin()
    place.editor.title.setText("Last words")
    place.editor.title.textEdited.emit("Last words")
    place.editor.body.insertPlainText("not to be lost")
    lock(qtbot, with_lock)
    open_again(qtbot, place)
    at_rest(qtbot, with_lock)
    newest = get_entry(with_lock.ctx, entry_ids(with_lock.ctx)[0])
    assert newest.body == "not to be lost"


def test_text_that_cannot_be_stored_keeps_the_journal_open(
    qtbot: QtBot, with_lock: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = journal(with_lock)
    at_rest(qtbot, with_lock)
    place.begin()

    def refuse(*_given: object, **_named: object) -> Entry:
        raise StoreFault("The disk is full", "Nothing.")

    with monkeypatch.context() as full:
        full.setattr("pln.ui.journal.saving.save_entry", refuse)
        place.editor.body.insertPlainText("not to be lost")
        with_lock.registry.run(CommandId.JOURNAL_LOCK)
        at_rest(qtbot, with_lock)
        assert state(with_lock.ctx) is JournalState.OPEN
        assert place.pages.page is None
        assert place.editor.body.text() == "not to be lost"
    lock(qtbot, with_lock)
    assert "not to be lost" not in place.editor.body.text()


def test_a_button_locks_it_where_it_has_a_lock(qtbot: QtBot, program: Program) -> None:
    place = journal(program)
    at_rest(qtbot, program)
    assert not place.entries.lock_button.isVisible()
    program.tasks.write(lambda: journal_lock.set_up(program.ctx, prepare(WORDS, CHEAP))).result()
    at_rest(qtbot, program)
    place.entries.lock_button.click()
    qtbot.waitUntil(lambda: state(program.ctx) is JournalState.LOCKED, timeout=SOON)


def test_what_is_begun_while_it_is_locked_waits(qtbot: QtBot, with_lock: Program) -> None:
    lock(qtbot, with_lock)
    with_lock.write_entry(Entry(title="From the meetup", body="a lesson"))
    place = journal(with_lock)
    page = place.pages.page
    assert page is not None
    assert page.waiting.isVisible()
    open_again(qtbot, place)
    qtbot.waitUntil(place.has_entry, timeout=SOON)
    at_rest(qtbot, with_lock)
    assert get_entry(with_lock.ctx, entry_ids(with_lock.ctx)[0]).title == "From the meetup"


def test_an_entry_asked_for_while_it_is_locked_is_shown_then(qtbot: QtBot, with_lock: Program) -> None:
    wanted = entry_ids(with_lock.ctx)[-1]
    lock(qtbot, with_lock)
    with_lock.open(Ref(Noun.ENTRY, wanted))
    place = journal(with_lock)
    open_again(qtbot, place)
    at_rest(qtbot, with_lock)
    assert place.saver.entry.id == wanted


def test_commands_that_need_the_journal_rest_while_it_is_locked(qtbot: QtBot, with_lock: Program) -> None:
    offered = {each.id for each in with_lock.registry.all() if with_lock.registry.may_run(each)}
    assert {CommandId.JOURNAL_LOCK, CommandId.JOURNAL_SHARE_LOG} <= offered
    journal(with_lock)
    lock(qtbot, with_lock)
    offered = {each.id for each in with_lock.registry.all() if with_lock.registry.may_run(each)}
    assert not {CommandId.JOURNAL_LOCK, CommandId.JOURNAL_SHARE_LOG, CommandId.JOURNAL_REMOVE} & offered


def test_the_export_says_that_a_locked_journal_will_not_be_in_it(qtbot: QtBot, with_lock: Program) -> None:
    for is_locked in (False, True):
        if is_locked:
            lock(qtbot, with_lock)
        dialog = ExportDialog(with_lock)
        said = [text for one in dialog.findChildren(QLabel) for text in _texts(one)]
        assert any("The journal is locked" in text for text in said) is is_locked
        dialog.deleteLater()


# Settings


def settings(program: Program) -> tuple[SettingsDialog, JournalSection]:
    dialog = program.window().findChildren(SettingsDialog)[-1]
    section = dialog.sections["journal"]
    assert isinstance(section, JournalSection)
    return dialog, section


def asked(program: Program) -> list[SecretDialog]:
    return [one for one in program.window().findChildren(SecretDialog) if one.isVisible()]


def answer(qtbot: QtBot, program: Program, now: str = "", new: str = "") -> None:
    (dialog,) = asked(program)
    dialog.now.setText(now)
    dialog.new.setText(new)
    dialog.again.setText(new)
    dialog.problem.hide()
    dialog.primary.click()
    qtbot.waitUntil(lambda: all(one.problem.isVisible() for one in asked(program)), timeout=SOON)
    at_rest(qtbot, program)


def test_it_is_set_up_and_ended_in_the_settings(qtbot: QtBot, program: Program) -> None:
    program.registry.run(CommandId.JOURNAL_LOCK)  # without a lock it leads there
    dialog, section = settings(program)
    assert section.isVisible()
    assert section.set_up.isVisible() and section.about.isVisible()
    section.set_up.click()
    answer(qtbot, program, new=WORDS)
    (code,) = program.window().findChildren(NewJournalLock)
    assert not code.primary.isEnabled()
    assert state(program.ctx) is JournalState.TOGETHER  # nothing moves before the code is kept
    assert code.keeping.print.isVisible()
    assert code.keeping._sheet.journal  # the sheet speaks of the journal, not of the whole store
    written = code.keeping.shown.text()
    code.keeping.typed.setText(written[:4])
    code.primary.click()
    qtbot.waitUntil(lambda: state(program.ctx) is JournalState.OPEN, timeout=SOON)
    at_rest(qtbot, program)
    assert section.lock.isVisible()
    assert not section.set_up.isVisible()
    section.lock.click()
    qtbot.waitUntil(lambda: state(program.ctx) is JournalState.LOCKED, timeout=SOON)
    at_rest(qtbot, program)
    place = journal(program)
    open_again(qtbot, place, written)
    program.registry.run(CommandId.FILE_SETTINGS)
    dialog, section = settings(program)
    dialog.show_section("journal")
    section.end.click()
    answer(qtbot, program, now="apples and figs")
    assert state(program.ctx) is JournalState.OPEN
    answer(qtbot, program, now=WORDS)
    assert state(program.ctx) is JournalState.TOGETHER
    assert section.set_up.isVisible()
    dialog.accept()
    assert len(entry_ids(program.ctx)) == 5


def test_a_setting_up_that_is_left_changes_nothing(qtbot: QtBot, program: Program) -> None:
    program.registry.run(CommandId.JOURNAL_LOCK)
    dialog, section = settings(program)
    section.set_up.click()
    answer(qtbot, program, new=WORDS)
    (code,) = program.window().findChildren(NewJournalLock)
    code.reject()
    at_rest(qtbot, program)
    assert state(program.ctx) is JournalState.TOGETHER
    assert not program.ctx.profile.journal_vault.exists()
    dialog.accept()


def test_words_and_code_are_changed_in_the_settings(qtbot: QtBot, with_lock: Program) -> None:
    program = with_lock
    program.registry.run(CommandId.FILE_SETTINGS)
    dialog, section = settings(program)
    dialog.show_section("journal")
    section.words.click()
    answer(qtbot, program, now=WORDS, new="plums and pears")
    section.code.click()
    answer(qtbot, program, now="plums and pears")
    (shown,) = program.window().findChildren(JournalCodeDialog)
    code = shown.keeping.shown.text()
    shown.reject()
    dialog.accept()
    lock(qtbot, program)
    journal_lock.open_journal(program.ctx, code)
    assert state(program.ctx) is JournalState.OPEN


def test_copies_from_before_are_told_of(qtbot: QtBot, program: Program) -> None:
    for name in ("2026-11-01.plnbackup", "2026-11-02.plnbackup"):
        (program.ctx.profile.backups / name).write_bytes(b"")
    aside = program.ctx.profile.set_aside / "once" / "store.db"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"")
    program.registry.run(CommandId.JOURNAL_LOCK)
    dialog, section = settings(program)
    assert section.rest.text() == "There are 2 backups. One earlier store is set aside."
    dialog.accept()
