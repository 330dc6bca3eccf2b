"""Longer texts of a command line: given in it, from a file, or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from pln.model.errors import UnreadableInput, UsageError

_LARGEST = 8 * 1024 * 1024


def text_of(given: str | None) -> str:
    """The text itself; of standard input for "-", and for None where something is piped in. "" where nothing is."""
    if given == "-" or (given is None and sys.stdin is not None and not sys.stdin.isatty()):
        return _decoded(sys.stdin.buffer.read(_LARGEST + 1), "standard input")
    return given or ""


def text_in(file: str) -> str:
    """The text of a file, or of standard input for "-". Raises UnreadableInput."""
    if file == "-":
        return text_of("-")
    path = Path(file).expanduser()
    if not path.is_file():
        raise UsageError("There is no such file", f"PLN found no file at {path}. Nothing was saved.")
    try:
        with path.open("rb") as opened:
            return _decoded(opened.read(_LARGEST + 1), path.name)
    except OSError as fault:
        raise UnreadableInput(
            "The file could not be opened", f"The system says: {fault.strerror}. Nothing was saved."
        ) from fault


def _decoded(data: bytes, name: str) -> str:
    if len(data) > _LARGEST:
        raise UnreadableInput("The text is too long", f"{name} holds more than 8 MB. Nothing was saved.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        raise UnreadableInput(
            "This is no text", f"{name} is not UTF-8. Nothing was saved. Save it as UTF-8 and try again."
        ) from fault
