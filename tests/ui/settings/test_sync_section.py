"""The owner's server is named, synced and forgotten in the settings; every fault is told in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from drawer import Drawer
from pln.model.feed import Feed
from pln.services.sync_account import sync_account
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.settings.sync_section import SyncSection
from reader_server import LOGIN, PASSWORD, Held, ReaderServer
from ui.shell_double import ShellDouble


@pytest.fixture
def server() -> Iterator[ReaderServer]:
    with ReaderServer() as running:
        running.feeds["feed/1"] = Held("https://example.invalid/feed", "Orchard notes", "Craft")
        yield running


@pytest.fixture
def section(shell: ShellDouble, settings: SettingsDialog, drawer: Drawer) -> SyncSection:
    object.__setattr__(shell.ctx, "secrets", drawer)
    settings.show_section("sync")
    found = settings.sections["sync"]
    assert isinstance(found, SyncSection)
    return found


def fill(section: SyncSection, url: str, password: str = PASSWORD) -> None:
    section.url.setText(url)
    section.login.setText(LOGIN)
    section.password.setText(password)
    section.connect_.click()


def test_a_server_of_the_home_network_is_asked_about_once_then_synced_and_forgotten(
    qtbot: QtBot, shell: ShellDouble, section: SyncSection, server: ReaderServer, drawer: Drawer
) -> None:
    assert section.now.isHidden() and section.mine.isHidden()
    fill(section, server.url)
    qtbot.waitUntil(lambda: not section.mine.isHidden(), timeout=10_000)
    assert sync_account(shell.ctx) is None and server.writes == []
    section.mine.click()
    qtbot.waitUntil(lambda: "Last synced" in section.last.text(), timeout=10_000)
    assert section.mine.isHidden() and section.problem.isHidden()
    assert list(drawer.kept.values()) == [PASSWORD] and section.password.text() == ""
    with shell.ctx.store.read() as work:
        assert [(each.title, each.folder) for each in work.feeds.everything()] == [("Orchard notes", "Craft")]
    section.forget.click()
    qtbot.waitUntil(lambda: sync_account(shell.ctx) is None and section.now.isHidden(), timeout=10_000)
    assert drawer.kept == {} and section.url.text() == ""
    with shell.ctx.store.read() as work:
        assert len(work.feeds.everything()) == 1


def test_a_fault_is_told_in_place_and_nothing_is_kept(
    qtbot: QtBot, shell: ShellDouble, section: SyncSection, server: ReaderServer
) -> None:
    fill(section, server.url, "wrong")
    qtbot.waitUntil(lambda: not section.mine.isHidden(), timeout=10_000)
    section.mine.click()
    qtbot.waitUntil(lambda: "did not accept" in section.problem.text(), timeout=10_000)
    assert sync_account(shell.ctx) is None and section.connect_.isEnabled() and section.mine.isHidden()


def test_a_sync_that_fails_says_so_and_can_be_tried_again(
    qtbot: QtBot, shell: ShellDouble, section: SyncSection, server: ReaderServer
) -> None:
    fill(section, server.url)
    qtbot.waitUntil(lambda: not section.mine.isHidden(), timeout=10_000)
    section.mine.click()
    qtbot.waitUntil(lambda: "Last synced" in section.last.text(), timeout=10_000)
    server.fail = {"subscription/list"}
    section.now.click()
    qtbot.waitUntil(lambda: "fault" in section.problem.text(), timeout=10_000)
    server.fail = set()
    with shell.ctx.write("") as work:
        work.feeds.add(Feed(url="https://example.invalid/kiln", title="Kiln notes"))
    section.now.click()
    qtbot.waitUntil(lambda: len(server.feeds) == 2, timeout=10_000)
    qtbot.waitUntil(lambda: section.now.isEnabled() and section.problem.isHidden(), timeout=10_000)
