from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.context import Context
from pln.ui.journal.commands import commands
from pln.ui.journal.place import JournalPlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from store_fixtures import context, store
from ui.shell_double import ShellDouble, shell_of

__all__ = ["context", "store"]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, context: Context) -> Iterator[ShellDouble]:
    with shell_of(context, theme, {PlaceId.JOURNAL: JournalPlace}, commands) as made:
        yield made
