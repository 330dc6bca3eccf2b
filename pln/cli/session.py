"""The profile a command line works on, opened when a verb first needs it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

from pln.model.errors import UsageError
from pln.services.context import Context
from pln.services.opening import Opened, open_profile
from pln.system.clock import Clock, FixedClock, SystemClock
from pln.system.paths import Profile, default_profile
from pln.system.secrets import KeyringSecrets, NoSecrets, Secrets


class Session:
    """profile: where the owner's data lies. passphrase_file: holds the passphrase on its first line."""

    def __init__(self, profile: Path | None, passphrase_file: Path | None, day: date | None = None) -> None:
        self.profile = Profile(profile) if profile else default_profile()
        self._passphrase_file = passphrase_file
        self._day = day
        self._opened: Opened | None = None

    @cached_property
    def clock(self) -> Clock:
        return FixedClock.on(self._day) if self._day else SystemClock()

    @property
    def ctx(self) -> Context:
        """The open profile. Raises PlnError where it cannot be opened."""
        if self._opened is None:
            self._opened = open_profile(self.profile.create(), self.secrets, self.passphrase, self.clock)
            if self._opened.recovery_code:
                self._tell_code(self._opened.recovery_code)
        return self._opened.context

    @property
    def secrets(self) -> Secrets:
        """The keyring, but not where a passphrase file says that it shall not be asked."""
        return NoSecrets() if self._passphrase_file else KeyringSecrets()

    @property
    def passphrase(self) -> Callable[[], str] | None:
        """From the file, else asked for at a terminal, else None."""
        if self._passphrase_file is not None:
            return self._from_file
        if sys.stdin is not None and sys.stdin.isatty():
            return lambda: getpass.getpass("Passphrase for PLN: ")
        return None

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _from_file(self) -> str:
        assert self._passphrase_file is not None
        try:
            first = self._passphrase_file.read_text("utf-8").splitlines()[:1]
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "The passphrase file cannot be read", f"PLN needs a text file at {self._passphrase_file}."
            ) from error
        return first[0] if first else ""

    @staticmethod
    def _tell_code(code: str) -> None:
        """Standard error, so that it never mixes with an answer. Shown once, kept nowhere."""
        print(f"Your recovery code, shown this once. Keep it on paper: {code}", file=sys.stderr)
