"""Choosing a file leaves nothing behind: HOME is listed before and after each chooser of the program."""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from architecture.source_tree import Module, dotted, imports, modules, parse
from pln.model.meetup import Meetup, MeetupKind
from pln.ui.files import chooser as choosers
from pln.ui.files.path_field import choose_folder, choose_new_file
from pln.ui.meetups.calendar import hand_to_calendar
from pln.ui.people.import_dialog import ImportDialog
from pln.ui.reading.lists_of_feeds import ask_for_list, ask_where_to
from pln.ui.sharing.where_section import WhereSection
from store_fixtures import TODAY
from ui.shell_double import ShellDouble

Open = Callable[[ShellDouble, Path], object]


def _meetup(shell: ShellDouble, _here: Path) -> object:
    return hand_to_calendar(shell, Meetup(kind=MeetupKind.TEA, day=TODAY))


def _share(shell: ShellDouble, _here: Path) -> object:
    section = WhereSection({})
    section.setParent(shell.window())
    section.choose.click()
    return section


def _people(shell: ShellDouble, _here: Path) -> object:
    dialog = ImportDialog(shell)
    dialog._choose_files()
    return dialog


OPENERS: dict[str, Open] = {
    "a folder": lambda shell, here: choose_folder(shell.window(), "t", here, lambda _path: None),
    "a new file": lambda shell, here: choose_new_file(shell.window(), "t", here / "new.x", lambda _path: None),
    "a list of feeds": lambda shell, _here: ask_for_list(shell.window(), lambda _path: None),
    "a place for a list of feeds": lambda shell, _here: ask_where_to(shell.window(), lambda _path: None),
    "a calendar file": _meetup,
    "a folder to share to": _share,
    "address books": _people,
}


def everything_at_home() -> dict[Path, bytes]:
    """Every file in HOME and in the folders for settings and data, with what is in it."""
    places = {value for name, value in os.environ.items() if name == "HOME" or name.startswith("XDG_")}
    files = [path for place in places for path in Path(place).rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files}


@pytest.mark.parametrize("name", OPENERS)
def test_nothing_is_left_behind(qtbot: QtBot, shell: ShellDouble, tmp_path: Path, name: str) -> None:
    here = tmp_path / "a telling name"
    here.mkdir()
    (here / "a.opml").write_text("<opml/>")
    before = everything_at_home()
    held: list[object] = [OPENERS[name](shell, here)]
    dialog = next(one for one in shell.window().findChildren(QFileDialog) if one.isVisible())
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog), "the system's own puts files on its recent list"
    dialog.setDirectory(str(here))
    dialog.blockSignals(True)  # what is done with the file is another matter
    if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptOpen:  # else it would ask whether to write over it
        dialog.selectFile("a.opml")
    dialog.accept()
    dialog.blockSignals(False)
    dialog.deleteLater()
    del dialog
    held.clear()
    _gone(shell.window())
    assert everything_at_home() == before


def _gone(window: QWidget) -> None:
    for one in window.findChildren(QFileDialog):
        one.deleteLater()
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    assert not window.findChildren(QFileDialog)


@pytest.fixture
def kept_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Settings that are written all the same, as where they are no files."""
    monkeypatch.setattr(choosers, "_NOWHERE", str(tmp_path / "settings"))
    yield tmp_path / "settings" / "QtProject.conf"
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, ":/nowhere")


@pytest.mark.parametrize("earlier", [None, ["file:///another/program"]])
def test_settings_that_are_written_all_the_same_become_what_they_were(
    qtbot: QtBot, shell: ShellDouble, tmp_path: Path, kept_settings: Path, earlier: Any
) -> None:
    here = tmp_path / "a telling name"
    here.mkdir()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(kept_settings.parent))
    if earlier:
        choosers._shared().setValue("FileDialog/history", earlier)
    choose_folder(shell.window(), "t", here, lambda _path: None)
    dialog = next(one for one in shell.window().findChildren(QFileDialog) if one.isVisible())
    dialog.accept()
    del dialog
    _gone(shell.window())
    assert kept_settings.exists() and "telling" not in kept_settings.read_text()
    assert choosers._shared().value("FileDialog/history") == earlier


# A law ---------------------------------------------------------------------------------------------------------------

_FORGETFUL = "pln.ui.files.chooser"


def remembering(module: Module) -> Iterator[str]:
    """Choosers made elsewhere, and settings that Qt keeps."""
    if module.name == _FORGETFUL:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[0] == "QFileDialog":
            yield f"{module.at(node)} makes a QFileDialog"
    for name, node in imports(module):
        names = [each.name for each in getattr(node, "names", [])]
        if name.startswith("PySide6") and {"QSettings", "QColorDialog", "QFontDialog"} & set(names):
            yield f"{module.at(node)} imports what keeps settings"


def test_nothing_else_chooses_files_or_keeps_settings_of_qt() -> None:
    assert [fault for module in modules() for fault in remembering(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "QFileDialog(None)", "QFileDialog.getSaveFileName(None, 'x')", "from PySide6.QtCore import QSettings",
        "def f():\n    from PySide6.QtWidgets import QColorDialog",
    ],
)  # fmt: skip
def test_the_law_bites(text: str) -> None:
    assert list(remembering(parse("pln.ui.today.place", text)))
    assert not list(remembering(parse(_FORGETFUL, text)))
