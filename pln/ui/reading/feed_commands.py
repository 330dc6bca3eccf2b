"""Commands about feeds: settings, health, rules, smart folders, adding from the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.reading.reading_command import reading_command
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.reading.place import ReadingPlace

_Do = Callable[["ReadingPlace"], object]


def feed_commands(shell: Shell) -> Iterator[Command]:
    """Those about one feed may run while it is listed."""
    yield reading_command(
        CommandId.READING_PASTE, _tr("Add a feed from the clipboard"),
        _there(shell, lambda place: place.bringing.paste()),
        keys="Ctrl+Shift+V", icon="plus", words=_tr("paste subscribe address"),
    )  # fmt: skip
    for command, title, run, icon, words in (
        (CommandId.READING_SMART_FOLDER, _tr("New smart folder…"), lambda place: place.article_pane.keep_search(),
         "folder-plus", _tr("keep this saved search")),
        (CommandId.READING_RULES, _tr("Rules of reading…"), lambda place: place.feed_menu.care.rules(), "filter",
         _tr("mute words filter tag")),
        (CommandId.READING_BROKEN, _tr("Feeds that could not be read…"), lambda place: place.feed_menu.care.broken(),
         "circle-alert", _tr("broken health failing")),
        (CommandId.READING_ROOM, _tr("Room that feeds take…"), lambda place: place.feed_menu.care.room(), "hard-drive",
         _tr("storage size disk space retention")),
    ):  # fmt: skip
        yield reading_command(command, title, _there(shell, run), icon=icon, words=words)
    listed = _while_listed(shell)
    yield reading_command(
        CommandId.READING_FEED_SETTINGS, _tr("Settings of this feed…"),
        _there(shell, lambda place: place.feed_menu.care.settings(place.listed_feed or 0)), icon="sliders-horizontal",
        when=listed, words=_tr("interval retention full text folder"),
    )  # fmt: skip
    yield reading_command(
        CommandId.READING_FEED_HEALTH, _tr("How this feed is…"),
        _there(shell, lambda place: place.feed_menu.care.health(place.listed_feed or 0)), icon="info", when=listed,
        words=_tr("health answers why broken"),
    )  # fmt: skip


def _there(shell: Shell, do: _Do) -> Callable[[], object]:
    """Go to Reading, then do it."""

    def run() -> None:
        shell.go(PlaceId.READING.value)
        do(_place(shell))

    return run


def _while_listed(shell: Shell) -> Callable[[], bool]:
    return lambda: shell.window().current() is PlaceId.READING and _place(shell).listed_feed is not None


def _place(shell: Shell) -> ReadingPlace:
    from pln.ui.reading.place import ReadingPlace

    place = shell.place(PlaceId.READING)
    assert isinstance(place, ReadingPlace)
    return place


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_commands", text)
