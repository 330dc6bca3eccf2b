"""What is shown before the store is open, and in the first minutes after."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pln.model.errors import StoreFault, WrongSecret
from pln.model.suggestion import Energy
from pln.services.preferences import preferences
from pln.ui.theme import Theme
from pln.ui.unlock import code_keeping
from pln.ui.unlock.pages import FaultPage, PassphrasePage, RecoveryCodePage
from pln.ui.welcome.pages import WelcomePages
from pln.ui.widgets.secret_clipboard import clear_secret
from pln.ui.widgets.text_edit import TextEdit
from ui.shell_double import ShellDouble
from ui.today.test_today_place import press, texts


def fields(page: QWidget) -> list[QLineEdit]:
    return [field for field in page.findChildren(QLineEdit) if field.isVisibleTo(page)]


def test_the_passphrase_is_handed_on(qtbot: QtBot, theme: Theme) -> None:
    given: list[str] = []
    page = PassphrasePage(False, "", given.append)
    qtbot.addWidget(page)
    (field,) = fields(page)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "a calm sentence")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given == ["a calm sentence"]


def test_a_refusal_is_said_and_what_was_typed_stays(qtbot: QtBot, theme: Theme) -> None:
    page = PassphrasePage(False, "", lambda _text: None)
    qtbot.addWidget(page)
    (field,) = fields(page)
    qtbot.keyClicks(field, "wrong")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    page.refuse(WrongSecret("It does not open", "Nothing was changed. Please try again."))
    assert "It does not open. Nothing was changed." in texts(page)
    assert field.text() == "wrong"
    assert all(button.isEnabled() for button in page.findChildren(QPushButton))


def test_a_first_passphrase_is_typed_twice(qtbot: QtBot, theme: Theme) -> None:
    given: list[str] = []
    page = PassphrasePage(True, "", given.append)
    qtbot.addWidget(page)
    first, second = fields(page)
    qtbot.keyClicks(first, "a calm sentence")
    qtbot.keyClicks(second, "another one")
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert given == []
    assert "not the same" in texts(page)
    second.clear()
    qtbot.keyClicks(second, "a calm sentence")
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert given == ["a calm sentence"]


CODE = "E8YB-42PA-HGDX-82P5-55TS-FAY1-RPCA-NKH3"


def code_page(qtbot: QtBot) -> tuple[RecoveryCodePage, list[str]]:
    said: list[str] = []
    page = RecoveryCodePage(CODE, lambda: said.append("on"), lambda: said.append("kept"))
    qtbot.addWidget(page)
    page.show()
    return page, said


def test_the_recovery_code_is_copied_for_a_minute(qtbot: QtBot, theme: Theme) -> None:
    page, said = code_page(qtbot)
    press(qtbot, page, "Copy for a minute")
    assert QGuiApplication.clipboard().text() == CODE
    clear_secret()
    assert QGuiApplication.clipboard().text() == ""
    assert not page.go.isEnabled() and said == []


@pytest.mark.parametrize("typed", ["E8YB", "e8yb", " e8-yb", "E8YB-42PA", CODE])
def test_a_code_is_kept_by_whoever_can_give_its_beginning(qtbot: QtBot, theme: Theme, typed: str) -> None:
    page, said = code_page(qtbot)
    qtbot.keyClicks(page.code.typed, "E8YC")
    assert not page.go.isEnabled()
    page.code.typed.clear()
    qtbot.keyClicks(page.code.typed, typed)
    press(qtbot, page, "I have kept it")
    assert said == ["kept", "on"]


def test_a_digit_may_be_read_as_its_letter(qtbot: QtBot, theme: Theme) -> None:
    page = RecoveryCodePage("01AB-" + CODE[5:], lambda: None)
    qtbot.addWidget(page)
    qtbot.keyClicks(page.code.typed, "olab")
    assert page.go.isEnabled()


def test_nothing_typed_shows_nothing(qtbot: QtBot, theme: Theme) -> None:
    page, said = code_page(qtbot)
    qtbot.keyClick(page.code.typed, Qt.Key.Key_Return)
    assert not page.go.isEnabled() and said == []


def test_later_goes_on_and_claims_nothing(qtbot: QtBot, theme: Theme) -> None:
    page, said = code_page(qtbot)
    press(qtbot, page, "Later")
    assert said == ["on"]


@pytest.mark.parametrize("went_out", [True, False])
def test_a_printed_code_is_a_kept_one(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch, went_out: bool
) -> None:
    page, _said = code_page(qtbot)
    monkeypatch.setattr(code_keeping, "print_sheet", lambda _parent, sheet: went_out and sheet.code == CODE)
    press(qtbot, page, "Print…")
    assert page.go.isEnabled() is went_out
    assert ("Sent to the printer." if went_out else "Nothing was printed.") in texts(page)


def test_the_code_cannot_be_selected_past_its_minute(qtbot: QtBot, theme: Theme) -> None:
    page, _said = code_page(qtbot)
    assert not page.code.shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert CODE in page.code.shown.accessibleName(), "a screen reader reads it all the same"


@pytest.mark.parametrize("first_time", [True, False])
def test_why_the_password_store_did_not_open_is_told(qtbot: QtBot, theme: Theme, first_time: bool) -> None:
    asked: list[bool] = []
    page = PassphrasePage(first_time, "The drawer is stuck.", lambda _words: None, lambda: asked.append(True))
    qtbot.addWidget(page)
    assert "The drawer is stuck." in texts(page)
    press(qtbot, page, "Ask the password store again")
    assert asked == [True]


def test_who_does_not_use_the_password_store_is_not_offered_it(qtbot: QtBot, theme: Theme) -> None:
    page = PassphrasePage(False, "", lambda _words: None, lambda: None)
    qtbot.addWidget(page)
    assert "password store" not in texts(page)


def test_a_fault_offers_another_try(qtbot: QtBot, theme: Theme) -> None:
    said: list[str] = []
    fault = StoreFault("The store is damaged", "Nothing was changed.")
    page = FaultPage(fault, lambda: said.append("again"), lambda: said.append("out"))
    qtbot.addWidget(page)
    assert "The store is damaged" in texts(page)
    press(qtbot, page, "Try again")
    press(qtbot, page, "Close PLN")
    assert said == ["again", "out"]


def welcome(qtbot: QtBot, shell: ShellDouble, ended: list[bool]) -> WelcomePages:
    pages = WelcomePages(shell, lambda: ended.append(True))
    qtbot.addWidget(pages)
    pages.show()
    return pages


def test_everything_can_be_skipped(qtbot: QtBot, empty_shell: ShellDouble) -> None:
    ended: list[bool] = []
    pages = welcome(qtbot, empty_shell, ended)
    for number in range(1, 5):
        assert pages.number() == number
        press(qtbot, pages, "Skip for now")
    qtbot.waitUntil(lambda: ended == [True])
    wishes = preferences(empty_shell.ctx)
    assert wishes.welcomed
    assert wishes.places == ("journal",), "feeds and network stay out of sight until wanted"
    assert not wishes.sharing


def test_what_was_said_is_kept(qtbot: QtBot, empty_shell: ShellDouble) -> None:
    ended: list[bool] = []
    pages = welcome(qtbot, empty_shell, ended)
    edits = {edit.accessibleName(): edit for edit in pages.findChildren(TextEdit)}
    purpose, names = edits["Why do you want a learning network?"], edits["A few people"]
    purpose.set_text("To learn how others run small communities")
    press(qtbot, pages, "Next: bring a few people")
    names.set_text("Anna Lindqvist\n\n  Bilal   Osman \n")
    press(qtbot, pages, "Next: what you want to see")
    next(box for box in pages.findChildren(QCheckBox) if "Reading" in box.text()).setChecked(True)
    press(qtbot, pages, "Next: how much")
    press(qtbot, pages, "Quiet: one step")
    press(qtbot, pages, "Begin")
    qtbot.waitUntil(lambda: ended == [True])
    wishes = preferences(empty_shell.ctx)
    assert (wishes.purpose, wishes.energy) == ("To learn how others run small communities", Energy.QUIET)
    assert set(wishes.places) == {"reading", "journal"}
    with empty_shell.ctx.store.read() as work:
        assert [person.name for person in work.people.everyone()] == ["Anna Lindqvist", "Bilal Osman"]
