"""The engines over the encrypted file: one connection that writes, a few that may only read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from pln.store.connection import connect


def writing_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """One connection; every transaction takes the write lock at once."""
    return _engine(lambda: connect(path, key, salt), begin="BEGIN IMMEDIATE", size=1)


def reading_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """A few connections that refuse to write; every transaction sees one state of the store."""
    return _engine(lambda: connect(path, key, salt, read_only=True), begin="BEGIN", size=3)


def _engine(creator: Callable[[], Any], *, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_size=size,
        max_overflow=0 if size == 1 else 5,
        hide_parameters=True,  # texts of the journal must reach neither logs nor exceptions
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
