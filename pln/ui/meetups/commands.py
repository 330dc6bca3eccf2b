"""What can be done with meetups: log and plan from anywhere, the rest with the meetup shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.model.meetup import MeetupState
from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.meetups.place import MeetupsPlace


def commands(shell: Shell) -> Iterator[Command]:
    yield Command(
        id=CommandId.MEETUP_LOG, title=_tr("Log a meetup…"), category=Category.MEETUPS, shortcut="Ctrl+M",
        icon="coffee", words=_tr("note talk conversation capture coffee call"), run=shell.log_meetup,
    )  # fmt: skip
    yield Command(
        id=CommandId.MEETUP_PLAN, title=_tr("Plan a meetup…"), category=Category.MEETUPS, shortcut="Ctrl+Shift+M",
        icon="calendar-plus", words=_tr("appointment invite next"), run=lambda: shell.log_meetup(plan=True),
    )  # fmt: skip
    yield from _of_the_one_shown(shell)


@dataclass(frozen=True, slots=True)
class _Deed:
    """One of the deeds, by its name in deeds.py: that module and the place are loaded when it is done."""

    id: CommandId
    title: str
    key: str
    icon: str
    name: str
    states: tuple[MeetupState, ...] = tuple(MeetupState)
    given: tuple[MeetupState, ...] = ()


def _of_the_one_shown(shell: Shell) -> Iterator[Command]:
    for deed in _deeds():
        yield Command(
            id=deed.id, title=deed.title, category=Category.MEETUPS, shortcut=deed.key, icon=deed.icon,
            run=partial(_do, shell, deed), when=partial(_may, shell, deed), place=PlaceId.MEETUPS.value,
        )  # fmt: skip


def _deeds() -> Iterator[_Deed]:
    planned, happened, fell_through = MeetupState.PLANNED, MeetupState.HAPPENED, MeetupState.FELL_THROUGH
    yield _Deed(CommandId.MEETUP_EDIT, _tr("Change the details…"), "e", "pencil", "edit")
    yield _Deed(
        CommandId.MEETUP_HAPPENED, _tr("It happened"), "h", "check", "say", (planned, fell_through), (happened,)
    )
    yield _Deed(CommandId.MEETUP_FELL_THROUGH, _tr("It fell through"), "", "x", "say", (planned,), (fell_through,))
    yield _Deed(CommandId.MEETUP_CALENDAR, _tr("To the calendar…"), "c", "calendar-plus", "to_calendar")
    yield _Deed(CommandId.MEETUP_THANK, _tr("Draft a thank-you"), "t", "mail", "thank", (happened,))
    yield _Deed(CommandId.MEETUP_TO_JOURNAL, _tr("Carry to journal"), "w", "feather", "to_journal", (happened,))
    yield _Deed(CommandId.MEETUP_REMOVE, _tr("Remove the meetup"), "Delete", "trash-2", "remove")


def _do(shell: Shell, deed: _Deed) -> None:
    from pln.ui.meetups import deeds

    if (place := _shown(shell)) is not None:
        getattr(deeds, deed.name)(shell, place, *deed.given)


def _may(shell: Shell, deed: _Deed) -> bool:
    place = _shown(shell)
    return place is not None and place.chosen is not None and place.chosen.state in deed.states


def _shown(shell: Shell) -> MeetupsPlace | None:
    """The place where it is the one in sight: what acts on a meetup acts on one that is seen."""
    if shell.window().current() is not PlaceId.MEETUPS:
        return None
    from pln.ui.meetups.place import MeetupsPlace

    place = shell.place(PlaceId.MEETUPS)
    return place if isinstance(place, MeetupsPlace) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
