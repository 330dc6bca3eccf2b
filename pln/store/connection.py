"""One connection to the encrypted file, and what a file must be to get one. Nothing here needs SQLAlchemy."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from pln.model.errors import StoreFault, Trouble
from pln.store.faults import told

PLAIN_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 5
_LEAST_FREE = 64 * 1024
_READ_CACHE_KB = 1_600
_STATEMENTS = 16  # kept prepared by each connection; a hundred, many with hundreds of places, took megabytes

# FULL: with NORMAL a power cut loses acknowledged commits. temp_store=MEMORY: sorter files leak plaintext otherwise.
# fullfsync and checkpoint_fullfsync matter on macOS only. recursive_triggers: without it REPLACE would delete a line
# of the share log unseen by the trigger that refuses it. The journal's mode lies in the file (see migrate.py).
_PRAGMAS = (
    "temp_store=MEMORY",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
)


def connect(path: Path, key: bytes, salt: bytes, *, read_only: bool = False, fixed: bool = False) -> Any:
    """A DB-API connection to an encrypted file. key: 32 bytes, salt: 16 bytes, both used as they are (no KDF).

    fixed: nobody writes in its folder, so that not even a lock or a log is laid beside it; what only the log holds is
    not seen.
    Changes nothing in the file. Raises StoreFault where the key does not fit or the file is damaged or not ours.
    """
    if len(key) != 32 or len(salt) != 16:
        raise ValueError("key is 32 bytes, salt 16")
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if fixed else str(path)
    try:
        connection = sqlcipher.connect(
            place, uri=fixed, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None,
            cached_statements=_STATEMENTS,
        )  # fmt: skip
    except sqlcipher.OperationalError as error:
        raise _closed_to_us(path) from error
    try:
        _prepare(connection, path, key, salt)
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{_READ_CACHE_KB}")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, path: Path, key: bytes, salt: bytes) -> None:
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise StoreFault("Encryption is missing", "This build of SQLite cannot encrypt, so PLN will not write with it.")
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Passing the salt too keeps a file readable whose header was destroyed.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError as error:
        fault = _without_room(path) or told(error)
        raise fault or StoreFault("The store cannot be read", f"{error}. Nothing was changed.") from error
    except sqlcipher.DatabaseError as error:
        raise StoreFault(
            "The store does not open with this key",
            f"{path.name} is damaged or belongs to another key. It was left as it is. "
            "If it opened before, a backup brings it back: pln restore --latest.",
            Trouble.DAMAGED,
        ) from error


def check_file(path: Path) -> bool:
    """True where an encrypted store stands at `path`, False where nothing is there yet.

    Raises StoreFault for an empty file (SQLite would open it as a new, empty store), for a plain database, and for
    what is no file or may not be read.
    """
    try:
        if not path.exists():
            return False
        if not path.is_file():  # a pipe would let whoever opens it wait for ever
            raise _no_file(path)
        with path.open("rb") as file:
            head = file.read(len(PLAIN_HEADER))
    except OSError as error:
        raise _closed_to_us(path) from error
    if not head:
        raise StoreFault(
            "The store file is empty",
            f"{path.name} holds nothing, so something emptied it. PLN will not put a new store over it: "
            "bring a backup back (pln restore --latest), or move the file away to begin anew.",
            Trouble.EMPTY,
        )
    if head == PLAIN_HEADER:
        raise StoreFault(
            "This is a plain database",
            f"{path.name} is not encrypted, so it is no store of PLN's. It was left as it is. "
            "Move it away, or choose another profile.",
            Trouble.DAMAGED,
        )
    return True


def _without_room(path: Path) -> StoreFault | None:
    """Where not even the log's index finds room, SQLite says only that the disk did not answer."""
    with suppress(OSError):
        if shutil.disk_usage(path.parent).free < _LEAST_FREE:
            return StoreFault(
                "The disk is full",
                f"PLN needs a little room in {path.parent} to open its store. Nothing was changed. "
                "Free some space and try again.",
                Trouble.FULL,
            )
    return None


def _no_file(path: Path) -> StoreFault:
    return StoreFault(
        "The store is not a file",
        f"{path} is a folder, a pipe or a device. It was left as it is. Move it away, or choose another profile.",
        Trouble.DAMAGED,
    )


def _closed_to_us(path: Path) -> StoreFault:
    return StoreFault(
        "The store cannot be opened",
        f"PLN may not read or write {path}. Nothing was changed. Check the permissions of the file and its folder.",
        Trouble.READ_ONLY,
    )
