"""The commands of the window itself. What needs the store is added by the program and by the places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from pln.ui.commands.command import Category, Command, CommandId
from pln.ui.context_menu import open_context_menu
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme

_GO = {
    PlaceId.TODAY: CommandId.GO_TODAY,
    PlaceId.PEOPLE: CommandId.GO_PEOPLE,
    PlaceId.MEETUPS: CommandId.GO_MEETUPS,
    PlaceId.READING: CommandId.GO_READING,
    PlaceId.JOURNAL: CommandId.GO_JOURNAL,
    PlaceId.NETWORK: CommandId.GO_NETWORK,
}


def add_standard(window: MainWindow, theme: Theme) -> None:
    """Give a window its own commands: going about, looks, text size, help on shortcuts, quitting."""
    window.registry.add(*_go(window), *_about(window), *_view(window, theme))


def _go(window: MainWindow) -> Iterator[Command]:
    for number, entry in enumerate(window.entries(), start=1):
        yield Command(
            id=_GO[entry.id], title=entry.title, category=Category.GO, shortcut=f"Ctrl+{number}",
            icon=entry.icon, words=_tr("go to place"), run=partial(_enter, window, entry.id),
        )  # fmt: skip


def _about(window: MainWindow) -> Iterator[Command]:
    file, go, help_ = Category.FILE, Category.GO, Category.HELP
    yield Command(
        id=CommandId.GO_PALETTE, title=_tr("Search or run a command…"), category=go, shortcut="Ctrl+K",
        icon="search", run=lambda: window.palette_overlay.open(),
    )  # fmt: skip
    yield Command(
        id=CommandId.GO_BACK, title=_tr("Step back"), category=go, shortcut="Esc", icon="arrow-left", run=window.back
    )
    yield Command(
        id=CommandId.HELP_SHORTCUTS, title=_tr("Keyboard shortcuts"), category=help_, shortcut="F1; Ctrl+/",
        icon="keyboard", words=_tr("help keys"), run=partial(_shortcuts, window),
    )  # fmt: skip
    yield Command(
        id=CommandId.FILE_QUIT, title=_tr("Quit"), category=file, shortcut="Ctrl+Q", icon="log-out", run=window.close
    )


def _view(window: MainWindow, theme: Theme) -> Iterator[Command]:
    looks = (
        (CommandId.VIEW_SYSTEM, _tr("Light or dark as the system"), Mode.SYSTEM, "monitor"),
        (CommandId.VIEW_LIGHT, _tr("Light"), Mode.LIGHT, "sun"),
        (CommandId.VIEW_DARK, _tr("Dark"), Mode.DARK, "moon"),
    )
    for command, title, mode, icon in looks:
        yield Command(
            id=command, title=title, category=Category.VIEW, icon=icon, words=_tr("theme look colours"),
            run=partial(theme.set_mode, mode),
        )  # fmt: skip
    sizes = (
        (CommandId.VIEW_LARGER, _tr("Larger text"), "Ctrl++; Ctrl+=", partial(_step, theme, 0.1), "zoom-in"),
        (CommandId.VIEW_SMALLER, _tr("Smaller text"), "Ctrl+-", partial(_step, theme, -0.1), "zoom-out"),
        (CommandId.VIEW_NORMAL, _tr("Normal text size"), "Ctrl+0", partial(theme.set_scale, 1.0), "type"),
    )
    for command, title, keys, resize, icon in sizes:
        yield Command(
            id=command, title=title, category=Category.VIEW, shortcut=keys, icon=icon, run=resize,
        )  # fmt: skip
    yield Command(
        id=CommandId.VIEW_MENU_BAR, title=_tr("Show or hide the menu bar"), category=Category.VIEW, shortcut="F10",
        icon="menu", run=window.toggle_menu_bar,
    )  # fmt: skip
    yield Command(
        id=CommandId.VIEW_CONTEXT_MENU, title=_tr("Menu of what is chosen"), category=Category.VIEW,
        shortcut="Shift+F10", icon="ellipsis", words=_tr("context right click"), run=open_context_menu,
    )  # fmt: skip


def _shortcuts(window: MainWindow) -> None:
    from pln.ui.shortcuts import show_shortcuts  # its widgets are not wanted at the start

    show_shortcuts(window, window.registry)


def _enter(window: MainWindow, place: PlaceId) -> None:
    window.enter(place)


def _step(theme: Theme, by: float) -> None:
    theme.set_scale(theme.scale + by)


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
