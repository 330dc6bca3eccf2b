"""When the window locks by itself, and what opens it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pln.services.opening import Opened
from pln.services.preferences import preferences
from pln.ui.commands import Category, Command, CommandId
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.settings.lock_section import LockSection
from ui.shell_double import ShellDouble


def section(settings: SettingsDialog) -> LockSection:
    found = settings.sections["lock"]
    assert isinstance(found, LockSection)
    settings.show_section("lock")
    return found


def test_the_minutes_and_the_words_are_kept(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened, open_again: Callable[..., Opened]
) -> None:
    lock = section(settings)
    assert (lock.after.current(), lock.words.isChecked()) == ("10", False)
    lock.after.set_current("30")
    lock.after.chosen.emit("30")
    lock.words.setChecked(True)
    qtbot.waitUntil(lambda: preferences(shell.ctx).lock_asks_words and preferences(shell.ctx).lock_minutes == 30)


def test_who_has_no_passphrase_is_told_that_the_code_is_asked_for(qtbot: QtBot, with_drawer: ShellDouble) -> None:
    dialog = SettingsDialog(with_drawer)
    dialog.open()
    lock = section(dialog)
    assert lock.words.isVisible() and lock.why.isVisible()
    assert not lock.hint.isVisible() and not lock.always.isVisible()
    lock.words.setChecked(True)
    assert lock.hint.isVisible()
    dialog.accept()


def test_where_the_password_store_is_not_used_there_is_nothing_to_choose(
    shell: ShellDouble, settings: SettingsDialog
) -> None:
    lock = section(settings)
    assert not lock.words.isVisible() and not lock.why.isVisible() and not lock.hint.isVisible()
    assert lock.always.isVisible()


def test_locking_now_closes_the_settings_first(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    done: list[bool] = []
    shell.registry.add(
        Command(
            id=CommandId.FILE_LOCK, title="Lock", category=Category.FILE, run=lambda: done.append(settings.isVisible())
        )
    )
    next(one for one in section(settings).findChildren(QPushButton) if one.text() == "Lock PLN now").click()
    assert done == [False]
