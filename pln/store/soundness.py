"""Whether a store file is whole: page signatures, structure, links, search index; and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from pln.model.changes import Noun
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """version: of the file's tables. counts: records by noun. faults: what is wrong, () for a sound file."""

    version: int
    counts: Mapping[str, int]
    faults: tuple[str, ...]


def examine(path: Path, key: bytes, salt: bytes) -> Soundness:
    """Read a whole store file without changing it.

    Raises StoreFault where it does not open with this key or cannot be read to its end.
    """
    check_file(path)
    connection = connect(path, key, salt, read_only=True)
    try:
        faults = _damages(connection)
        with in_words():
            counts = {} if faults else _counts(connection)
            return Soundness(version=version_of(connection), counts=counts, faults=faults)
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


def _damages(connection: Any) -> tuple[str, ...]:
    """What the engine finds wrong with pages, tables, indexes and links. A damaged page is an answer, not an error."""
    found: list[str] = []
    try:
        found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        found += [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        found += [f"broken link in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlcipher.ProgrammingError:
        raise
    except sqlcipher.DatabaseError as error:
        found.append(str(error))
    return tuple(found)


def _counts(connection: Any) -> dict[str, int]:
    count = "SELECT count(*) FROM "
    return {noun.value: int(connection.execute(count + rest).fetchone()[0]) for noun, rest in _TABLES.items()}
