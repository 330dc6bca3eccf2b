"""The password store at a start of the whole program: its four ways to fail, a prompt nobody answers, and leaving."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from architecture.source_tree import dotted, modules
from pln.model.errors import KeyringUnavailable
from pln.services import vault
from pln.services.vault import code_unseen
from pln.store.passphrase import Cost
from pln.system.paths import Profile
from pln.system.secrets import KeyringSecrets
from pln.ui.program.start import Start
from pln.ui.unlock.pages import PassphrasePage, RecoveryCodePage
from pln.ui.unlock.waiting_page import WaitingPage
from ui.program.whole_program import DictSecrets, new_profile, running
from ui.today.test_today_place import press, texts
from unit.system.test_keyring_secrets import Failing

WORDS = "a quiet morning"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "calibrated", lambda _timer: Cost(memory_kib=8, iterations=1, lanes=1))


class Prompting(DictSecrets):
    """Its desktop asks first, and nobody answers until `answered` is set."""

    def __init__(self, kept: dict[str, str] | None = None) -> None:
        super().__init__()
        self.kept = kept if kept is not None else {}
        self.answered = threading.Event()
        self.ended = threading.Event()

    def put(self, name: str, value: str) -> None:
        self._prompt()
        super().put(name, value)
        self.ended.set()

    def get(self, name: str) -> str | None:
        self._prompt()
        self.ended.set()
        return super().get(name)

    def _prompt(self) -> None:
        assert self.answered.wait(30)


@pytest.fixture
def prompting() -> Iterator[Prompting]:
    made = Prompting()
    yield made
    made.answered.set()
    for thread in threading.enumerate():
        if thread.name == "pln-keyring":
            thread.join(5)


def shown(start: Start, kind: type) -> bool:
    return isinstance(start.pages.shown, kind)


def opens_with(qtbot: QtBot, start: Start, words: str) -> None:
    page = start.pages.shown
    assert isinstance(page, PassphrasePage)
    page._field.setText(words)
    page._again.setText(words)
    page._go.click()
    qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)


# What it says --------------------------------------------------------------------------------------------------------

FAILURES = pytest.mark.parametrize(
    ("backend", "words"),
    [
        (fail.Keyring(), "no password store that can keep a key safely"),
        (Failing(InitError("Prompt dismissed..")), "not set up, or its question was closed"),
        (Failing(KeyringLocked("Failed to unlock the collection!")), "was not unlocked"),
        (null.Keyring(), "no password store that can keep a key safely"),
    ],
    ids=["absent", "dismissed", "locked", "null"],
)


@FAILURES
def test_a_first_start_says_why_it_asks(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, backend: object, words: str
) -> None:
    with running(qtbot, qapp, tmp_path / "me", KeyringSecrets(backend)) as start:  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=20_000)
        seen = texts(start.pages.shown)
        assert words in seen and "Nothing was changed" in seen and "Choose a passphrase" in seen
        opens_with(qtbot, start, WORDS)
        qtbot.waitUntil(lambda: shown(start, RecoveryCodePage), timeout=20_000)


@FAILURES
def test_a_later_start_says_why_it_asks(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, backend: object, words: str
) -> None:
    code = new_profile(tmp_path / "me", DictSecrets())
    with running(qtbot, qapp, tmp_path / "me", KeyringSecrets(backend)) as start:  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=20_000)
        seen = texts(start.pages.shown)
        assert words in seen and "Nothing was changed" in seen and "Welcome back" in seen
        opens_with(qtbot, start, code)


def test_a_password_store_that_lost_its_part_is_told(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    code = new_profile(tmp_path / "me", DictSecrets())
    other = DictSecrets()
    with running(qtbot, qapp, tmp_path / "me", other) as start:
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=20_000)
        assert "does not know this profile" in texts(start.pages.shown)
        opens_with(qtbot, start, code)
    assert len(other.kept) == 1, "and it was given its part anew"


def test_it_can_be_asked_once_more(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "me", secrets)
    secrets.shut = True
    with running(qtbot, qapp, tmp_path / "me", secrets) as start:
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=20_000)
        secrets.shut = False
        press(qtbot, start.pages.shown, "Ask the password store again")
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)


# A prompt that nobody answers ----------------------------------------------------------------------------------------


def test_words_open_the_store_while_the_desktop_still_asks(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, prompting: Prompting
) -> None:
    there = DictSecrets()
    code = new_profile(tmp_path / "me", there)
    prompting.kept = there.kept
    with running(qtbot, qapp, tmp_path / "me", prompting) as start:
        qtbot.waitUntil(lambda: shown(start, WaitingPage), timeout=20_000)
        press(qtbot, start.pages.shown, "Use my passphrase instead")
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=5_000)
        opens_with(qtbot, start, code)
        program = start.program
        prompting.answered.set()
        assert prompting.ended.wait(5)
        qtbot.wait(50)
        assert start.program is program, "an answer that comes too late changes nothing"


def test_an_answer_goes_on_by_itself(qtbot: QtBot, qapp: QApplication, tmp_path: Path, prompting: Prompting) -> None:
    there = DictSecrets()
    new_profile(tmp_path / "me", there)
    prompting.kept = there.kept
    with running(qtbot, qapp, tmp_path / "me", prompting) as start:
        qtbot.waitUntil(lambda: shown(start, WaitingPage), timeout=20_000)
        prompting.answered.set()
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)
        qtbot.waitUntil(lambda: start.pages.shown is None)


def test_a_first_start_need_not_wait_either(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, prompting: Prompting
) -> None:
    """The late answer must not make a second vault over the one that the passphrase made."""
    with running(qtbot, qapp, tmp_path / "me", prompting) as start:
        qtbot.waitUntil(lambda: shown(start, WaitingPage), timeout=20_000)
        press(qtbot, start.pages.shown, "Use my passphrase instead")
        qtbot.waitUntil(lambda: shown(start, PassphrasePage), timeout=5_000)
        opens_with(qtbot, start, WORDS)
        written = Profile(tmp_path / "me").vault.read_bytes()
        prompting.answered.set()
        assert prompting.ended.wait(5)
        qtbot.waitUntil(lambda: not prompting.kept, timeout=5_000)
        assert Profile(tmp_path / "me").vault.read_bytes() == written


def test_a_locked_window_opens_by_words_while_the_desktop_still_asks(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, prompting: Prompting
) -> None:
    there = DictSecrets()
    code = new_profile(tmp_path / "me", there)
    prompting.kept = there.kept
    prompting.answered.set()
    with running(qtbot, qapp, tmp_path / "me", prompting) as start:
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)
        start.lock()
        qtbot.waitUntil(lambda: start.session is None, timeout=20_000)
        prompting.answered.clear()
        locked = start.locking().page
        assert locked is not None
        locked.keyring.click()
        qtbot.waitUntil(lambda: shown(start, WaitingPage), timeout=20_000)
        press(qtbot, start.pages.shown, "Use my passphrase instead")
        qtbot.waitUntil(lambda: start.locking().page is not None and start.locking().page.go.isEnabled(), timeout=5_000)
        locked = start.locking().page
        assert not shown(start, WaitingPage) and locked.isVisible()
        locked.field.setText(code)
        locked.go.click()
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)


@pytest.mark.parametrize("page", [False, True], ids=["at once", "at the page"])
def test_closing_does_not_wait_for_the_prompt(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, prompting: Prompting, page: bool
) -> None:
    new_profile(tmp_path / "me", DictSecrets())
    with running(qtbot, qapp, tmp_path / "me", prompting) as start:
        if page:
            qtbot.waitUntil(lambda: shown(start, WaitingPage), timeout=20_000)
        else:
            qtbot.waitUntil(lambda: any(one.name == "pln-keyring" for one in threading.enumerate()), timeout=20_000)
        began = time.perf_counter()
    assert time.perf_counter() - began < 1
    assert all(one.daemon for one in threading.enumerate() if one.name == "pln-keyring")


# The code, and the clipboard -----------------------------------------------------------------------------------------


def test_a_start_that_is_ended_at_the_code_shows_another_one(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets, seen = DictSecrets(), []
    for _start in range(2):
        with running(qtbot, qapp, tmp_path / "me", secrets) as start:
            qtbot.waitUntil(lambda start=start: shown(start, RecoveryCodePage), timeout=20_000)
            seen.append(start.pages.shown.code.shown.text())
    assert seen[0] != seen[1] and code_unseen(Profile(tmp_path / "me"))
    with running(qtbot, qapp, tmp_path / "me", secrets) as start:
        qtbot.waitUntil(lambda: shown(start, RecoveryCodePage), timeout=20_000)
        page = start.pages.shown
        qtbot.keyClicks(page.code.typed, page.code.shown.text()[:4])
        press(qtbot, page, "I have kept it")
        assert not code_unseen(Profile(tmp_path / "me"))
    with running(qtbot, qapp, tmp_path / "me", secrets) as start:
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)
        assert not shown(start, RecoveryCodePage)


def test_the_code_leaves_the_clipboard_with_the_program(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with running(qtbot, qapp, tmp_path / "me", DictSecrets()) as start:
        qtbot.waitUntil(lambda: shown(start, RecoveryCodePage), timeout=20_000)
        press(qtbot, start.pages.shown, "Copy for a minute")
        assert QGuiApplication.clipboard().text()
    assert QGuiApplication.clipboard().text() == ""


def test_the_code_leaves_the_clipboard_when_pln_is_locked(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with running(qtbot, qapp, tmp_path / "me", DictSecrets()) as start:
        qtbot.waitUntil(lambda: shown(start, RecoveryCodePage), timeout=20_000)
        press(qtbot, start.pages.shown, "Copy for a minute")
        start.lock()
        assert QGuiApplication.clipboard().text() == ""


# The window's thread -------------------------------------------------------------------------------------------------


def test_the_window_makes_no_password_store_that_its_own_thread_could_ask() -> None:
    """Every KeyringSecrets of the window is told which thread must never call it."""
    import ast

    made = [
        (module.at(call), {given.arg for given in call.keywords})
        for module in modules() if module.within("pln.ui", "pln.app")
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and dotted(call.func).endswith("KeyringSecrets")
    ]  # fmt: skip
    assert made and all("not_on" in given for _place, given in made), made


def test_the_store_that_the_window_uses_refuses_its_thread(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    new_profile(tmp_path / "me", secrets := DictSecrets())
    with running(qtbot, qapp, tmp_path / "me", secrets) as start:
        qtbot.waitUntil(lambda: start.session is not None, timeout=20_000)
        with pytest.raises(RuntimeError, match="window's thread"):
            start.program.ctx.secrets.get("kek:1")


def test_a_left_wait_is_told_in_words() -> None:
    from pln.system.leavable_secrets import LeavableSecrets

    secrets = LeavableSecrets(DictSecrets())
    secrets.close()
    with pytest.raises(KeyringUnavailable, match=r"not waited for.*Nothing was changed"):
        secrets.get("kek:1")
