"""Bringing a file to the newest version: every step in one transaction, a verified copy made before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pln.durable.files import make_private, put_in_place, write_fault
from pln.model.errors import StoreFault, Trouble
from pln.store.connection import connect
from pln.store.faults import in_words
from pln.store.migrations import FUNCTIONS, STEPS
from pln.store.unfinished import drop_store


def version_of(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(path: Path, key: bytes, salt: bytes, *, copy_first: Callable[[], None]) -> None:
    """Open an existing store once and run the steps that it lacks.

    Raises StoreFault for a newer file and for one that holds no store; both are left as they are.
    """
    connection = connect(path, key, salt)
    try:
        with in_words():
            if version_of(connection) == 0:
                raise StoreFault(
                    "This is no store of PLN's",
                    f"{path.name} opens, but holds nothing that PLN wrote. It was left as it is. "
                    "Bring a backup back (pln restore --latest), or move the file away to begin anew.",
                    Trouble.DAMAGED,
                )
            migrate(connection, copy_first=copy_first)
            _write_ahead(connection)
    finally:
        connection.close()


def begin_new(path: Path, key: bytes, salt: bytes) -> None:
    """Make an empty store. Until it is whole it has another name: a crash leaves no empty file to puzzle over.

    Raises StoreFault where it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.new")
    drop_store(temporary)
    try:
        make_private(temporary)
        _fill(temporary, key, salt)
        put_in_place(temporary, path)
    except OSError as fault:
        raise write_fault(path, fault) from fault
    finally:
        drop_store(temporary)


def _fill(path: Path, key: bytes, salt: bytes) -> None:
    connection = connect(path, key, salt)
    try:
        with in_words():
            migrate(connection, copy_first=lambda: None)
            _write_ahead(connection)
    finally:
        connection.close()


def _write_ahead(connection: Any) -> None:
    """Readers go on while somebody writes. Set after the version is known: it is written into the file."""
    connection.execute("PRAGMA journal_mode = WAL").fetchall()


def migrate(connection: Any, *, copy_first: Callable[[], None], steps: Sequence[Sequence[str]] = STEPS) -> int:
    """Run the steps that are missing and return the version reached.

    copy_first is called before an existing file is changed, not for a new one. Raises StoreFault for a newer file
    (which is left as it is). A step that fails leaves the file as it was before that step.
    """
    version = version_of(connection)
    if version > len(steps):
        raise StoreFault(
            "The store was written by a newer PLN",
            f"It has version {version}; this program knows versions up to {len(steps)}. Nothing was changed: "
            "please update PLN.",
            Trouble.NEWER,
        )
    if 0 < version < len(steps):
        copy_first()
    for number in range(version, len(steps)):
        _step(connection, steps[number], number + 1)
    return len(steps)


def _step(connection: Any, statements: Sequence[str], version: int) -> None:
    for name, function in FUNCTIONS.items():
        connection.create_function(name, 1, function, deterministic=True)
    # Rebuilding a table needs foreign keys off, and that pragma works outside a transaction only.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreFault(
                    "The store could not be brought up to date",
                    f"Step {version} would break {len(broken)} links, so the store was left as it was. "
                    "Please report this; the earlier version of PLN still opens it.",
                )
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
