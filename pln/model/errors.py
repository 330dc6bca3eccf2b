"""Errors whose cause lies outside the program, told in words that the user can act on.

Anything that is not a `PlnError` is a bug of ours: it is logged and reported, and the window lives on.
"""

from __future__ import annotations

from enum import StrEnum


class PlnError(Exception):
    """A fault of the environment or of an input.

    title: a few words, no full stop ("The feed could not be read").
    sentence: what happened, that nothing was lost, and what to do.
    Neither may hold a secret or a private text: both reach logs.
    """

    exit_code = 3

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(f"{title}. {sentence}")
        self.title = title
        self.sentence = sentence


class UsageError(PlnError):
    """The call's words are off: an unknown id, an empty name, a date that is none."""

    exit_code = 2


class UnreadableInput(PlnError):
    """A file or a response is not what it says, is damaged, too large or hostile."""


class NetworkFault(PlnError):
    """The other side did not answer as agreed, or PLN refused to go there."""


class NoConnection(NetworkFault):
    """Nobody answered at all: the name leads nowhere, the server is down, or this computer is offline."""


class Trouble(StrEnum):
    """What is the matter with a store, so that the right way back can be offered."""

    DAMAGED = "damaged"
    EMPTY = "empty"
    STORE_MISSING = "store missing"
    KEYS_MISSING = "keys missing"
    KEYS_DAMAGED = "keys damaged"
    NEWER = "newer"
    READ_ONLY = "read-only"
    IN_USE = "in use"
    FULL = "full"
    OTHER = "other"


class StoreFault(PlnError):
    """The store cannot be opened or written: wrong key, plain or newer file, full disk, read-only place."""

    def __init__(self, title: str, sentence: str, trouble: Trouble = Trouble.OTHER) -> None:
        super().__init__(title, sentence)
        self.trouble = trouble


class WrongSecret(StoreFault):
    """A passphrase, recovery code or keyring secret does not open the vault."""


class KeyringUnavailable(PlnError):
    """The system's password store is missing, locked, dismissed, or does not keep what it is given."""


class Cancelled(Exception):
    """Background work ended because the user cancelled it; what was done until then is kept."""
