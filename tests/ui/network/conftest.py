from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pln.services.context import Context
from pln.ui.network.commands import commands
from pln.ui.network.place import NetworkPlace
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
def shell(qtbot: object, theme: Theme, context: Context) -> Iterator[ShellDouble]:
    """With the store as the test filled it before the place is shown."""
    with shell_of(context, theme, {PlaceId.NETWORK: NetworkPlace}, commands) as made:
        yield made
