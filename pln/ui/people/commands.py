"""What can be done with people, from the menus, the palette and the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.people.place import PeoplePlace


def commands(shell: Shell) -> Iterator[Command]:
    """Adding and importing work from anywhere; the others for the person whose page is shown."""
    yield Command(
        id=CommandId.PERSON_ADD, title=_tr("Add a person"), category=Category.PEOPLE, shortcut="Ctrl+N",
        icon="user-plus", words=_tr("new contact"), run=lambda: _begin_add(shell),
    )  # fmt: skip
    yield Command(
        id=CommandId.FILE_IMPORT, title=_tr("Import people…"), category=Category.FILE, shortcut="Ctrl+Shift+I",
        icon="upload", words=_tr("address book vcard csv linkedin google outlook"), run=lambda: _import(shell),
    )  # fmt: skip
    yield from _with_person(shell)
    yield from _about(shell)


def _with_person(shell: Shell) -> Iterator[Command]:
    def made(wanted: CommandId, title: str, key: str, icon: str, run: Callable[[PeoplePlace], object]) -> Command:
        return Command(
            id=wanted, title=title, category=Category.PEOPLE, shortcut=key, icon=icon, place=PlaceId.PEOPLE.value,
            run=lambda: run(_place(shell)), when=lambda: _has_person(shell),
        )  # fmt: skip

    yield made(CommandId.PERSON_WRITE, _tr("Write to this person"), "W", "mail", lambda place: place.view.write_to())
    yield made(CommandId.PERSON_BRIEF, _tr("Open the brief"), "B", "info", lambda place: place.view.show_tab("brief"))
    yield made(CommandId.PERSON_EDIT, _tr("Edit this person…"), "E", "pencil", lambda place: place.edit())
    yield made(
        CommandId.PERSON_PAUSE, _tr("Pause suggestions about this person…"), "P", "pause",
        lambda place: place.view.pause(),
    )  # fmt: skip
    yield made(CommandId.PERSON_REMOVE, _tr("Remove this person"), "Del", "trash-2", lambda place: place.remove())


def _about(shell: Shell) -> Iterator[Command]:
    for wanted, title, keys, icon, run in (
        (CommandId.PERSON_FIND, _tr("Find in the list of people"), "Ctrl+F; /", "search", lambda: _find(shell)),
        (CommandId.PERSON_NEXT, _tr("Next person"), "J", "arrow-down", lambda: _step(shell, 1)),
        (CommandId.PERSON_PREVIOUS, _tr("Previous person"), "K", "arrow-up", lambda: _step(shell, -1)),
    ):
        yield Command(
            id=wanted, title=title, category=Category.PEOPLE, shortcut=keys, icon=icon, place=PlaceId.PEOPLE.value,
            run=run, when=lambda: shell.window().current() is PlaceId.PEOPLE,
        )  # fmt: skip


def _place(shell: Shell) -> PeoplePlace:
    return cast("PeoplePlace", shell.place(PlaceId.PEOPLE))


def _has_person(shell: Shell) -> bool:
    return shell.window().current() is PlaceId.PEOPLE and _place(shell).person is not None


def _begin_add(shell: Shell) -> None:
    shell.go(PlaceId.PEOPLE.value)
    _place(shell).begin_add()


def _import(shell: Shell) -> None:
    from pln.ui.people.import_dialog import ImportDialog

    ImportDialog(shell).open()


def _find(shell: Shell) -> None:
    _place(shell).list.begin_search()


def _step(shell: Shell, by: int) -> None:
    _place(shell).list.view.step(by)


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
