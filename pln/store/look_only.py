"""A store to look at where nothing can be written: a copy of its file, opened elsewhere and never changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

from pln.durable.files import write_fault
from pln.model.errors import StoreFault, Trouble
from pln.store.picture_file import NAME as PICTURES
from pln.store.picture_file import FixedPictures
from pln.store.picture_key import picture_key
from pln.store.unit_of_work import Store

_WITH_IT = ("", "-wal")
_JOURNAL = ("journal.db", "journal.db-wal", "journal-vault.json")


class LookOnlyStore(Store):
    """Refuses every unit of work. The newest commits may lie in the log beside the file, so both are copied."""

    writable = False

    def __init__(
        self, path: Path, key: bytes, salt: bytes, folder: Path, *, now: Callable[[], datetime],
        new_uid: Callable[[], str],
    ) -> None:  # fmt: skip
        """folder: empty, and readable by its owner only; the copies in it are encrypted as the files are.

        Raises StoreFault where the file cannot be read or does not open, or the folder is full.
        """
        for name in (*(path.name + ending for ending in _WITH_IT), *_JOURNAL):
            _copy(path.with_name(name), folder / name)
        super().__init__(folder / path.name, key, salt, now=now, new_uid=new_uid, create=False)
        self.pictures = FixedPictures(path.with_name(PICTURES), partial(picture_key, key, salt))  # too large to copy

    def write(self, origin: str) -> NoReturn:
        raise _only_looked_at()

    def move_journal_out(self, key: bytes, salt: bytes, vault_id: str, vault: bytes) -> None:
        raise _only_looked_at()

    def move_journal_back(self) -> None:
        raise _only_looked_at()


def _only_looked_at() -> StoreFault:
    return StoreFault(
        "The store can only be looked at",
        "PLN cannot write in the folder of this profile. This change was not saved.",
        Trouble.READ_ONLY,
    )


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        return
    except PermissionError as fault:
        raise StoreFault(
            "The store cannot be opened",
            f"PLN may not even read {source}. Nothing was changed. Check the permissions of the file and its folder.",
            Trouble.READ_ONLY,
        ) from fault
    except OSError as fault:
        raise write_fault(target, fault) from fault
    target.chmod(0o600)
