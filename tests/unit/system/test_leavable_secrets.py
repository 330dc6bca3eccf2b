"""A prompt of the desktop that nobody answers keeps nobody waiting, and what comes too late changes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from pln.model.errors import KeyringUnavailable
from pln.system.leavable_secrets import LeavableSecrets
from pln.system.secrets import KeyringSecrets


class Prompting:
    """A password store whose desktop asks first; it answers when `answered` is set."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.asked, self.answered, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.fault: BaseException | None = None

    def _prompt(self) -> None:
        self.asked.set()
        assert self.answered.wait(10)
        if self.fault is not None:
            raise self.fault

    def put(self, name: str, value: str) -> None:
        self._prompt()
        self.kept[name] = value
        self.ended.set()

    def get(self, name: str) -> str | None:
        self._prompt()
        self.ended.set()
        return self.kept.get(name)

    def delete(self, name: str) -> None:
        self._prompt()
        self.kept.pop(name, None)


@pytest.fixture
def prompting() -> Iterator[Prompting]:
    made = Prompting()
    yield made
    made.answered.set()
    for thread in threading.enumerate():
        if thread.name == "pln-keyring":
            thread.join(5)


@contextmanager
def calling(call: Callable[[], object]) -> Iterator[Future[object]]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(call)


def test_an_answer_comes_through(prompting: Prompting) -> None:
    prompting.answered.set()
    secrets = LeavableSecrets(prompting)
    secrets.put("a", "b")
    assert secrets.get("a") == "b"
    secrets.delete("a")
    assert secrets.get("a") is None


def test_a_fault_comes_through(prompting: Prompting) -> None:
    prompting.answered.set()
    prompting.fault = KeyringUnavailable("The password store is locked", "It was not unlocked.")
    with pytest.raises(KeyringUnavailable, match="locked"):
        LeavableSecrets(prompting).get("a")


def test_who_waits_long_is_told_once_and_gets_the_answer(prompting: Prompting) -> None:
    told: list[str] = []
    prompting.kept["a"] = "b"
    secrets = LeavableSecrets(prompting, waits=lambda: told.append("long"), patience=0.01)
    with calling(lambda: secrets.get("a")) as answer:
        while not told:
            time.sleep(0.005)
        prompting.answered.set()
        assert answer.result(5) == "b"
    assert told == ["long"]


def test_a_quick_answer_tells_nobody(prompting: Prompting) -> None:
    prompting.answered.set()
    LeavableSecrets(prompting, waits=lambda: pytest.fail("nobody waited"), patience=5).get("a")


@pytest.mark.parametrize("end", ["leave", "close"])
def test_nobody_has_to_wait(prompting: Prompting, end: str) -> None:
    secrets = LeavableSecrets(prompting)
    with calling(lambda: secrets.get("a")) as answer:
        assert prompting.asked.wait(5)
        start = time.perf_counter()
        getattr(secrets, end)()
        with pytest.raises(KeyringUnavailable, match="not waited for"):
            answer.result(5)
    assert time.perf_counter() - start < 1


def test_after_leaving_it_can_be_asked_again_but_not_after_closing(prompting: Prompting) -> None:
    secrets = LeavableSecrets(prompting)
    secrets.leave()
    prompting.answered.set()
    assert secrets.get("a") is None
    secrets.close()
    with pytest.raises(KeyringUnavailable, match="not waited for"):
        secrets.get("a")


def test_what_is_kept_too_late_is_taken_back(prompting: Prompting) -> None:
    secrets = LeavableSecrets(prompting)
    with calling(lambda: secrets.put("a", "b")) as answer:
        assert prompting.asked.wait(5)
        secrets.leave()
        with pytest.raises(KeyringUnavailable):
            answer.result(5)
    prompting.answered.set()
    assert prompting.ended.wait(5)
    deadline = time.monotonic() + 5
    while prompting.kept and time.monotonic() < deadline:
        time.sleep(0.005)
    assert prompting.kept == {}


def test_a_prompt_never_keeps_the_process_alive(prompting: Prompting) -> None:
    secrets = LeavableSecrets(prompting)
    with calling(lambda: secrets.get("a")):
        assert prompting.asked.wait(5)
        (thread,) = [one for one in threading.enumerate() if one.name == "pln-keyring"]
        assert thread.daemon
        secrets.leave()


def test_the_windows_thread_never_waits(prompting: Prompting) -> None:
    here = threading.get_ident()
    for secrets in (LeavableSecrets(prompting, not_on=here), KeyringSecrets(not_on=here)):
        for call in (lambda s=secrets: s.put("a", "b"), lambda s=secrets: s.get("a"), lambda s=secrets: s.delete("a")):
            with pytest.raises(RuntimeError, match="window's thread"):
                call()
    assert not prompting.asked.is_set()
