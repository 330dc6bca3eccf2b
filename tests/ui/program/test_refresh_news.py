"""A refresh commits once for every feed; the window must not compute Today anew each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.model.feed import Feed
from pln.services.context import Context
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.theme import Mode, Theme
from store_fixtures import context, store
from ui.shell_double import ShellDouble, shell_of

__all__ = ["context", "store"]


class CountingToday(PlaceWidget):
    id = PlaceId.TODAY

    def __init__(self, _shell: Shell) -> None:
        super().__init__()
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, context: Context) -> Iterator[ShellDouble]:
    theme = Theme.install(qapp, Mode.LIGHT)
    with shell_of(context, theme, {PlaceId.TODAY: CountingToday}) as made:
        yield made
    theme.remove()


def test_today_is_read_once_when_many_feeds_have_been_refreshed(qtbot: QtBot, shell: ShellDouble) -> None:
    today = shell.window().go(PlaceId.TODAY)
    assert isinstance(today, CountingToday)
    for number in range(20):
        with shell.ctx.write("refresh") as work:
            work.feeds.add(Feed(url=f"https://example.invalid/{number}"))
    qtbot.waitUntil(lambda: today.refreshed == 2)
    qtbot.waitUntil(lambda: shell.tasks.idle)
    assert today.refreshed == 2  # once when it was first seen, once for all the news


def test_what_the_owner_does_meanwhile_is_seen_at_once(qtbot: QtBot, shell: ShellDouble) -> None:
    today = shell.window().go(PlaceId.TODAY)
    assert isinstance(today, CountingToday)
    with shell.ctx.write("refresh") as work:
        work.feeds.add(Feed(url="https://example.invalid/feed"))
    with shell.ctx.write("people") as work:
        work.people.add(Person(name="Ines Okafor"))
    qtbot.waitUntil(lambda: today.refreshed == 2, timeout=900)
