"""A profile that is gone afterwards, with an invented network in it or nothing."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pln.cli.session import Session
from pln.durable.files import write_atomically

_WORDS_FILE = "passphrase.txt"


@contextmanager
def throw_away() -> Iterator[Session]:
    """A session on a new profile in a folder of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="pln-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "profile"
        session = Session(root, made_up_passphrase(root), tells_code=False)
        try:
            yield session
        finally:
            session.close()


def made_up_passphrase(root: Path) -> Path:
    """The file in a profile of invented people that holds its passphrase; made where it is not there."""
    path = root / _WORDS_FILE
    if not path.exists():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, f"{secrets.token_hex(16)}\n".encode())
    return path
