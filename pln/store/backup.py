"""Backups: one file that holds the store, its key slots and a list of what is in it. The way back after a loss."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from pln.durable.files import put_in_place, write_fault
from pln.model.errors import StoreFault, Trouble
from pln.store import vault as slots
from pln.store.backup_manifest import FORMAT, PLAIN, WITH_MORE, is_newer, tested
from pln.store.backup_target import refuse_target
from pln.store.journal_soundness import missing
from pln.store.soundness import Soundness, examine

STORE, VAULT, MANIFEST = "store.db", "vault.json", "manifest.json"
MEMBERS = frozenset((STORE, VAULT, MANIFEST))
MORE = ("journal-vault.json", "journal.db", "journal.db-wal")
"""The journal with a lock of its own: in a backup where the profile has it, byte for byte, as it may be locked now."""
_SMALL = 1024 * 1024
_UNFINISHED = ".pln-backup-"
_A_DAY = 24 * 60 * 60
STAGES = 4
_READ, _LOCKED = "read", "locked"

Copy = Callable[[Path], bool]
Examine = Callable[[Path], Soundness]
OnStage = Callable[[int, int], None]
Keys = Callable[[bytes], None]
"""Raises StoreFault where key slots would not open the store beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """A backup that was read to its end and found whole. size: in bytes. counts: records by noun. made: in UTC.

    why: what it was made for, "" where nobody said. journal_unread: it holds a journal that was locked, so that only
    the checksum speaks for it.
    """

    path: Path
    made: datetime
    size: int
    program: str
    counts: Mapping[str, int]
    why: str = ""
    journal_unread: bool = False


def nobody(_done: int, _all: int) -> None:
    """For whoever does not follow the stages."""


def write_backup(
    target: Path, copy: Copy, probe: Examine, vault: bytes, *, keys: Keys, root: Path, made: datetime, program: str,
    over: bool = False, why: str = "", profile: str = "", on_stage: OnStage = nobody,
) -> BackupReport:  # fmt: skip
    """Pack a copy of the store with its key slots, read the finished file as restoring would, then give it its name.

    copy: writes the store to a path, and beside it those files of MORE that belong to it, and answers whether these
    were read as well as taken; probe: reads such a store;
    keys: tests the slots, vault. root: the folder of the profile; profile: its id. program: PLN's version.
    on_stage: how many of its stages are done; it may raise Cancelled.
    Raises UsageError where the target is a folder or lies in the profile; StoreFault where something is there already
    (unless `over`), the place is full or closed, the copy is not whole or its keys are not its own; nothing is left
    behind then. The place needs twice the room of the store for a while.
    """
    refuse_target(target, root, over=over)
    keys(vault)
    with _folder_beside(target, made) as folder:
        on_stage(0, STAGES)
        read = copy(folder / STORE)
        files = [folder / name for name in (STORE, *MORE) if (folder / name).exists()]
        on_stage(1, STAGES)
        packed = folder / "packed"
        _pack(packed, files, vault)
        for each in files:
            each.unlink()
        on_stage(2, STAGES)
        found = _read_inside(packed, folder, probe, keys, finished=False)
        on_stage(3, STAGES)
        manifest: dict[str, Any] = {
            "format": FORMAT, "version": WITH_MORE if files[1:] else PLAIN, "made": made.isoformat(),
            "program": program, "store_version": found.version, "counts": dict(found.counts), "why": why,
        }  # fmt: skip
        if profile:
            manifest["profile"] = profile
        if files[1:]:
            manifest["journal"] = _READ if read else _LOCKED
        _add_manifest(packed, json.dumps(manifest, indent=2).encode())
        report = _report(packed, found)
        on_stage(4, STAGES)
        refuse_target(target, root, over=over)
        put_in_place(packed, target)
    return replace(report, path=target)


