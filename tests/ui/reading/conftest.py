from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from feed_server import FeedServer
from pln.model.feed import Feed
from pln.services.refreshing import allow_place
from pln.ui.place import PlaceId
from pln.ui.reading.place import ReadingPlace
from pln.ui.theme import Mode, Theme
from ui.reading.filled import World


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def world(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[World]:
    """A window around an empty store; `begin` it after filling."""
    made = World(tmp_path, theme)
    yield made
    made.close()
    assert made.sound == ()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as made:
        yield made


@pytest.fixture
def reading(qtbot: QtBot, world: World) -> Callable[[], ReadingPlace]:
    """Begins the program and goes to Reading."""

    def go() -> ReadingPlace:
        world.begin()
        world.window.resize(1360, 860)
        world.window.show()
        qtbot.waitExposed(world.window)
        place = world.window.go(PlaceId.READING)
        assert isinstance(place, ReadingPlace)
        place.focus_first()
        qtbot.waitUntil(lambda: place.articles.ids() != () or place.panes.currentWidget() is place.panes.teaching)
        return place

    return go


@pytest.fixture
def subscribed(world: World, server: FeedServer) -> Callable[..., list[int]]:
    """Subscribes to paths of the loopback server, which is allowed; ids in their order."""

    def add(*paths: str, folder: str = "") -> list[int]:
        allow_place(world.ctx, *server.allow)
        with world.ctx.write("") as work:
            return [work.feeds.add(Feed(url=server.url(path), title=path, folder=folder)).id for path in paths]

    return add
