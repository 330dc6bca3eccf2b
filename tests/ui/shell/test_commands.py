from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from pln.ui.commands import Category, Command, CommandClashError, CommandId, Registry
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.shortcuts import shortcuts_dialog


def _command(which: CommandId, shortcut: str = "", **more: Any) -> Command:
    given = {"run": lambda: None, "title": which.value, "category": Category.GO} | more
    return Command(id=which, shortcut=shortcut, **given)


def test_an_id_is_taken_once() -> None:
    registry = Registry()
    registry.add(_command(CommandId.GO_BACK))
    with pytest.raises(CommandClashError, match="twice"):
        registry.add(_command(CommandId.GO_BACK))


@pytest.mark.parametrize("second", ["Ctrl+K", "ctrl+k", "F9; Ctrl+K"])
def test_a_shortcut_is_taken_once(second: str) -> None:
    registry = Registry()
    registry.add(_command(CommandId.GO_PALETTE, "Ctrl+K"))
    with pytest.raises(CommandClashError, match="both want"):
        registry.add(_command(CommandId.GO_BACK, second))


def test_two_places_may_use_the_same_key_but_not_one_that_works_everywhere() -> None:
    registry = Registry()
    registry.add(_command(CommandId.READING_NEXT, "n", place="reading"))
    registry.add(_command(CommandId.JOURNAL_WRITE, "n", place="journal"))
    registry.add(_command(CommandId.GO_BACK, "Esc"))
    with pytest.raises(CommandClashError):
        registry.add(_command(CommandId.READING_STAR, "Esc", place="reading"))


def test_a_single_key_never_works_everywhere() -> None:
    with pytest.raises(CommandClashError, match="while typing"):
        Registry().add(_command(CommandId.READING_NEXT, "j"))


@pytest.mark.parametrize("which", [CommandId.JOURNAL_SHARE, CommandId.READING_SEND])
def test_sharing_has_no_shortcut(which: CommandId) -> None:
    with pytest.raises(CommandClashError, match="no shortcut"):
        Registry().add(_command(which, "Ctrl+Shift+S"))


def test_a_command_that_may_not_run_now_does_not() -> None:
    ran: list[str] = []
    registry = Registry()
    registry.add(_command(CommandId.EDIT_UNDO, run=lambda: ran.append("undo"), when=lambda: bool(ran)))
    assert not registry.run(CommandId.EDIT_UNDO) and ran == [] and registry.recent() == ()
    ran.append("something")
    assert registry.run(CommandId.EDIT_UNDO)
    assert ran == ["something", "undo"] and [one.id for one in registry.recent()] == [CommandId.EDIT_UNDO]


def test_a_command_that_is_forgotten_gives_its_keys_back(window: MainWindow) -> None:
    ran: list[str] = []
    window.registry.add(_command(CommandId.EDIT_UNDO, "Ctrl+Z", run=lambda: ran.append("old")))
    window.registry.run(CommandId.EDIT_UNDO)
    window.registry.remove(CommandId.EDIT_UNDO)
    assert window.registry.get(CommandId.EDIT_UNDO) is None
    assert window.registry.recent() == ()
    window.registry.add(_command(CommandId.EDIT_UNDO, "Ctrl+Z", run=lambda: ran.append("new")))
    window.actions_.action(CommandId.EDIT_UNDO).trigger()
    assert ran == ["old", "new"]
    assert [each.text() for menu in window.actions_.menus() for each in menu.actions()].count("edit.undo") == 1


def test_while_little_is_allowed_nothing_else_runs() -> None:
    ran: list[str] = []
    registry = Registry()
    registry.add(_command(CommandId.GO_BACK, run=lambda: ran.append("back")))
    registry.add(_command(CommandId.FILE_QUIT, run=lambda: ran.append("quit")))
    registry.allow_only([CommandId.FILE_QUIT])
    assert not registry.run(CommandId.GO_BACK)
    assert registry.run(CommandId.FILE_QUIT)
    registry.allow_only(None)
    assert registry.run(CommandId.GO_BACK)
    assert ran == ["quit", "back"]


def test_each_command_stands_in_a_menu_and_each_shortcut_on_the_page(qtbot: QtBot, window: MainWindow) -> None:
    in_menus = {action.text() for menu in window.findChildren(QMenu) for action in menu.actions()}
    dialog = shortcuts_dialog(window, window.registry)
    qtbot.addWidget(dialog)
    on_page = {found.text() for found in dialog.findChildren(QLabel)}
    for command in window.registry.all():
        assert command.title in in_menus
        assert not command.shortcut or command.title in on_page


def test_the_menu_of_the_rail_holds_what_came_after_it(qtbot: QtBot, window: MainWindow) -> None:
    window.registry.add(_command(CommandId.READING_OPEN, category=Category.READING))
    window.rail.menu_button.click()
    whole = next(menu for menu in window.actions_.menus() if menu.isVisible())
    assert "&Reading" in [action.text() for action in whole.actions()]
    whole.close()
    window.registry.remove(CommandId.READING_OPEN)
    window.rail.menu_button.click()
    assert "&Reading" not in [action.text() for action in whole.actions()]
    assert "&View" in [action.text() for action in whole.actions()]
    whole.close()


def test_a_group_is_a_menu_within_the_menu_and_goes_with_its_last_command(window: MainWindow) -> None:
    allowed = [False]
    window.registry.add(
        _command(CommandId.READING_OPEN, category=Category.READING, group="Article", when=lambda: allowed[0]),
        _command(CommandId.READING_STAR, category=Category.READING, group="Article"),
    )
    reading = next(menu for menu in window.actions_.menus() if menu.title() == "&Reading")
    (group,) = reading.actions()
    inside = group.menu()
    assert isinstance(inside, QMenu) and group.text() == "Article"
    assert [each.text() for each in inside.actions()] == ["reading.open", "reading.star"]
    reading.aboutToShow.emit()
    assert [each.isEnabled() for each in inside.actions()] == [False, True]
    reading.aboutToHide.emit()
    window.registry.remove(CommandId.READING_OPEN, CommandId.READING_STAR)
    assert reading.isEmpty(), "as while the window is locked"
    window.registry.add(_command(CommandId.READING_OPEN, category=Category.READING, group="Article"))
    assert [each.text() for each in reading.actions() if each.isVisible()] == ["Article"]


def test_a_menu_greys_what_may_not_run_and_its_shortcut_works_again_afterwards(window: MainWindow) -> None:
    allowed, ran = [False], []
    command = _command(
        CommandId.EDIT_UNDO, "Ctrl+Z", category=Category.EDIT, when=lambda: allowed[0], run=lambda: ran.append(1)
    )
    window.registry.add(command)
    action = window.actions_.action(CommandId.EDIT_UNDO)
    menu = next(menu for menu in window.findChildren(QMenu) if action in menu.actions())
    menu.aboutToShow.emit()
    assert not action.isEnabled()
    menu.aboutToHide.emit()
    allowed[0] = True
    action.trigger()
    assert ran == [1]


def test_keys_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.go(PlaceId.TODAY)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current() is PlaceId.PEOPLE
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current() is PlaceId.TODAY
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_overlay.isVisible()