def verify_backup(path: Path, key: bytes, salt: bytes, *, within: Path | None = None) -> BackupReport:
    """Read a backup to its end with its key. Raises StoreFault where it is not whole or the key does not fit.

    within: a folder with room for the unpacked store, that of the backup for None; never the system's own for what is
    temporary, which often lies in memory and is too small.
    """
    return verify_file(path, lambda store: examine(store, key, salt), keys_of(key, salt), within=within)


def keys_of(key: bytes, salt: bytes) -> Keys:
    """The test of key slots for a store with this key."""
    return own_keys(lambda fits: fits(key, salt))


def own_keys(owns: Callable[[Callable[[bytes, bytes], bool]], bool]) -> Keys:
    """The test of key slots for an open store (`Store.owns`): they hold its key, and open it without its computer."""

    def test(data: bytes) -> None:
        vault = slots.load(data)
        fit = owns(lambda key, salt: slots.fits(vault, slots.StoreKey(key=key, salt=salt)))
        if not fit or not {slots.PASSPHRASE, slots.RECOVERY} & vault.slots.keys():
            raise StoreFault(
                "The key file does not fit the store",
                "A backup with it could not be opened again, so none was kept. Nothing was changed. Keep earlier "
                "backups, and look at Settings, Safety: a passphrase or a recovery code must be set.",
                Trouble.KEYS_DAMAGED,
            )

    return test


def verify_file(path: Path, probe: Examine, keys: Keys, *, within: Path | None = None) -> BackupReport:
    """As `verify_backup`, with a probe for the store inside and a test of its key slots."""
    try:
        with tempfile.TemporaryDirectory(dir=within or path.parent, prefix=_UNFINISHED) as folder:
            return unpack_verified(path, Path(folder), probe, keys, with_journal=True)
    except OSError as fault:
        raise write_fault(path, fault) from fault


def unpack_verified(
    path: Path, folder: Path, probe: Examine, keys: Keys, *, with_journal: bool = False
) -> BackupReport:
    """Write what a backup holds but its key slots into a folder where it is not yet, and read it there to its end.

    with_journal: it is not whole without its journal either, which an earlier PLN may have left out without a word.
    Raises StoreFault where it is not whole; what was written stays then, for whoever made the folder to remove.
    """
    manifest = read_manifest(path)
    found = _read_inside(path, folder, probe, keys, with_journal=with_journal)
    if dict(found.counts) != manifest["counts"]:
        raise _damaged(path)
    return _report(path, found)


def _read_inside(
    path: Path, folder: Path, probe: Examine, keys: Keys, *, finished: bool = True, with_journal: bool = True
) -> Soundness:
    """Unpack everything but the key slots, which are tested, and read the store. finished: it has its manifest."""
    with _opened(path, finished=finished) as whole:
        names = whole.namelist()
    keys(_read(path, VAULT, finished=finished))
    for name in (STORE, *(each for each in MORE if each in names)):
        _unpack(path, name, folder / name, finished=finished)
    found = _sound(folder / STORE, probe)
    if with_journal and found.journal is not None and (against := missing(folder, found.journal)):
        raise _without_journal(against)
    return found


def _report(path: Path, found: Soundness) -> BackupReport:
    manifest = read_manifest(path)
    return BackupReport(
        path=path, made=datetime.fromisoformat(manifest["made"]), size=path.stat().st_size,
        program=manifest["program"], counts=found.counts, why=manifest.get("why", ""),
        journal_unread=is_journal_unread(manifest),
    )  # fmt: skip


def is_journal_unread(manifest: Mapping[str, Any]) -> bool:
    """Whether a backup holds a journal that nobody read when it was made."""
    return manifest["version"] == WITH_MORE and manifest.get("journal") != _READ


