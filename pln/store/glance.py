"""A look into the store before it is opened in full: one page, one connection, without SQLAlchemy."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from pln.model.errors import StoreFault
from pln.store.connection import check_file, connect


@dataclass(frozen=True, slots=True)
class KeptPage:
    """body: as it was put. stale: something that it rests on has changed since."""

    body: str
    stale: bool


def kept_page(path: Path, key: bytes, salt: bytes, name: str) -> KeptPage | None:
    """A page that was kept; None where there is none, and wherever the store would not open.

    What keeps a store from opening is told by the opening itself, which follows; a glance says nothing of it.
    """
    try:
        if not check_file(path):
            return None
        with closing(connect(path, key, salt, read_only=True)) as connection:
            row = connection.execute("SELECT body, stale FROM kept_page WHERE name = ?", (name,)).fetchone()
    except (StoreFault, sqlcipher.Error):
        return None
    return None if row is None else KeptPage(row[0], bool(row[1]))
