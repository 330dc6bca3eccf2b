"""Nobody there for so long, and a computer that slept: told by a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pln.ui.program.idle import IdleWatch


class Hands:
    """A watch over one window, and a clock that goes on by glances of ten seconds."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.told: list[bool] = []
        self.window = window
        self._owner = QObject(window)
        self.watch = IdleWatch(app, lambda: self.now, self.told.append, self._owner)

    def wait(self, minutes: float) -> None:
        for _ in range(round(minutes * 6)):
            self.now += timedelta(seconds=10)
            self.watch.glance()

    def touch(self) -> None:
        QTest.mouseMove(self.window.windowHandle(), QPoint(20, 20))
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_A)


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication) -> Hands:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = Hands(qapp, window)
    made.watch.begin(10)
    yield made
    made.watch.stop()


def test_it_is_told_when_nobody_touched_anything(hands: Hands) -> None:
    hands.wait(9.5)
    assert hands.told == []
    hands.wait(1)
    assert hands.told == [False]


def test_a_touch_begins_the_time_anew(hands: Hands) -> None:
    hands.wait(9)
    hands.touch()
    hands.wait(9)
    assert hands.told == []
    hands.wait(2)
    assert hands.told == [False]


def test_a_window_that_comes_later_counts_too(hands: Hands, qtbot: QtBot, qapp: QApplication) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    qtbot.waitExposed(other)
    qapp.focusWindowChanged.emit(other.windowHandle())  # what a window manager does
    hands.wait(9)
    QTest.keyClick(other.windowHandle(), Qt.Key.Key_A)
    hands.wait(9)
    assert hands.told == []


def test_never_is_never_but_a_sleep_is_noticed(hands: Hands) -> None:
    hands.watch.begin(0)
    hands.wait(600)
    assert hands.told == []
    hands.now += timedelta(hours=2)
    hands.watch.glance()
    assert hands.told == [True]


def test_a_clock_set_back_tells_nothing(hands: Hands) -> None:
    hands.wait(5)
    hands.now -= timedelta(days=1)
    hands.wait(9)
    assert hands.told == []
    hands.wait(2)
    assert hands.told == [False]
