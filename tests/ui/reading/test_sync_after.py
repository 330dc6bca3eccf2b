"""After a refresh the owner's server is asked, if there is one, and nobody is interrupted where it does not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pln.services.refreshing import allow_place
from pln.services.sync_account import keep_sync_account, sync_account
from pln.ui.reading.sync_after import SyncAfter
from reader_server import LOGIN, PASSWORD, Held, ReaderServer
from ui.reading.filled import World


@pytest.fixture
def sync_server() -> Iterator[ReaderServer]:
    with ReaderServer() as running:
        running.feeds["feed/1"] = Held("https://example.invalid/feed", "Orchard notes")
        yield running


def settled(qtbot: QtBot, world: World) -> None:
    assert world.program is not None
    qtbot.waitUntil(lambda: world.program is not None and world.program.tasks.idle, timeout=20_000)
    qtbot.wait(20)


def test_without_a_server_nothing_is_begun(qtbot: QtBot, world: World) -> None:
    program = world.begin()
    after = SyncAfter(program, program)
    after.sync()
    assert program.tasks.running == ()


def test_a_server_that_lacks_its_password_is_noted_and_interrupts_nobody(
    qtbot: QtBot, world: World, sync_server: ReaderServer
) -> None:
    program = world.begin()
    allow_place(world.ctx, sync_server.place)
    keep_sync_account(world.ctx, sync_server.url, LOGIN, PASSWORD, keep_password=False)
    after = SyncAfter(program, program)
    after.sync()
    settled(qtbot, world)
    account = sync_account(world.ctx)
    assert account is not None and account.error and account.synced is None
    after.sync()  # and it can be tried again
    settled(qtbot, world)
