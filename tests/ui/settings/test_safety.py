"""Changing what opens the store: the new way opens, the old one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from drawer import Drawer
from pln.model.errors import StoreFault, WrongSecret
from pln.services.opening import Opened
from pln.services.safety import KEYRING, PASSPHRASE, RECOVERY, is_code_kept, remove, ways
from pln.services.vault import NeedsPassphrase
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.settings.secret_dialog import CodeDialog, SecretDialog
from pln.ui.widgets.secret_clipboard import clear_secret
from ui.settings.conftest import WORDS, dialog_of
from ui.shell_double import ShellDouble

NEW = "a quiet morning in the garden"


def asked(shell: ShellDouble) -> SecretDialog:
    found = dialog_of(shell, SecretDialog)
    assert isinstance(found, SecretDialog)
    return found


def finish(qtbot: QtBot, shell: ShellDouble, dialog: SecretDialog) -> None:
    dialog.primary.click()
    qtbot.waitUntil(
        lambda: not any(one.isVisible() for one in shell.window().findChildren(SecretDialog)), timeout=20_000
    )
    qtbot.waitUntil(lambda: shell.tasks.idle)


def test_a_new_passphrase_opens_and_the_old_one_does_not(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened, open_again: Callable[..., Opened]
) -> None:
    settings.show_section("safety")
    settings.sections["safety"].passphrase.click()
    dialog = asked(shell)
    assert dialog.now.isVisible()
    qtbot.keyClicks(dialog.now, "not it at all")
    qtbot.keyClicks(dialog.new, NEW)
    qtbot.keyClicks(dialog.again, NEW + "!")
    dialog.primary.click()
    assert "not the same" in dialog.problem.text()
    dialog.again.setText(NEW)
    dialog.primary.click()
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=20_000)
    assert dialog.isVisible() and "does not fit" in dialog.problem.text()
    dialog.now.setText(WORDS)
    finish(qtbot, shell, dialog)
    opened.close()
    with pytest.raises(WrongSecret):
        open_again(WORDS)
    open_again(NEW).close()


def test_a_short_passphrase_is_refused_in_place(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.sections["safety"].passphrase.click()
    dialog = asked(shell)
    for field, text in ((dialog.now, WORDS), (dialog.new, "short"), (dialog.again, "short")):
        field.setText(text)
    dialog.primary.click()
    qtbot.waitUntil(lambda: "too short" in dialog.problem.text(), timeout=20_000)
    dialog.reject()


def test_a_new_recovery_code_is_shown_once_and_opens(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened, open_again: Callable[..., Opened]
) -> None:
    settings.sections["safety"].recovery.click()
    dialog = asked(shell)
    dialog.now.setText(opened.recovery_code)
    finish(qtbot, shell, dialog)
    shown = dialog_of(shell, CodeDialog)
    assert isinstance(shown, CodeDialog)
    code = shown.shown.text()
    next(one for one in shown.findChildren(QPushButton) if one.text() == "Copy for a minute").click()
    assert QApplication.clipboard().text() == code
    clear_secret()
    assert QApplication.clipboard().text() == ""
    assert not shown.primary.isEnabled() and not is_code_kept(shell.ctx)
    qtbot.keyClicks(shown.keeping.typed, code[:4].lower())
    shown.primary.click()
    assert is_code_kept(shell.ctx)
    opened.close()
    with pytest.raises(WrongSecret):
        open_again(opened.recovery_code)
    open_again(code).close()


def test_a_new_code_that_is_left_for_later_is_told_as_not_kept(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened
) -> None:
    section = settings.sections["safety"]
    section.recovery.click()
    dialog = asked(shell)
    dialog.now.setText(WORDS)
    finish(qtbot, shell, dialog)
    shown = dialog_of(shell, CodeDialog)
    assert isinstance(shown, CodeDialog)
    shown.accept()
    assert shown.isVisible(), "nothing has shown yet that the code is kept"
    assert shown.cancel.text() == "Later"
    shown.cancel.click()
    assert not is_code_kept(shell.ctx)
    assert "not kept by you yet" in section.states[RECOVERY].text()


def test_the_passphrase_goes_where_the_recovery_code_is_shown_to_work(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened, open_again: Callable[..., Opened]
) -> None:
    settings.show_section("safety")
    section = settings.sections["safety"]
    section.removals[PASSPHRASE].click()
    dialog = asked(shell)
    assert dialog.now.placeholderText() == "Your recovery code"
    dialog.now.setText(WORDS)
    dialog.primary.click()
    qtbot.waitUntil(lambda: "Please give the recovery code" in dialog.problem.text(), timeout=20_000)
    assert ways(shell.ctx) == {PASSPHRASE, RECOVERY}
    dialog.now.setText(opened.recovery_code.lower())
    finish(qtbot, shell, dialog)
    assert ways(shell.ctx) == {RECOVERY}
    assert section.states[PASSPHRASE].text() == "Not set"
    assert not any(removal.isVisibleTo(section) for removal in section.removals.values()), "one way stays"
    opened.close()
    with pytest.raises(WrongSecret):
        open_again(WORDS)
    open_again(opened.recovery_code).close()


def test_the_recovery_code_goes_where_the_passphrase_is_shown_to_work(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened
) -> None:
    section = settings.sections["safety"]
    section.removals[RECOVERY].click()
    dialog = asked(shell)
    dialog.primary.click()
    assert "give these words first" in dialog.problem.text()
    dialog.now.setText(WORDS)
    finish(qtbot, shell, dialog)
    assert ways(shell.ctx) == {PASSPHRASE}
    assert not section.removals[PASSPHRASE].isVisibleTo(section)


def test_without_a_password_store_it_says_so(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    section = settings.sections["safety"]
    assert section.keyring.text() == "Use it"
    section.keyring.click()
    dialog = asked(shell)
    dialog.now.setText(WORDS)
    dialog.primary.click()
    qtbot.waitUntil(lambda: "password store" in dialog.problem.text(), timeout=20_000)
    assert ways(shell.ctx) == {PASSPHRASE, RECOVERY}
    dialog.reject()


def test_the_password_store_vouches_for_its_owner_and_can_be_left(
    qtbot: QtBot, with_drawer: ShellDouble, drawer: Drawer, open_again: Callable[..., Opened]
) -> None:
    settings = SettingsDialog(with_drawer)
    settings.open()
    section = settings.sections["safety"]
    assert ways(with_drawer.ctx) == {KEYRING, RECOVERY}
    section.passphrase.click()
    dialog = asked(with_drawer)
    assert not dialog.now.isVisible()
    dialog.new.setText(NEW)
    dialog.again.setText(NEW)
    finish(qtbot, with_drawer, dialog)
    section.keyring.click()
    dialog = asked(with_drawer)
    assert dialog.now.isVisible(), "who stops using it has to have other words"
    dialog.now.setText("not my words")
    dialog.primary.click()
    qtbot.waitUntil(lambda: "does not fit" in dialog.problem.text(), timeout=20_000)
    assert KEYRING in ways(with_drawer.ctx)
    dialog.now.setText(NEW)
    finish(qtbot, with_drawer, dialog)
    qtbot.waitUntil(lambda: section.keyring.text() == "Use it")
    assert ways(with_drawer.ctx) == {PASSPHRASE, RECOVERY} and drawer.kept == {}
    with pytest.raises(NeedsPassphrase):
        _locked_out(with_drawer, drawer)
    section.keyring.click()
    dialog = asked(with_drawer)
    dialog.now.setText(NEW)
    finish(qtbot, with_drawer, dialog)
    assert KEYRING in ways(with_drawer.ctx) and drawer.kept
    settings.accept()


def test_a_code_that_nobody_kept_does_not_let_the_password_store_go(
    qtbot: QtBot, with_drawer: ShellDouble, drawer: Drawer
) -> None:
    settings = SettingsDialog(with_drawer)
    settings.open()
    section = settings.sections["safety"]
    assert not section.removals[RECOVERY].isVisibleTo(section), "the password store alone is never left"
    with pytest.raises(StoreFault, match="yours to keep"):
        remove(with_drawer.ctx, RECOVERY, "whatever")
    with pytest.raises(WrongSecret):
        remove(with_drawer.ctx, KEYRING, "whatever")
    assert ways(with_drawer.ctx) == {KEYRING, RECOVERY} and drawer.kept
    settings.accept()


def test_a_long_wait_names_the_desktop(qtbot: QtBot, shell: ShellDouble) -> None:
    answered = Event()
    dialog = SecretDialog(
        shell, "A title", "A sentence.", "Do it", ask_now=False, ask_new=False,
        job=lambda _now, _new: answered.wait(10), done=lambda _: None,
    )  # fmt: skip
    dialog.open()
    dialog._patience.setInterval(10)
    dialog.primary.click()
    qtbot.waitUntil(dialog.waits.isVisible)
    answered.set()
    qtbot.waitUntil(lambda: shell.tasks.idle)


def test_a_shut_password_store_makes_pln_ask_for_words(qtbot: QtBot, with_drawer: ShellDouble, drawer: Drawer) -> None:
    settings = SettingsDialog(with_drawer)
    settings.open()
    drawer.shut = True
    settings.sections["safety"].recovery.click()
    dialog = asked(with_drawer)
    assert not dialog.now.isVisible()
    dialog.primary.click()
    qtbot.waitUntil(dialog.now.isVisible, timeout=20_000)
    assert "locked" in dialog.problem.text() or "unlocked" in dialog.problem.text()
    dialog.reject()
    settings.accept()


def _locked_out(shell: ShellDouble, drawer: Drawer) -> None:
    from pln.services.vault import open_vault

    open_vault(shell.ctx.profile, drawer)


def test_the_store_is_checked(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.show_section("safety")
    section = settings.sections["safety"]
    section.check.click()
    qtbot.waitUntil(lambda: section.checked.text() == "Everything is whole.", timeout=20_000)
    assert section.check.isEnabled()


def test_a_lost_key_file_is_told_in_place(qtbot: QtBot, shell: ShellDouble) -> None:
    vault = shell.ctx.profile.vault
    moved = vault.rename(vault.with_suffix(".away"))
    settings = SettingsDialog(shell)
    settings.open()
    settings.show_section("safety")
    assert "key file is missing" in settings.sections["safety"].problem.text()
    settings.accept()
    moved.rename(vault)


def test_secrets_of_a_run_are_kept_with_its_context(opened: Opened) -> None:
    assert "Secrets" in type(opened.context.secrets).__name__
    assert WORDS not in repr(replace(opened.context))
