"""A copy of the whole store while it is in use: one state, compact, encrypted with the same key."""

from __future__ import annotations

from pathlib import Path

from pln.durable.files import flush_file, make_private, write_fault
from pln.model.errors import StoreFault
from pln.store.connection import connect
from pln.store.faults import in_words
from pln.store.unfinished import drop_store


def copy_store(path: Path, key: bytes, salt: bytes, target: Path) -> None:
    """Write the last committed state to `target`, flushed to the disk. Writers go on meanwhile.

    Never by copying the file: its newest commits still lie in the write-ahead log beside it.
    Raises StoreFault where something is there already or it cannot be written; nothing is left there then.
    """
    try:
        make_private(target)  # SQLite would make it readable by everybody; it takes an empty file as a new one
    except FileExistsError as fault:
        raise StoreFault("There is a file already", f"{target.name} was left as it is. Choose another name.") from fault
    except OSError as fault:
        raise write_fault(target, fault) from fault
    try:
        _vacuum(path, key, salt, target)
        flush_file(target)
    except OSError as fault:
        drop_store(target)
        raise write_fault(target, fault) from fault
    except BaseException:
        drop_store(target)
        raise


def _vacuum(path: Path, key: bytes, salt: bytes, target: Path) -> None:
    connection = connect(path, key, salt)
    try:
        with in_words():
            connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()
