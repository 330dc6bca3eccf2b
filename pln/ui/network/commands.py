"""What can be done about the map from anywhere: showing it by circles, interests or time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell


def commands(shell: Shell) -> Iterator[Command]:
    """One command for each way to look at the map."""
    ways = (
        (CommandId.NETWORK_CIRCLES, _tr("Map of circles"), "circles", "orbit"),
        (CommandId.NETWORK_INTERESTS, _tr("Map of shared interests"), "interests", "tags"),
        (CommandId.NETWORK_TIME, _tr("Map by last contact"), "time", "clock"),
    )
    for command, title, view, icon in ways:
        yield Command(
            id=command, title=title, category=Category.VIEW, icon=icon, words=_tr("network people"),
            run=partial(_show, shell, view),
        )  # fmt: skip


def _show(shell: Shell, view: str) -> None:
    from pln.ui.network.place import NetworkPlace

    shell.go(PlaceId.NETWORK)
    place = shell.place(PlaceId.NETWORK)
    assert isinstance(place, NetworkPlace)
    place.show_view(view)


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
