"""The window locks by itself: nobody there, the computer going to sleep, the screen locked, the keys in a dialog."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.preferences import preferences, save_preferences
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.program.guard import Guard
from pln.ui.program.sleep_watch import SleepWatch
from pln.ui.program.start import Start
from ui.program.whole_program import DictSecrets, new_profile, running

HERE = Path(__file__).parent


class SetClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def today(self) -> object:
        return self.at.date()


class NoSleep(SleepWatch):
    """Hears nothing but what a test tells it."""

    def begin(self) -> None:
        self.waits = False

    def hold(self) -> None:
        self.waits = True

    def let_go(self) -> None:
        self.waits = False


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets)
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def guard(start: Start, qapp: QApplication, clock: SetClock) -> Iterator[Guard]:
    made = Guard(qapp, start.locking(), clock, NoSleep(start))  # type: ignore[arg-type]
    assert start.session is not None
    made.watch(start.session)
    yield made
    made.close()


def wait(guard: Guard, clock: SetClock, minutes: float) -> None:
    for _ in range(round(minutes * 6)):
        clock.at += timedelta(seconds=10)
        guard.idle.glance()


def test_it_locks_after_the_minutes_that_its_owner_wished(
    qtbot: QtBot, start: Start, guard: Guard, clock: SetClock
) -> None:
    assert start.program is not None
    ctx = start.program.ctx
    save_preferences(ctx, replace(preferences(ctx), lock_minutes=5))
    qtbot.waitUntil(lambda: start.program is not None and start.program.wishes.lock_minutes == 5)
    wait(guard, clock, 4.5)
    assert start.locking().page is None
    with qtbot.waitSignal(start.locking().closed):
        wait(guard, clock, 1)


def test_it_never_locks_by_itself_where_that_is_wished(
    qtbot: QtBot, start: Start, guard: Guard, clock: SetClock
) -> None:
    assert start.program is not None
    ctx = start.program.ctx
    save_preferences(ctx, replace(preferences(ctx), lock_minutes=0))
    qtbot.waitUntil(lambda: start.program is not None and start.program.wishes.lock_minutes == 0)
    wait(guard, clock, 600)
    assert start.locking().page is None
    clock.at += timedelta(hours=3)
    guard.idle.glance()
    assert start.locking().page is not None, "but a computer that slept was left alone"


def test_it_is_covered_before_the_computer_may_sleep(start: Start, guard: Guard) -> None:
    covered: list[bool] = []
    guard.sleep.let_go = lambda: covered.append(start.locking().page is not None)  # type: ignore[method-assign]
    guard.sleep.going(True)
    assert covered == [True]


@pytest.mark.parametrize("signal", ["screen_locked", "session_locked"])
def test_a_locked_screen_locks_the_window(start: Start, guard: Guard, signal: str) -> None:
    if signal == "screen_locked":
        guard.sleep.screen_locked(False)
        assert start.locking().page is None
        guard.sleep.screen_locked(True)
    else:
        guard.sleep.session_locked()
    assert start.locking().page is not None


def test_the_keys_work_in_a_dialog_too(qtbot: QtBot, qapp: QApplication, start: Start, guard: Guard) -> None:
    assert start.program is not None
    start.program.log_meetup()
    dialog = start.window.findChild(LogDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: start.locking().page is not None)


# With a bus ----------------------------------------------------------------------------------------------------------


class Login1:
    """The other process, and a connection of ours to its bus."""

    def __init__(self, process: subprocess.Popen[str], bus: QDBusConnection) -> None:
        self._process, self.bus = process, bus

    def tell(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def says(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


@contextmanager
def private_bus() -> Iterator[str]:
    """Its address; the daemon ends with the block."""
    line = ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()


@pytest.fixture
def login1() -> Iterator[Login1]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    if importlib.util.find_spec("jeepney") is None:
        pytest.skip("jeepney is not installed")
    pipe = subprocess.PIPE
    with private_bus() as address:
        line = [sys.executable, str(HERE / "login1.py"), address]
        with subprocess.Popen(line, stdin=pipe, stdout=pipe, text=True) as process:
            try:
                made = Login1(process, QDBusConnection.connectToBus(address, "pln-test"))
                assert made.says() == "ready"
                yield made
            finally:
                process.terminate()
                QDBusConnection.disconnectFromBus("pln-test")


def test_the_system_waits_until_the_window_is_covered(qtbot: QtBot, login1: Login1, owner: QObject) -> None:
    told: list[str] = []
    watch = SleepWatch(owner, login1.bus, login1.bus)
    watch.leaving.connect(told.append)
    watch.begin()
    watch.hold()
    qtbot.waitUntil(lambda: watch.holds, timeout=5_000)
    said = {login1.says(), login1.says()}
    assert any(line.startswith("Inhibit ('sleep', 'PLN'") and "'delay'" in line for line in said)
    login1.tell("sleep")
    qtbot.waitUntil(lambda: told == ["the computer goes to sleep"])
    watch.let_go()
    login1.tell("eof")
    assert login1.says() == "let go"
    login1.tell("wake")
    watch.hold()
    qtbot.waitUntil(lambda: watch.holds)
    assert len(told) == 1
    watch.let_go()


def test_the_own_session_being_locked_is_heard_and_no_other(qtbot: QtBot, login1: Login1, owner: QObject) -> None:
    told: list[str] = []
    watch = SleepWatch(owner, login1.bus, login1.bus)
    watch.leaving.connect(told.append)
    watch.begin()
    assert login1.says().startswith("GetSession")
    qtbot.wait(100)  # its answer is on its way
    login1.tell("lock another")
    login1.tell("lock")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["the session was locked"]


def test_a_screen_saver_is_heard(qtbot: QtBot, login1: Login1, owner: QObject) -> None:
    told: list[str] = []
    watch = SleepWatch(owner, login1.bus, login1.bus)
    watch.leaving.connect(told.append)
    watch.begin()
    for on in (False, True):
        signal = QDBusMessage.createSignal("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
        signal.setArguments([on])
        login1.bus.send(signal)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["the screen was locked"]


def test_without_a_bus_nothing_is_asked_and_nothing_breaks(owner: QObject) -> None:
    nowhere = QDBusConnection("no such bus")
    watch = SleepWatch(owner, nowhere, nowhere)
    watch.begin()
    watch.hold()
    watch.let_go()
    assert not watch.holds
