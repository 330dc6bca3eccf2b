"""The commands that need an open store, gathered from the rooms that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Category, Command, CommandId
from pln.ui.program.program import Program

LOCK_KEYS = "Ctrl+L"


def add_program_commands(program: Program) -> None:
    """Register what every room offers. Called when the store is open."""
    from pln.ui.journal.commands import commands as journal
    from pln.ui.meetups.commands import commands as meetups
    from pln.ui.network.commands import commands as network
    from pln.ui.people.commands import commands as people
    from pln.ui.reading.commands import commands as reading
    from pln.ui.settings.commands import commands as settings
    from pln.ui.today.commands import commands as today

    program.registry.add(*_edit(program))
    for room in (today, people, meetups, reading, journal, network, settings):
        program.registry.add(*room(program))


def lock_command(lock: Callable[[], object]) -> Command:
    return Command(
        id=CommandId.FILE_LOCK, title=QCoreApplication.translate("commands", "Lock PLN"), category=Category.FILE,
        shortcut=LOCK_KEYS, icon="lock", words=QCoreApplication.translate("commands", "hide away close safety"),
        run=lock,
    )  # fmt: skip


def _edit(program: Program) -> Iterator[Command]:
    yield Command(
        id=CommandId.EDIT_UNDO, title=QCoreApplication.translate("commands", "Undo"), category=Category.EDIT,
        shortcut="Ctrl+Z", icon="undo-2", run=program.take_back, when=lambda: program.ctx.undo.top is not None,
    )  # fmt: skip
    yield Command(
        id=CommandId.VIEW_QUIET, title=QCoreApplication.translate("commands", "Quiet mode"), category=Category.VIEW,
        icon="moon", words="calm rest", run=program.toggle_quiet,
    )  # fmt: skip
    yield Command(
        id=CommandId.VIEW_FLIGHT,
        title=QCoreApplication.translate("commands", "Flight mode: ask nothing of the network"), category=Category.VIEW,
        icon="wifi-off", words="offline plane no network", run=program.toggle_flight,
    )  # fmt: skip
