"""One window for a profile: a second start brings the first forward, however many there are, and after a crash too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.system.instance import acquire, holder, is_window, let_go, stay, stays, take_for_window
from pln.system.paths import Profile
from pln.ui.program.one_window import OneWindow, server_name
from pln.ui.program.start import Start
from ui.program.whole_program import DictSecrets, new_profile, running


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = Profile(tmp_path / "p").create()
    yield made
    let_go(made)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets)
    assert take_for_window(Profile(tmp_path / "p"))
    with running(qtbot, qapp, tmp_path / "p", secrets) as made:
        qtbot.waitUntil(lambda: made.program is not None, timeout=20_000)
        yield made


ASK = """
import sys
from pathlib import Path
from pln.system.paths import Profile
from pln.ui.program.one_window import ask_first
print(ask_first(Profile(Path(sys.argv[1])), 0))
"""


def asked(qtbot: QtBot, profile: Profile) -> bool:
    """Ask from another process, while the window's own loop goes on."""
    line = [sys.executable, "-c", ASK, str(profile.root)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as asking:
        qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
        assert asking.stdout is not None
        return asking.stdout.read() == "True\n"


def test_the_window_comes_forward(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: Path(server_name(start.profile)).exists(), timeout=5_000)
    start.window.showMinimized()
    qtbot.waitUntil(start.window.isMinimized)
    assert asked(qtbot, start.profile)
    qtbot.waitUntil(lambda: not start.window.isMinimized() and start.window.isVisible())


def test_a_locked_window_comes_forward_locked(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: Path(server_name(start.profile)).exists(), timeout=5_000)
    with qtbot.waitSignal(start.locking().closed):
        start.lock()
    start.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert asked(qtbot, start.profile)
    qtbot.waitUntil(lambda: not start.window.isMinimized())
    page = start.locking().page
    assert page is not None
    assert page.isVisible()
    assert start.session is None


@pytest.mark.parametrize("said", [b"", b"open /etc/passwd", b"raise everything", b"\x00" * 100_000, b"RAISE\n"])
def test_nothing_else_is_listened_to(qtbot: QtBot, profile: Profile, said: bytes) -> None:
    take_for_window(profile)
    came: list[bool] = []
    listener = OneWindow(profile, lambda: came.append(True), QApplication.instance())  # type: ignore[arg-type]
    socket = QLocalSocket()
    socket.connectToServer(server_name(profile))
    assert socket.waitForConnected(1000)
    socket.write(said)
    socket.flush()
    qtbot.wait(100)
    assert came == []
    socket.abort()
    listener.close()
    listener.deleteLater()


def test_what_wayland_asks_for_is_handed_over(qtbot: QtBot, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    take_for_window(profile)
    tokens: list[str] = []
    listener = OneWindow(
        profile,
        lambda: tokens.append(os.environ["XDG_ACTIVATION_TOKEN"]),
        QApplication.instance(),  # type: ignore[arg-type]
    )
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "pressed-icon-7")
    assert asked(qtbot, profile)
    assert tokens == ["pressed-icon-7"]
    listener.close()
    listener.deleteLater()


def test_what_a_crash_left_is_replaced(qtbot: QtBot, profile: Profile) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from pln.ui.program.one_window import OneWindow; from pln.system.instance import take_for_window\n"
        "from pln.system.paths import Profile\n"
        "app = QCoreApplication([]); p = Profile(Path(sys.argv[1])); take_for_window(p)\n"
        "OneWindow(p, lambda: None, app); print('up', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(profile.root)], stdin=pipe, stdout=pipe, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "up\n"
        assert not take_for_window(profile)
        first.send_signal(signal.SIGKILL)
    assert Path(server_name(profile)).exists()
    assert take_for_window(profile)
    assert holder(profile.lock) == os.getpid()
    listener = OneWindow(profile, lambda: None, QApplication.instance())  # type: ignore[arg-type]
    assert listener.listening
    assert asked(qtbot, profile)
    listener.close()
    listener.deleteLater()


def test_profiles_have_sockets_of_their_own(profile: Profile, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(profile.root)
    assert server_name(profile) == server_name(Profile(tmp_path / "link"))
    assert server_name(profile) != server_name(Profile(tmp_path / "other"))


# The lock ------------------------------------------------------------------------------------------------------------


def test_a_window_keeps_the_profile_between_two_openings(profile: Profile) -> None:
    assert take_for_window(profile)
    assert stays(profile)
    with acquire(profile):
        pass
    assert _taken_by_another(profile) == "in use"
    let_go(profile)
    assert _taken_by_another(profile) == "taken"


def test_a_window_says_that_it_is_one(profile: Profile) -> None:
    with acquire(profile):
        assert not is_window(profile.lock)
    stay(profile)
    with acquire(profile):
        assert is_window(profile.lock)
        assert holder(profile.lock) == os.getpid()


def test_letting_go_while_it_is_used_frees_it_afterwards(profile: Profile) -> None:
    stay(profile)
    lock = acquire(profile)
    let_go(profile)
    assert _taken_by_another(profile) == "in use"
    lock.release()
    assert _taken_by_another(profile) == "taken"


def _taken_by_another(profile: Profile) -> str:
    code = (
        "import sys; from pathlib import Path; from pln.system.instance import take_for_window\n"
        "from pln.system.paths import Profile\n"
        "print('taken' if take_for_window(Profile(Path(sys.argv[1]))) else 'in use')"
    )
    line = [sys.executable, "-c", code, str(profile.root)]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()


# The program itself --------------------------------------------------------------------------------------------------


@contextmanager
def programs(root: Path, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many starts of the program at once, offscreen. What still runs is ended with the block."""
    (root / "pf").write_text("a calm sentence\n")
    line = [sys.executable, "-m", "pln", "--profile", str(root / "p"), "--passphrase-file", str(root / "pf")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with ExitStack() as stack:
        started = [stack.enter_context(subprocess.Popen(line, env=environment)) for _ in range(count)]
        try:
            yield started
        finally:
            for each in started:
                if each.poll() is None:
                    each.terminate()


def _ended(started: list[subprocess.Popen[bytes]]) -> list[int]:
    return [code for each in started if (code := each.poll()) is not None]


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are posix")
@pytest.mark.parametrize("count", [4, pytest.param(20, marks=pytest.mark.long)])
def test_of_many_starts_at_once_one_window_stays(tmp_path: Path, count: int) -> None:
    with programs(tmp_path, count) as started:
        until = time.monotonic() + 60
        while len(_ended(started)) < count - 1 and time.monotonic() < until:
            time.sleep(0.05)
        assert _ended(started) == [0] * (count - 1)
        (first,) = [each for each in started if each.poll() is None]
        first.terminate()
        assert first.wait(timeout=20) == 0
