"""What can be done in Reading, and from anywhere about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.reading.feed_commands import feed_commands
from pln.ui.reading.highlight_commands import highlight_commands
from pln.ui.reading.reading_command import reading_command
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.reading.place import ReadingPlace

_Do = Callable[["ReadingPlace"], object]


def commands(shell: Shell) -> Iterator[Command]:
    """Commands of the place; keys without a modifier work in it alone."""
    yield from _first(shell)
    yield from _in(_tr("Feeds"), _about_feeds(shell), feed_commands(shell))
    yield from _in(_tr("Lists"), _about_lists(shell))
    yield from _in(_tr("Article"), _about_the_article(shell), _removing(shell))
    yield from _in(_tr("Text"), _about_the_page(shell))
    yield from _in(_tr("Highlights"), highlight_commands(shell, lambda: _place(shell)))


def _in(group: str, *commands: Iterator[Command]) -> Iterator[Command]:
    """Gather commands in a menu of their own: all in one would be taller than a screen."""
    return (replace(command, group=group) for command in chain(*commands))


def _first(shell: Shell) -> Iterator[Command]:
    yield reading_command(
        CommandId.READING_ADD_FEED, _tr("Add a feed…"), _there(shell, lambda place: place.bringing.add_feed()),
        keys="A", icon="plus", words=_tr("subscribe rss atom"),
    )  # fmt: skip
    yield reading_command(
        CommandId.READING_REFRESH, _tr("Refresh feeds"), _here(shell, lambda place: place.refresh_feeds()),
        keys="F5; R", icon="refresh-cw", words=_tr("fetch update news"),
    )  # fmt: skip


def _about_feeds(shell: Shell) -> Iterator[Command]:
    yield reading_command(
        CommandId.READING_REMOVE_FEED, _tr("Remove this feed"), _here(shell, lambda place: place.remove_feed()),
        icon="trash-2", words=_tr("unsubscribe"),
        when=_while(shell, lambda place: place.listed_feed is not None),
    )  # fmt: skip
    yield reading_command(
        CommandId.READING_IMPORT, _tr("Bring feeds from another reader…"),
        _there(shell, lambda place: place.bringing.import_list()), icon="file-down", words=_tr("import opml starred"),
    )  # fmt: skip
    yield reading_command(
        CommandId.READING_EXPORT, _tr("Write a list of your feeds (OPML)…"),
        _there(shell, lambda place: place.bringing.export_list()), icon="file-up", words=_tr("export opml"),
    )  # fmt: skip


def _about_lists(shell: Shell) -> Iterator[Command]:
    seen = _while(shell, lambda place: True)
    for command, title, run, keys, icon in (
        (CommandId.READING_NEXT, _tr("Next article"), lambda place: place.step(1), "J", "arrow-down"),
        (CommandId.READING_PREVIOUS, _tr("Previous article"), lambda place: place.step(-1), "K", "arrow-up"),
        (CommandId.READING_NEXT_UNREAD, _tr("Next unread article"), lambda place: place.stepping.next_unread(), "N",
         "chevron-right"),
        (CommandId.READING_PREVIOUS_UNREAD, _tr("Previous unread article"),
         lambda place: place.stepping.previous_unread(), "P", "chevron-left"),
        (CommandId.READING_PAGE_DOWN, _tr("Read on"), lambda place: place.stepping.page_down(), "Space",
         "chevron-down"),
        (CommandId.READING_PAGE_UP, _tr("Read back"), lambda place: place.stepping.page_up(), "Shift+Space",
         "chevron-up"),
        (CommandId.READING_MARK_ALL_READ, _tr("Mark all in the list read"), lambda place: place.mark_all_read(),
         "Shift+A", "list-checks"),
        (CommandId.READING_MARK_BELOW_READ, _tr("Mark all below this one read"), lambda place: place.mark_below_read(),
         "Shift+B", "list-checks"),
        (CommandId.READING_ORDER, _tr("List the newest or the oldest first"), lambda place: place.turn_order(),
         "Shift+O", "arrow-up-down"),
        (CommandId.READING_FIND, _tr("Find in these articles"), lambda place: place.open_search(), "/", "text-search"),
    ):  # fmt: skip
        yield reading_command(command, title, _here(shell, run), keys=keys, icon=icon, when=seen)


def _about_the_article(shell: Shell) -> Iterator[Command]:
    reading = _while(shell, lambda place: place.desk.open_id is not None)
    for command, title, run, keys, icon in (
        (CommandId.READING_STAR, _tr("Save with a star, or no longer"), lambda place: place.desk.toggle_star(), "S",
         "star"),
        (CommandId.READING_LATER, _tr("Read later, or no longer"), lambda place: place.desk.toggle_later(), "L",
         "bookmark"),
        (CommandId.READING_MARK_READ, _tr("Mark read or unread"), lambda place: place.desk.toggle_read(), "M",
         "circle-dot"),
        (CommandId.READING_OPEN, _tr("Open in the browser"), lambda place: place.desk.open_outside(), "O",
         "external-link"),
        (CommandId.READING_SEND, _tr("Send the article to somebody…"), lambda place: place.desk.send(), "", "send"),
        (CommandId.READING_TAGS, _tr("Tags of the article…"), lambda place: place.tagging.edit(), "T", "tags"),
        (CommandId.READING_WRITE, _tr("Write about the article"), lambda place: place.desk.write_about(), "",
         "feather"),
    ):  # fmt: skip
        yield reading_command(command, title, _here(shell, run), keys=keys, icon=icon, when=reading)


def _removing(shell: Shell) -> Iterator[Command]:
    there = _while(shell, lambda place: place.removing.wanted() is not None)
    yield reading_command(
        CommandId.READING_REMOVE, _tr("Remove the article"), _here(shell, lambda place: place.remove_article()),
        keys="Del", icon="trash-2", when=there,
    )  # fmt: skip


def _about_the_page(shell: Shell) -> Iterator[Command]:
    reading = _while(shell, lambda place: place.desk.open_id is not None)
    for command, title, run, keys, icon in (
        (CommandId.READING_FIND_IN_PAGE, _tr("Find in this article"), lambda place: place.desk.view.open_find(),
         "Ctrl+F", "text-search"),
        (CommandId.READING_FIND_AGAIN, _tr("Find the next one"), lambda place: place.desk.view.finder.step(1), "F3",
         "chevron-down"),
        (CommandId.READING_FIND_BEFORE, _tr("Find the one before"), lambda place: place.desk.view.finder.step(-1),
         "Shift+F3", "chevron-up"),
        (CommandId.READING_FULL, _tr("Get the full text, or the feed's again"), lambda place: place.desk.get_full(),
         "F", "file-down"),
        (CommandId.READING_CHANGES, _tr("Show what changed in the article"), lambda place: place.desk.show_changes(),
         "", "history"),
        (CommandId.READING_PICTURES, _tr("Look at the pictures"), lambda place: place.desk.view.look_at_pictures(), "V",
         "image"),
        (CommandId.READING_BELOW, _tr("Go to what stands below the article"), lambda place: place.desk.enter_card(),
         "B", "arrow-down"),
        (CommandId.READING_LOOK, _tr("How articles are set…"), lambda place: place.desk.show_look(), "Shift+T", "type"),
        (CommandId.READING_LARGER, _tr("Larger text in articles"), lambda place: place.desk.resize_text(1), "+; =",
         "zoom-in"),
        (CommandId.READING_SMALLER, _tr("Smaller text in articles"), lambda place: place.desk.resize_text(-1), "-",
         "zoom-out"),
        (CommandId.READING_USUAL, _tr("Usual text in articles"), lambda place: place.desk.resize_text(0), "0", "type"),
    ):  # fmt: skip
        yield reading_command(command, title, _here(shell, run), keys=keys, icon=icon, when=reading)


def _here(shell: Shell, do: _Do) -> Callable[[], object]:
    """Do it without going there."""
    return lambda: do(_place(shell))


def _there(shell: Shell, do: _Do) -> Callable[[], object]:
    """Go to Reading, then do it."""

    def run() -> None:
        shell.go(PlaceId.READING.value)
        do(_place(shell))

    return run


def _while(shell: Shell, true: Callable[[ReadingPlace], bool]) -> Callable[[], bool]:
    """May it run: Reading is in sight, and something holds there."""
    return lambda: shell.window().current() is PlaceId.READING and true(_place(shell))


def _place(shell: Shell) -> ReadingPlace:
    from pln.ui.reading.place import ReadingPlace

    place = shell.place(PlaceId.READING)
    assert isinstance(place, ReadingPlace)
    return place


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading", text)