def more_in(path: Path) -> tuple[str, ...]:
    """Which of the files of MORE a backup holds."""
    with _opened(path) as whole:
        return tuple(name for name in MORE if name in whole.namelist())


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself; needs no key. Raises StoreFault for anything else and for a newer form."""
    try:
        told = json.loads(_read(path, MANIFEST))
        if not is_newer(told):
            return tested(told)
    except (ValueError, OverflowError, RecursionError) as fault:
        raise _damaged(path) from fault
    raise StoreFault("The backup is from a newer PLN", "It was left as it is. Please update PLN, then try again.")


def read_vault(path: Path) -> bytes:
    """The key slots in a backup."""
    return _read(path, VAULT)


def _unpack(path: Path, name: str, target: Path, *, finished: bool) -> None:
    try:
        with _opened(path, finished=finished) as whole, whole.open(name) as packed:
            descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                _pour(packed, file, path)
    except OSError as fault:
        raise write_fault(target, fault) from fault


def _pour(packed: IO[bytes], file: IO[bytes], path: Path) -> None:
    try:
        shutil.copyfileobj(packed, file, _SMALL)
    except zipfile.BadZipFile as fault:  # the checksum, at the end
        raise _damaged(path) from fault


def _pack(path: Path, files: Sequence[Path], vault: bytes) -> None:
    """Stored, not deflated: what is encrypted does not get smaller."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        whole.writestr(VAULT, vault)
        for each in files:
            whole.write(each, each.name)


def _add_manifest(path: Path, manifest: bytes) -> None:
    """Last, for it tells what was found inside; what was verified stays where it lies in the file."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as whole:
        whole.writestr(MANIFEST, manifest)


def _read(path: Path, name: str, *, finished: bool = True) -> bytes:
    with _opened(path, finished=finished) as whole:
        if whole.getinfo(name).file_size > _SMALL:
            raise _damaged(path)
        return whole.read(name)


@contextmanager
def _opened(path: Path, *, finished: bool = True) -> Iterator[zipfile.ZipFile]:
    try:
        if path.exists() and not path.is_file():  # a pipe would let whoever opens it wait for ever
            raise IsADirectoryError(path)
        with zipfile.ZipFile(path) as whole:
            names = whole.namelist()
            needed = MEMBERS if finished else MEMBERS - {MANIFEST}
            known = needed <= set(names) <= needed.union(MORE) and len(names) == len(set(names))
            if not known or any(each.compress_type != zipfile.ZIP_STORED for each in whole.infolist()):
                raise _damaged(path)
            yield whole
    except FileNotFoundError as fault:
        raise StoreFault("There is no such backup", f"{path} does not exist.") from fault
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise _damaged(path) from fault
    except (PermissionError, IsADirectoryError) as fault:
        raise StoreFault(
            "The backup cannot be read", f"PLN may not read {path}, or it is a folder, a pipe or a device."
        ) from fault


def _sound(store: Path, probe: Examine) -> Soundness:
    found = probe(store)
    if found.faults:
        raise StoreFault(
            "The copy of the store is not whole",
            "Some of its pages cannot be read, so it was not kept. Run a check of the store, and keep earlier backups.",
        )
    return found


@contextmanager
def _folder_beside(target: Path, now: datetime) -> Iterator[Path]:
    """On the same disk, so that the finished file only changes its name."""
    try:
        _clear_broken_off(target.parent, now)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=_UNFINISHED) as folder:
            yield Path(folder)
    except OSError as fault:
        raise write_fault(target, fault) from fault


def _clear_broken_off(folder: Path, now: datetime) -> None:
    """Remove what backups left here that were killed; one that is being written is younger than a day."""
    for each in folder.glob(f"{_UNFINISHED}*"):
        if each.is_dir() and not each.is_symlink() and now.timestamp() - each.stat().st_mtime > _A_DAY:
            shutil.rmtree(each, ignore_errors=True)


def _without_journal(against: Sequence[str]) -> StoreFault:
    return StoreFault(
        "The journal is not whole",
        f"It has a file of its own, and {', '.join(against)}. A backup would lack it, so none was kept. Nothing was "
        "changed, and earlier backups stay: keep them, the journal is in them.",
        Trouble.DAMAGED,
    )


def _damaged(path: Path) -> StoreFault:
    return StoreFault(
        "This is no backup of PLN's, or it is damaged",
        f"{path.name} cannot be read as a backup. Nothing was changed. Try an earlier one.",
    )
