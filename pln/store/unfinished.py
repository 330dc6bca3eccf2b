"""Store files that were begun and are not wanted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_WITH_A_STORE = ("", "-wal", "-shm", "-journal")


def drop_store(path: Path) -> None:
    """Remove an unfinished store file with what SQLite laid beside it."""
    for ending in _WITH_A_STORE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()
