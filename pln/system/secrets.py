"""The system's password store: the one place that may keep a key for us."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from pln.model.errors import KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "pln"
_LEAST_PRIORITY = 1
"""Below this, a backend is by its own account not recommended: it swallows secrets or keeps them in a plain file."""

NOTHING_LOST = "Nothing was changed; a passphrase or a recovery code works without it."


class Secrets(Protocol):
    """Keeps short texts under names. Every method may raise KeyringUnavailable, whose sentence says why."""

    def put(self, name: str, value: str) -> None: ...

    def get(self, name: str) -> str | None: ...

    def delete(self, name: str) -> None: ...


class KeyringSecrets:
    """Secret Service, KWallet, macOS Keychain or Windows Credential Locker, whichever this desktop has.

    Any call may show the desktop's own prompt and wait for the answer: never call it on the UI thread.
    backend: None finds the desktop's own at the first call, which costs about 0.2 s. not_on: that thread, by its
    `threading.get_ident()`; a call there is a mistake of ours and raises RuntimeError.
    """

    def __init__(self, backend: KeyringBackend | None = None, *, not_on: int | None = None) -> None:
        self._backend, self._not_on = backend, not_on

    def put(self, name: str, value: str) -> None:
        """Keep the value and read it back: some backends accept secrets and forget them."""
        self._refuse_thread()
        with _in_words():
            backend = self._recommended()
            backend.set_password(SERVICE, name, value)
            kept = backend.get_password(SERVICE, name)
        if kept != value:
            raise _forgetful()

    def get(self, name: str) -> str | None:
        """The value, or None where nothing is kept under this name."""
        self._refuse_thread()
        with _in_words():
            return self._recommended().get_password(SERVICE, name)

    def delete(self, name: str) -> None:
        """Forget the value. A name that is not there is no fault."""
        self._refuse_thread()
        with _in_words():
            backend = self._recommended()
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

    def _refuse_thread(self) -> None:
        if threading.get_ident() == self._not_on:
            raise RuntimeError("the password store was called on the window's thread, which must never wait for it")

    def _recommended(self) -> KeyringBackend:
        if self._backend is None:
            import keyring

            self._backend = keyring.get_keyring()
        if self._backend.priority < _LEAST_PRIORITY:
            raise _no_store()
        return self._backend


class NoSecrets:
    """For runs that are told not to use the password store: it always says that there is none."""

    def put(self, name: str, value: str) -> None:
        raise _unused()

    def get(self, name: str) -> str | None:
        raise _unused()

    def delete(self, name: str) -> None:
        raise _unused()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except KeyringUnavailable:
        raise
    except Exception as fault:  # a backend lets through whatever its desktop's library raises
        raise _unavailable(fault) from fault


def _unavailable(fault: Exception) -> KeyringUnavailable:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    match fault:
        case NoKeyringError():
            return _no_store()
        case KeyringLocked():
            return KeyringUnavailable(
                "The password store is locked", f"This computer's password store was not unlocked. {NOTHING_LOST}"
            )
        case InitError():
            return KeyringUnavailable(
                "The password store did not open",
                f"This computer's password store is not set up, or its question was closed. {NOTHING_LOST}",
            )
    return KeyringUnavailable(
        "The password store did not answer", f"This computer's password store reported a fault. {NOTHING_LOST}"
    )


def _no_store() -> KeyringUnavailable:
    return KeyringUnavailable(
        "No password store", f"This computer has no password store that can keep a key safely. {NOTHING_LOST}"
    )


def _forgetful() -> KeyringUnavailable:
    return KeyringUnavailable(
        "The password store forgets", f"This computer's password store did not keep what it was given. {NOTHING_LOST}"
    )


def _unused() -> KeyringUnavailable:
    return KeyringUnavailable(
        "The password store is not used",
        f"This run was asked not to use this computer's password store. {NOTHING_LOST}",
    )
