"""Whether the files of a journal with a lock of its own are there and can be a journal's. Needs none of its keys."""

from __future__ import annotations

from pathlib import Path

from pln.model.errors import StoreFault
from pln.store import vault as slots
from pln.store.journal_file import JOURNAL, JOURNAL_VAULT

_PAGE = 4096  # the engine's own, which nobody changes here


def missing(folder: Path, vault_id: str) -> tuple[str, ...]:
    """What speaks against the journal in a folder, () where nothing does. vault_id: of its key slots.

    A page that was changed is not found: only who has the key can tell.
    """
    return (*_against_file(folder / JOURNAL), *_against_keys(folder / JOURNAL_VAULT, vault_id))


def _against_file(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return (f"{path.name} is missing",)
    size = path.stat().st_size
    if not size:
        return (f"{path.name} is empty",)
    return (f"{path.name} is cut off",) if size % _PAGE else ()


def _against_keys(path: Path, vault_id: str) -> tuple[str, ...]:
    if not path.is_file():
        return (f"{path.name} is missing",)
    try:
        found = slots.load(path.read_bytes())
    except (OSError, StoreFault):
        return (f"{path.name} cannot be read",)
    return () if found.id == vault_id else (f"{path.name} belongs to another journal",)
