"""Whether a store file is whole: page signatures, structure, links, search index; and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from pln.model.changes import Noun
from pln.model.errors import Cancelled
from pln.store.connection import check_file, connect
from pln.store.faults import in_words
from pln.store.migrate import version_of

_TABLES = {
    Noun.PERSON: "person WHERE removed_at IS NULL",
    Noun.CIRCLE: "circle",
    Noun.MEETUP: "meetup WHERE removed_at IS NULL",
    Noun.MARK: "mark",
    Noun.INTERACTION: "interaction WHERE removed_at IS NULL",
    Noun.FEED: "feed WHERE removed_at IS NULL",
    Noun.ARTICLE: "article",
    Noun.ENTRY: "entry WHERE removed_at IS NULL",
    Noun.SHARE: "share_log",
}
_STEPS = 100_000  # of the engine between two questions whether it is still wanted: a few tens of milliseconds


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """version: of the file's tables. counts: records by noun. faults: what is wrong, () for a sound file.

    journal: the id of the journal's key slots where it lies in a file of its own, None where it lies in this one.
    """

    version: int
    counts: Mapping[str, int]
    faults: tuple[str, ...]
    journal: str | None = None


def examine(path: Path, key: bytes, salt: bytes, *, cancelled: Callable[[], bool] = never) -> Soundness:
    """Read a whole store file without changing it. Half a gigabyte takes ten seconds, so it can be ended before.

    Raises StoreFault where it does not open with this key or cannot be read to its end; Cancelled.
    """
    check_file(path)
    connection = connect(path, key, salt, read_only=True)
    try:
        faults = _damages(connection, cancelled)
        with in_words():
            counts = {} if faults else _counts(connection)
            journal = None if faults else _journal(connection)
            return Soundness(version=version_of(connection), counts=counts, faults=faults, journal=journal)
    finally:
        connection.close()


def damages(path: Path, key: bytes, salt: bytes) -> tuple[str, ...]:
    """What is wrong with a file of ours that is not the main one. Raises as `examine`."""
    check_file(path)
    connection = connect(path, key, salt, read_only=True)
    try:
        return _damages(connection)
    finally:
        connection.close()


def _damages(connection: Any, cancelled: Callable[[], bool] = never) -> tuple[str, ...]:
    """What the engine finds wrong with pages, tables, indexes and links. A damaged page is an answer, not an error."""
    found: list[str] = []
    if cancelled is not never:
        connection.set_progress_handler(cancelled, _STEPS)
    try:
        found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if cancelled():  # the engine does not ask while it reads signatures
            raise Cancelled
        found += [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        found += [f"broken link in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlcipher.ProgrammingError:
        raise
    except sqlcipher.DatabaseError as error:
        if cancelled():
            raise Cancelled from error
        found.append(str(error))
    finally:
        connection.set_progress_handler(None, 0)
    return tuple(found)


def _journal(connection: Any) -> str | None:
    """Of an older form, which has no such table, it lies in the file."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_home'").fetchone():
        return None
    row = connection.execute("SELECT vault FROM journal_home").fetchone()
    return None if row is None else str(row[0])


def _counts(connection: Any) -> dict[str, int]:
    count = "SELECT count(*) FROM "
    return {noun.value: int(connection.execute(count + rest).fetchone()[0]) for noun, rest in _TABLES.items()}
