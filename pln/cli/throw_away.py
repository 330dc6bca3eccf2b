"""A profile that is gone afterwards, with an invented network in it or nothing."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pln.cli.session import Session
from pln.system.atomic_file import write_atomically

_WORDS_FILE = "passphrase.txt"


@contextmanager
def throw_away(day: date | None = None) -> Iterator[Session]:
    """A session on a new profile in a folder of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="pln-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "profile"
        session = Session(root, write_passphrase(root), day)
        try:
            yield session
        finally:
            session.close()


def write_passphrase(root: Path) -> Path:
    """A passphrase made up for a new profile, in a file inside it."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = root / _WORDS_FILE
    write_atomically(path, f"{secrets.token_hex(16)}\n".encode())
    return path


def fill(session: Session, feeds_at: str | None = None) -> None:
    """Fill a new profile with an invented network up to the session's day. feeds_at: from `feed_server`."""
    from pln.services.demo import fill as fill_demo

    fill_demo(session.ctx, session.clock.today(), feeds_at=feeds_at)


@contextmanager
def feed_server(session: Session) -> Iterator[str]:
    """Serve the invented feeds of a profile on this computer alone, so that they can be refreshed; their address."""
    from pln.services.demo import FEED_FOLDER, FeedServer

    with FeedServer(session.profile.root / FEED_FOLDER) as server:
        yield server.at
