"""Words that open the store, for verbs that change what does: those in force, and new ones."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pln.cli.passphrase import from_file, passphrase_source
from pln.cli.session import Session
from pln.model.errors import PlnError, UsageError
from pln.services.context import Context
from pln.services.safety import NeedsPassphrase, is_code_kept, ways

T = TypeVar("T")

NAMES = {
    "keyring": "this computer's password store",
    "passphrase": "the passphrase",
    "recovery": "the recovery code",
}

WAYS_SHAPE = {
    "ways": "what opens the store: keyring, passphrase, recovery",
    "code_kept": "false where nobody has said or shown yet that the recovery code is kept",
}


def told_ways(ctx: Context) -> Mapping[str, Any]:
    return {"ways": sorted(ways(ctx)), "code_kept": is_code_kept(ctx)}


def proved(session: Session, job: Callable[[str], T]) -> T:
    """Do what needs the key of the store: job gets "" where the password store may vouch, else the words in force."""
    if session.passphrase_file is None:
        try:
            return job("")
        except NeedsPassphrase:
            pass
    return job(words_in_force(session))


def words_in_force(session: Session) -> str:
    """Of the passphrase file, else asked for at the terminal."""
    source = passphrase_source(session.passphrase_file, lambda: False)
    if source is None:
        raise _nobody_to_ask("--passphrase-file")
    return source()


def new_words(file: Path | None) -> str:
    """Of the first line of a file, else asked for twice at the terminal."""
    if file is not None:
        return from_file(file)
    if sys.stdin is None or not sys.stdin.isatty():
        raise _nobody_to_ask("--new-file")
    first = getpass.getpass("New passphrase (8 characters or more): ")
    if getpass.getpass("The same once more: ") != first:
        raise UsageError("The two differ", "Nothing was changed. Run the command again.")
    return first


def _nobody_to_ask(option: str) -> PlnError:
    return PlnError(
        "A passphrase is needed",
        f"There is no terminal to ask at. Nothing was changed. Give it with {option} FILE.",
    )
