"""Bringing a file to the newest version: every step in one transaction, a verified copy made before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pln.model.errors import StoreFault
from pln.store.migrations import STEPS


def version_of(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


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
        )
    if 0 < version < len(steps):
        copy_first()
    for number in range(version, len(steps)):
        _step(connection, steps[number], number + 1)
    return len(steps)


def _step(connection: Any, statements: Sequence[str], version: int) -> None:
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
                    "The store could not be brought up to date", f"Step {version} would break {len(broken)} links."
                )
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
