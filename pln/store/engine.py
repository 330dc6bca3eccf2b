"""The engines over the encrypted file: one connection that writes, a few that may only read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from pln.store.connection import connect

Attach = Callable[[Any], None]
"""Opens further files on a new DB-API connection."""


def no_more(_connection: Any) -> None:
    """The store alone."""


def writing_engine(path: Path, key: bytes, salt: bytes, attach: Attach = no_more) -> Engine:
    """One connection; every transaction takes the write lock at once."""
    return _engine(lambda: _with(connect(path, key, salt), attach), begin="BEGIN IMMEDIATE", size=1)


def reading_engine(path: Path, key: bytes, salt: bytes, attach: Attach = no_more) -> Engine:
    """A few connections that refuse to write; every transaction sees one state of the store."""
    return _engine(lambda: _with(connect(path, key, salt, read_only=True), attach), begin="BEGIN", size=3)


def _with(connection: Any, attach: Attach) -> Any:
    try:
        attach(connection)
    except BaseException:
        connection.close()
        raise
    return connection


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
