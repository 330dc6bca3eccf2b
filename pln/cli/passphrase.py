"""The passphrase of a command line: from a file, or asked for at a terminal."""

from __future__ import annotations

import getpass
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from pln.model.errors import UsageError

_LONGEST = 64 * 1024
_OPEN_ALREADY = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # as a shell hands over a pipe


def passphrase_source(file: Path | None, first_time: Callable[[], bool]) -> Callable[[], str] | None:
    """How to get the passphrase; None where there is neither a file nor a terminal.

    first_time: whether a new passphrase is to be chosen, which is asked for twice.
    """
    if file is not None:
        return lambda: from_file(file)
    if sys.stdin is not None and sys.stdin.isatty():
        return lambda: chosen() if first_time() else getpass.getpass("Passphrase or recovery code: ")
    return None


def from_file(path: Path) -> str:
    """The first line of a file, blanks and all, without its line end. Raises UsageError where it cannot be read."""
    try:
        if not (stat.S_ISREG(path.stat().st_mode) or str(path).startswith(_OPEN_ALREADY)):
            raise OSError("no regular file, and whoever waits for one could wait forever")
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The passphrase file cannot be read",
            f"PLN needs a text file in UTF-8 at {path}. Nothing was changed. Check its name and its permissions.",
        ) from fault
    first = text.split("\n", 1)[0].removesuffix("\r")
    if not first:
        raise UsageError("The passphrase file is empty", f"The passphrase stands on the first line of {path}.")
    return first


def chosen() -> str:
    """A new passphrase, typed twice. Raises UsageError where the two differ."""
    print("Choose a passphrase: this profile is new, and everything in it will be encrypted with it.", file=sys.stderr)
    first = getpass.getpass("Passphrase (8 characters or more): ")
    if getpass.getpass("The same once more: ") != first:
        raise UsageError("The two differ", "Nothing was made. Run the command again.")
    return first
