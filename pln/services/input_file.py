"""The bytes of a file that somebody chose."""

from __future__ import annotations

from pathlib import Path

from pln.model.errors import UnreadableInput


def read_input(path: Path, limit: int, *, whole: bool = True) -> bytes:
    """The bytes of a file, or without `whole` its beginning. Raises UnreadableInput: larger than `limit`, or closed."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise UnreadableInput(
            "The file could not be opened",
            f"The system says: {fault.strerror or 'it cannot be read'}. Nothing was changed. "
            "Look whether it is still there and may be read.",
        ) from fault
    if whole and len(data) > limit:
        raise UnreadableInput(
            "The file is too large",
            f"Files of this kind are read up to {limit // (1024 * 1024)} MB. Nothing was changed.",
        )
    return data[:limit]
