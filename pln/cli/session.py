"""The profile a command line works on, opened when a verb first needs it."""

from __future__ import annotations

import sys
from datetime import date
from functools import cached_property
from pathlib import Path

from pln.cli.passphrase import passphrase_source
from pln.model.errors import PlnError, UsageError
from pln.services.context import Context
from pln.services.fresh import was_used
from pln.services.opening import Opened, open_profile
from pln.services.vault import NeedsPassphrase, code_kept
from pln.store.set_aside import is_waiting
from pln.system.clock import Clock, FixedClock, SystemClock
from pln.system.paths import Profile, default_profile
from pln.system.secrets import KeyringSecrets, NoSecrets, Secrets


class Session:
    """given: the profile that was named, None for the default one. passphrase_file: the passphrase on its first line.

    day: look at the profile as of this day, without asking the system's clock. tells_code: print the recovery code of
    a new profile, which is needless where it is thrown away.
    """

    def __init__(
        self, given: Path | None, passphrase_file: Path | None, day: date | None = None, *, tells_code: bool = True
    ) -> None:
        self.given = given
        self.profile = Profile(given.expanduser()) if given else default_profile()
        self.passphrase_file = passphrase_file
        self._day, self._tells_code = day, tells_code
        self._opened: Opened | None = None

    @cached_property
    def clock(self) -> Clock:
        return FixedClock.on(self._day) if self._day else SystemClock()

    @property
    def ctx(self) -> Context:
        """The open profile; one that is not there yet is begun. Raises PlnError where it cannot be opened."""
        if self._opened is None:
            self._opened = self._open()
            if self._opened.recovery_code:
                self._tell_code(self._opened.recovery_code)
        return self._opened.context

    @property
    def is_new(self) -> bool:
        """Nothing was ever kept in this profile."""
        there = self.profile.vault.exists() or self.profile.store.exists()
        return not there and not is_waiting(self.profile.root) and not was_used(self.profile)

    def need_profile(self) -> None:
        """For verbs that make no sense on a profile that is not there. Raises UsageError."""
        if self.is_new:
            raise UsageError(
                "There is no profile yet",
                f"Nothing was ever kept in {self.profile.root}. Check --profile, or add something first.",
            )

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _open(self) -> Opened:
        source = passphrase_source(self.passphrase_file, lambda: self.is_new)
        try:
            return open_profile(self.profile.create(), self._secrets, source, self.clock)
        except NeedsPassphrase as need:
            raise PlnError(
                "A passphrase is needed",
                "There is neither a password store nor a terminal to ask at. Nothing was changed. "
                "Give it with --passphrase-file FILE.",
            ) from need

    @property
    def _secrets(self) -> Secrets:
        """The keyring, but not where a passphrase file says that it shall not be asked."""
        return NoSecrets() if self.passphrase_file else KeyringSecrets()

    def _tell_code(self, code: str) -> None:
        """Standard error, so that it never mixes with an answer. Shown once, kept nowhere."""
        if self._tells_code:
            print(f"Your recovery code, shown this once. Keep it on paper: {code}", file=sys.stderr)
        code_kept(self.profile)  # nothing can be asked back here, and the window would otherwise make another one
