"""Faults of disk and file, told in words. Everything else an engine raises is a bug of ours and passes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher

from pln.model.errors import StoreFault, Trouble

_WORDS = (
    (
        "disk is full",
        Trouble.FULL,
        "The disk is full",
        "This change was not saved; everything before it was. Free some space and try again.",
    ),
    (
        "disk i/o error",
        Trouble.OTHER,
        "The disk did not answer",
        "This change was not saved; everything before it was. Check the disk.",
    ),
    (
        "readonly database",
        Trouble.READ_ONLY,
        "The store is read-only",
        "This change was not saved. PLN needs leave to write in its folder.",
    ),
    (
        "database is locked",
        Trouble.OTHER,
        "The store is busy",
        "Another program holds the store. This change was not saved; try again.",
    ),
    (
        "unable to open",
        Trouble.OTHER,
        "The store cannot be opened",
        "Its folder may be gone or closed to PLN. This change was not saved.",
    ),
    (
        "malformed",
        Trouble.DAMAGED,
        "The store is damaged",
        "A page of the file cannot be read. Nothing was changed. A backup brings it back: pln restore --latest.",
    ),
    (
        "vtable constructor failed",
        Trouble.DAMAGED,
        "The search index is damaged",
        "Nothing was changed. pln check tells more; a backup may bring it back: pln restore --latest.",
    ),
    (
        "not a database",
        Trouble.DAMAGED,
        "The store is damaged",
        "The file cannot be read with its key. Nothing was changed. A backup brings it back: pln restore --latest.",
    ),
)


@contextmanager
def in_words() -> Iterator[None]:
    """Raises faults of disk and file as StoreFault; lets everything else through as it is."""
    try:
        yield
    except Exception as error:
        fault = told(error)
        if fault is None:
            raise
        raise fault from error


def told(error: Exception) -> StoreFault | None:
    """The fault that an engine's error means, or None where it means a bug."""
    # SQLAlchemy wraps what the engine raised; asked for by its attribute, so that a start need not import it.
    raised = getattr(error, "orig", error)
    if not isinstance(raised, sqlcipher.Error):
        return None
    text = str(raised).casefold()
    for part, trouble, title, sentence in _WORDS:
        if part in text:
            return StoreFault(title, sentence, trouble)
    return None
