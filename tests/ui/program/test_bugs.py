"""A bug that nobody caught is told once in the window, without its words, from whichever thread it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.context import Context
from pln.ui.main_window import MainWindow
from pln.ui.program.bugs import Bugs
from pln.ui.theme import Mode, Theme
from store_fixtures import context, store
from ui.shell_double import shell_of

__all__ = ["context", "store"]

Heard = list[Callable[[BaseException], object]]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, context: Context, tmp_path: Path) -> Iterator[MainWindow]:
    theme = Theme.install(qapp, Mode.LIGHT)
    with shell_of(context, theme, {}, lambda _shell: ()) as shell:
        yield shell.window()
    theme.remove()


def listened(heard: Heard) -> Callable[[Callable[[BaseException], object]], Callable[[], None]]:
    def listen(tell: Callable[[BaseException], object]) -> Callable[[], None]:
        heard.append(tell)
        return lambda: heard.remove(tell)

    return listen


def test_it_is_told_once_from_any_thread(qtbot: QtBot, window: MainWindow) -> None:
    heard: Heard = []
    bugs = Bugs(window, listened(heard))
    threads = [Thread(target=heard[0], args=(ValueError("zqcanary"),)) for _ in range(3)]
    for each in threads:
        each.start()
        each.join()
    heard[0](ValueError("zqcanary"))
    qtbot.waitUntil(lambda: bool(window.toasts.texts()))
    QCoreApplication.processEvents()
    (told,) = window.toasts.texts()
    assert "Something went wrong inside PLN" in told and "zqcanary" not in told
    bugs.end()
    assert heard == []


def test_a_covered_window_says_nothing(qtbot: QtBot, window: MainWindow) -> None:
    heard: Heard = []
    bugs = Bugs(window, listened(heard))
    window.toasts.veil(True)
    heard[0](ValueError())
    QCoreApplication.processEvents()
    assert window.toasts.texts() == []
    bugs.end()
