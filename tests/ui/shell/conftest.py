from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.ui.main_window import MainWindow
from pln.ui.theme import Mode, Theme
from ui.shell.gallery import build


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    made = build(theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made
