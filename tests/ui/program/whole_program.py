"""The whole program on a profile of its own, opened by a password store that a test can watch and close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.errors import KeyringUnavailable
from pln.services.context import Context
from pln.services.opening import open_profile
from pln.services.preferences import preferences, save_preferences
from pln.services.vault import code_kept
from pln.store.passphrase import Cost
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.settings import LookSettings
from pln.ui.frame import show_frame
from pln.ui.program.start import Start

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


class DictSecrets:
    """shut: it refuses, as a locked password store does. asked: how often something was wanted."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.shut = False
        self.asked = 0

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def get(self, name: str) -> str | None:
        self.asked += 1
        if self.shut:
            raise KeyringUnavailable("The password store is locked", "It did not give PLN its key.")
        return self.kept.get(name)

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


def new_profile(root: Path, secrets: DictSecrets, fill: Callable[[Context], object] | None = None) -> str:
    """A profile that was opened before and welcomed its owner; returns its recovery code."""
    opened = open_profile(Profile(root), secrets, None, SystemClock(), cost=CHEAP)
    save_preferences(opened.context, replace(preferences(opened.context), welcomed=True))
    if fill is not None:
        fill(opened.context)
    code_kept(opened.context.profile)
    opened.close()
    return opened.recovery_code


@contextmanager
def running(qtbot: QtBot, app: QApplication, root: Path, secrets: DictSecrets) -> Iterator[Start]:
    """The program with its window; everything ends with the block."""
    start = Start(app, show_frame(app, LookSettings()), LookSettings(), Profile(root), secrets=secrets)
    start.open_profile()
    try:
        yield start
    finally:
        ended(start)


def ended(start: Start) -> None:
    start.window.close()
    start.close()
    start.window.deleteLater()
    start.theme.remove()
    start.deleteLater()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
