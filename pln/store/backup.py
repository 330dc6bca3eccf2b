"""Backups: one file that holds the store, its key slots and a list of what is in it. The way back after a loss."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from pln.durable.files import put_in_place, write_fault
from pln.model.errors import StoreFault, UsageError
from pln.store.soundness import Soundness, examine

STORE, VAULT, MANIFEST = "store.db", "vault.json", "manifest.json"
_FORMAT, _VERSION = "pln-backup", 1
_SMALL = 1024 * 1024
_UNFINISHED = ".pln-backup-"
_A_DAY = 24 * 60 * 60

Copy = Callable[[Path], None]
Examine = Callable[[Path], Soundness]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """A backup that was read to its end and found whole. size: in bytes. counts: records by noun. made: in UTC."""

    path: Path
    made: datetime
    size: int
    program: str
    counts: Mapping[str, int]


def write_backup(
    target: Path, copy: Copy, probe: Examine, vault: bytes, *,
    root: Path, made: datetime, program: str, over: bool = False,
) -> BackupReport:  # fmt: skip
    """Pack a copy of the store with its key slots, read the finished file as restoring would, then give it its name.

    copy: writes the store to a path; probe: reads such a file. root: the folder of the profile. program: PLN's version.
    Raises UsageError where the target is a folder or lies in the profile; StoreFault where something is there already
    (unless `over`), the place is full or closed, or the copy is not whole; nothing is left behind then.
    """
    refuse_target(target, root, over=over)
    with _folder_beside(target, made) as folder:
        copy(folder / STORE)
        found = _sound(folder / STORE, probe)
        manifest = {
            "format": _FORMAT, "version": _VERSION, "made": made.isoformat(), "program": program,
            "store_version": found.version, "counts": dict(found.counts),
        }  # fmt: skip
        packed = folder / "packed"
        _pack(packed, folder / STORE, vault, json.dumps(manifest, indent=2).encode())
        (folder / STORE).unlink()
        report = verify_file(packed, probe, within=folder)
        refuse_target(target, root, over=over)
        put_in_place(packed, target)
    return BackupReport(
        path=target, made=report.made, size=report.size, program=report.program, counts=report.counts
    )  # fmt: skip


def verify_backup(path: Path, key: bytes, salt: bytes, *, within: Path | None = None) -> BackupReport:
    """Read a backup to its end with its key. Raises StoreFault where it is not whole or the key does not fit.

    within: a folder with room for the unpacked store, that of the backup for None. Never the system's own for what is
    temporary: it often lies in memory, and is too small.
    """
    return verify_file(path, lambda store: examine(store, key, salt), within=within)


def verify_file(path: Path, probe: Examine, *, within: Path | None = None) -> BackupReport:
    """As `verify_backup`, with a probe for the store inside."""
    try:
        with tempfile.TemporaryDirectory(dir=within or path.parent, prefix=_UNFINISHED) as folder:
            return unpack_verified(path, Path(folder) / STORE, probe)
    except OSError as fault:
        raise write_fault(path, fault) from fault


def unpack_verified(path: Path, target: Path, probe: Examine) -> BackupReport:
    """Write the store in a backup to a path where nothing is yet, and read it there to its end.

    Raises StoreFault where it is not whole; what was written stays then, for whoever made the folder to remove.
    """
    manifest = read_manifest(path)
    unpack_store(path, target)
    found = _sound(target, probe)
    if dict(found.counts) != manifest["counts"]:
        raise _damaged(path)
    return BackupReport(
        path=path, made=datetime.fromisoformat(manifest["made"]), size=path.stat().st_size,
        program=str(manifest["program"]), counts=found.counts,
    )  # fmt: skip


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself; needs no key. Raises StoreFault for anything else and for a newer form."""
    try:
        manifest = json.loads(_read(path, MANIFEST))
        if manifest["format"] != _FORMAT or not isinstance(manifest["counts"], dict):
            raise ValueError("not a backup")
        newer = int(manifest["version"]) > _VERSION
        datetime.fromisoformat(manifest["made"])
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise _damaged(path) from fault
    if newer:
        raise StoreFault("The backup is from a newer PLN", "It was left as it is. Please update PLN, then try again.")
    return dict(manifest)


def read_vault(path: Path) -> bytes:
    """The key slots in a backup."""
    return _read(path, VAULT)


def unpack_store(path: Path, target: Path) -> None:
    """Write the store in a backup to a path where nothing is yet."""
    try:
        with _opened(path) as whole, whole.open(STORE) as packed:
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


def _pack(path: Path, store: Path, vault: bytes, manifest: bytes) -> None:
    """Stored, not deflated: what is encrypted does not get smaller."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        whole.writestr(MANIFEST, manifest)
        whole.writestr(VAULT, vault)
        whole.write(store, STORE)


def _read(path: Path, name: str) -> bytes:
    with _opened(path) as whole:
        if whole.getinfo(name).file_size > _SMALL:
            raise _damaged(path)
        return whole.read(name)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as whole:
            names = whole.namelist()
            if sorted(names) != sorted((STORE, VAULT, MANIFEST)) or any(
                each.compress_type != zipfile.ZIP_STORED for each in whole.infolist()
            ):
                raise _damaged(path)
            yield whole
    except FileNotFoundError as fault:
        raise StoreFault("There is no such backup", f"{path} does not exist.") from fault
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise _damaged(path) from fault
    except (PermissionError, IsADirectoryError) as fault:
        raise StoreFault("The backup cannot be read", f"PLN may not read {path}, or it is a folder.") from fault


def _sound(store: Path, probe: Examine) -> Soundness:
    found = probe(store)
    if found.faults:
        raise StoreFault(
            "The copy of the store is not whole",
            "Some of its pages cannot be read, so it was not kept. Run a check of the store, and keep earlier backups.",
        )
    return found


def refuse_target(target: Path, root: Path, *, over: bool) -> None:
    """Raises UsageError for a folder and for what lies in the profile (but a new file among its backups).

    Also for a name that no file can have. Raises StoreFault where a file is there already, unless `over`.
    """
    try:
        _refuse_folder(target)
        _refuse_own(target, root)
        there = os.path.lexists(target)
    except (OSError, RuntimeError, ValueError) as fault:  # too long a name, a ring of links, a zero byte
        raise UsageError(
            "The backup cannot be written there",
            f"{target.name[:40]!r} is too long or no name of a file here. Nothing was written. Choose another one.",
        ) from fault
    if there and not over:
        raise StoreFault("There is a file already", f"{target.name} was left as it is. Choose another name.")


def _refuse_folder(target: Path) -> None:
    if not target.name or target.is_dir():
        raise UsageError(
            "A file name is needed", f"{target} is a folder. Nothing was written. Name a file, as today.plnbackup."
        )


def _refuse_own(target: Path, root: Path) -> None:
    """By what the path leads to, not by how it is written: links of both kinds, and letters of another case."""
    place, there = target.resolve(), target.exists()
    if not there and _same(place.parent, root / "backups"):
        return
    own = there and any(_same(target, each) for each in root.iterdir())
    if own or any(_same(each, root) for each in place.parents):
        raise UsageError(
            "The backup cannot lie there",
            f"{target} is in the profile that is to be backed up. Nothing was changed. Choose another folder, "
            "best on another disk.",
        )


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


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


def _damaged(path: Path) -> StoreFault:
    return StoreFault(
        "This is no backup of PLN's, or it is damaged",
        f"{path.name} cannot be read as a backup. Nothing was changed. Try an earlier one.",
    )
