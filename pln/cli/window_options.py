"""A command line without a verb, read without importing the verbs: the window is to be painted soon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_OPTIONS = ("--profile", "--passphrase-file")


def window_options(argv: Sequence[str]) -> tuple[Path | None, Path | None] | None:
    """(profile folder, passphrase file) where nothing but these stands in the command line, else None."""
    found: dict[str, Path] = {}
    words = list(argv)
    while words:
        name, given, value = words.pop(0).partition("=")
        if name not in _OPTIONS or (not given and not words):
            return None
        found[name] = Path(value if given else words.pop(0))
    return found.get("--profile"), found.get("--passphrase-file")
