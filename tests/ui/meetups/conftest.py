from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.meetup import Meetup
from pln.services.context import Context
from pln.store.unit_of_work import Store
from pln.ui.meetups.commands import commands
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.meetups.place import MeetupsPlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from store_fixtures import context, store
from ui.meetups.invented import fill
from ui.shell_double import ShellDouble, shell_of

__all__ = ["context", "store"]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    return fill(store)


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, context: Context) -> Iterator[ShellDouble]:
    with shell_of(context, theme, {PlaceId.MEETUPS: MeetupsPlace}, commands) as made:
        made.window().activateWindow()
        qtbot.waitUntil(made.window().isActiveWindow)
        yield made


@pytest.fixture
def place(qtbot: QtBot, ids: dict[str, int], shell: ShellDouble) -> MeetupsPlace:
    """The place with the walk of today shown, brief and all."""
    made = shell.window().go(PlaceId.MEETUPS)
    assert isinstance(made, MeetupsPlace)
    qtbot.waitUntil(lambda: made.detail.side.side is not None)
    return made


@pytest.fixture
def log(qtbot: QtBot, ids: dict[str, int], shell: ShellDouble) -> Callable[..., LogDialog]:
    """Opens the dialog as the program does."""

    def opened(people: tuple[int, ...] = (), meetup: Meetup | None = None, plan: bool = False) -> LogDialog:
        dialog = LogDialog(shell, people=people, meetup=meetup, plan=plan)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() in dialog.findChildren(QWidget))
        return dialog

    return opened


@pytest.fixture
def show(qtbot: QtBot, place: MeetupsPlace) -> Callable[[int], None]:
    """Shows a meetup and waits for its brief."""

    def shown(meetup_id: int) -> None:
        with qtbot.waitSignal(place.detail.side.arrived):
            place.open_record(Ref(Noun.MEETUP, meetup_id))
        assert place.shown().id == meetup_id
        qtbot.waitUntil(lambda: any(part.isVisible() for part in place.detail.side.findChildren(QCheckBox)))

    return shown
