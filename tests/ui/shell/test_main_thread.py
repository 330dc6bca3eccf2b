from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.ui.main_thread import MainThread


def test_calls_come_home_in_their_order(qtbot: QtBot) -> None:
    home = MainThread()
    seen: list[tuple[int, bool]] = []

    def work() -> None:
        for n in range(20):
            home.post(lambda n=n: seen.append((n, QThread.isMainThread())))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == [(n, True) for n in range(20)]


def test_after_closing_nothing_runs(qapp: QApplication) -> None:
    home = MainThread()
    ran: list[int] = []
    home.post(lambda: ran.append(1))
    home.close()
    home.post(lambda: ran.append(2))
    QCoreApplication.sendPostedEvents()
    assert ran == []


class _Sender(QObject):
    told = Signal(bool)


def test_emitting_does_not_lose_references(qapp: QApplication) -> None:
    """PySide6 6.12.0 dropped a reference to True at every emit, until the interpreter aborted."""
    sender = _Sender()
    before = sys.getrefcount(True)
    for _ in range(100):
        sender.told.emit(True)
    assert sys.getrefcount(True) > before - 50
