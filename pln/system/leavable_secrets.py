"""A password store that nobody has to wait for: the desktop's own prompt may stand there for hours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, wait
from contextlib import suppress
from typing import Any

from pln.model.errors import KeyringUnavailable
from pln.system.secrets import NOTHING_LOST, Secrets

PATIENCE = 0.7
"""Seconds until somebody who looks at the window wants to know what is being waited for."""


class LeavableSecrets:
    """Asks another password store in a thread of its own, which is left behind where nobody waits any longer.

    waits: called in the thread of the caller when an answer takes longer than `patience` seconds. not_on: the thread
    that must never wait, by its `threading.get_ident()`: a call there is a mistake of ours and raises RuntimeError.
    """

    def __init__(
        self, asked: Secrets, *, waits: Callable[[], object] = lambda: None, patience: float = PATIENCE,
        not_on: int | None = None,
    ) -> None:  # fmt: skip
        self._asked, self._waits, self._patience, self._not_on = asked, waits, patience, not_on
        self._lock = threading.Lock()
        self._waiting: set[Future[Any]] = set()
        self._closed = False

    def put(self, name: str, value: str) -> None:
        self._ask(lambda: self._asked.put(name, value), too_late=lambda: self._asked.delete(name))

    def get(self, name: str) -> str | None:
        found: str | None = self._ask(lambda: self._asked.get(name))
        return found

    def delete(self, name: str) -> None:
        self._ask(lambda: self._asked.delete(name))

    def leave(self) -> None:
        """Whoever waits now is told at once that nobody does any longer (KeyringUnavailable). Callable anywhere."""
        with self._lock:
            left = tuple(self._waiting)
        for answer in left:
            with suppress(InvalidStateError):  # it came at the last moment
                answer.set_exception(_left())

    def close(self) -> None:
        """As `leave`, for those who come later, too: the program ends."""
        with self._lock:
            self._closed = True
        self.leave()

    def _ask(self, act: Callable[[], Any], too_late: Callable[[], object] = lambda: None) -> Any:
        if threading.get_ident() == self._not_on:
            raise RuntimeError("the password store was asked on the window's thread, which must never wait for it")
        answer: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise _left()
            self._waiting.add(answer)
        threading.Thread(target=_answer, args=(answer, act, too_late), name="pln-keyring", daemon=True).start()
        try:
            if not wait([answer], self._patience).done:
                self._waits()
            return answer.result()
        finally:
            with self._lock:
                self._waiting.discard(answer)


def _answer(answer: Future[Any], act: Callable[[], Any], too_late: Callable[[], object]) -> None:
    try:
        given = act()
    except BaseException as fault:
        with suppress(InvalidStateError):
            answer.set_exception(fault)
        return
    try:
        answer.set_result(given)
    except InvalidStateError:
        with suppress(KeyringUnavailable):
            too_late()


def _left() -> KeyringUnavailable:
    return KeyringUnavailable(
        "The password store was not waited for",
        f"PLN does not wait for this computer's password store any longer. {NOTHING_LOST}",
    )
