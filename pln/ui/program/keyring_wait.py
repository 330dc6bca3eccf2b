"""The password store as the window uses it: never on the window's thread, and never waited for against one's will."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from pln.system.leavable_secrets import PATIENCE, LeavableSecrets
from pln.system.secrets import KeyringSecrets, NoSecrets, Secrets
from pln.ui.main_thread import MainThread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class KeyringWait:
    """Create it on the window's thread. Hand `secrets` to whatever opens the vault, off that thread.

    Where the password store takes long while `opening()` is True, `show` gets a page that says so. "Use my passphrase
    instead" ends the wait: the opening ends with NeedsPassphrase, and `asks` is False until `ask_again`.
    """

    def __init__(
        self, home: MainThread, show: Callable[[QWidget], object], opening: Callable[[], bool], *,
        used: bool = True, asked: Secrets | None = None, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        """used: False for runs that are told not to use the password store. asked: another store than the desktop's."""
        here = threading.get_ident()
        self._home, self._show, self._opening = home, show, opening
        self.asks = used
        self._used = used
        store = asked or (KeyringSecrets(not_on=here) if used else NoSecrets())
        self.secrets = LeavableSecrets(store, waits=self._waits, patience=patience, not_on=here)

    def ask_again(self) -> None:
        """The user wants the password store to be asked after all."""
        self.asks = self._used

    def leave(self) -> None:
        """Whoever waits for the password store now is told that nobody does any longer."""
        self.secrets.leave()

    def close(self) -> None:
        """Whoever waits for the password store, or begins to, is told that nobody does any longer: PLN ends."""
        self.secrets.close()

    def _waits(self) -> None:
        self._home.post(self._tell)

    def _tell(self) -> None:
        if not self._opening():
            return
        from pln.ui.unlock.waiting_page import WaitingPage

        self._show(WaitingPage(self._use_words))

    def _use_words(self) -> None:
        self.asks = False
        self.leave()
