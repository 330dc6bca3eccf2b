"""Backups of a whole profile: made while it is open, restored into an empty one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pln import __version__
from pln.durable.files import put_in_place, write_atomically, write_fault
from pln.model.errors import StoreFault
from pln.services.context import Context
from pln.store import backup as files
from pln.store.backup import BackupReport
from pln.store.copying import copy_store
from pln.store.soundness import examine
from pln.store.vault import StoreKey
from pln.system.clock import Clock
from pln.system.instance import acquire
from pln.system.paths import Profile

__all__ = ["BackupReport", "backup", "backup_before_update", "is_backup", "restore", "verify_backup"]

ENDING = ".plnbackup"
_STAGE = ".restoring"

OpenVault = Callable[[Profile], StoreKey]


def backup(ctx: Context, target: Path, *, over: bool = False) -> BackupReport:
    """Write one file that everything can be restored from, and read it back to its end. Writers go on meanwhile.

    The file is encrypted with the profile's key; whoever restores it needs the passphrase or the recovery code.
    Raises StoreFault where a file is there already (unless `over`), the disk is full or closed to PLN, or the store
    itself is damaged; UsageError where the target is a folder or lies in the profile. No file is left then.
    """
    files.refuse_target(target, ctx.profile.root, over=over)
    _refuse_damaged(ctx)
    return files.write_backup(
        target, ctx.store.copy_to, ctx.store.examine, _vault(ctx.profile),
        root=ctx.profile.root, made=ctx.clock.now(), program=__version__, over=over,
    )  # fmt: skip


def backup_before_update(profile: Profile, key: StoreKey, clock: Clock) -> BackupReport:
    """A backup of a store that is not open, into the profile's own folder of backups."""
    return files.write_backup(
        _free_name(profile.backups / f"{clock.today().isoformat()}-before-update{ENDING}"),
        lambda path: copy_store(profile.store, key.key, key.salt, path),
        lambda path: examine(path, key.key, key.salt),
        _vault(profile), root=profile.root, made=clock.now(), program=__version__,
    )  # fmt: skip


def verify_backup(path: Path, key: StoreKey) -> BackupReport:
    """Read a backup to its end. Raises StoreFault where it is not whole or belongs to another key."""
    return files.verify_backup(path, key.key, key.salt)


def is_backup(path: Path) -> bool:
    """Whether a file says of itself that it is a backup of a PLN no newer than this one; needs no key."""
    try:
        return path.is_file() and bool(files.read_manifest(path))
    except (OSError, StoreFault):
        return False


def restore(path: Path, into: Profile, open_vault: OpenVault) -> BackupReport:
    """Put a backup into a profile that holds nothing yet; it opens from then on like any other.

    open_vault: gives the key to a profile whose vault.json is the backup's (asks for passphrase or recovery code).
    Everything is laid and verified in a folder of its own first; a restoring that was broken off can be repeated.
    Raises StoreFault where the profile holds a store or the backup is not whole; the profile stays empty then.
    """
    files.read_manifest(path)
    with acquire(into.create()):
        _refuse_used(into)
        stage = Profile(into.root / _STAGE)
        shutil.rmtree(stage.root, ignore_errors=True)
        try:
            report = _lay(path, stage, open_vault)
            _move(stage, into)
        except OSError as fault:
            raise write_fault(into.store, fault) from fault
        finally:
            shutil.rmtree(stage.root, ignore_errors=True)
    return report


def _lay(path: Path, stage: Profile, open_vault: OpenVault) -> BackupReport:
    stage.create()
    write_atomically(stage.vault, files.read_vault(path))
    key = open_vault(stage)
    report = files.verify_backup(path, key.key, key.salt)
    files.unpack_store(path, stage.store)
    return report


def _move(stage: Profile, into: Profile) -> None:
    # The slots first: a store without them could never be opened, slots without a store do no harm.
    put_in_place(stage.vault, into.vault)
    put_in_place(stage.store, into.store)


def _refuse_used(profile: Profile) -> None:
    vault, store = profile.vault.exists(), profile.store.exists()
    broken_off = vault and not store and (profile.root / _STAGE / profile.store.name).exists()
    others = any(profile.root.glob(f"{profile.store.name}-*"))
    if (vault or store or others) and not broken_off:
        raise StoreFault(
            "This profile is in use",
            f"{profile.root} holds a store already. Choose a new profile folder with --profile; nothing was changed.",
        )


def _refuse_damaged(ctx: Context) -> None:
    """A copy can be whole where the store is not: it never reads the pages of indexes and those that are free."""
    # A writer may come between the pages that are read, so what is found is looked at again while none can.
    if ctx.store.examine(ctx.store.path).faults and ctx.store.check():
        raise StoreFault(
            "The store is damaged",
            "Some of its pages cannot be read, so no copy was kept. Nothing was changed. An earlier backup may help: "
            "pln restore FILE --profile NEW.",
        )


def _vault(profile: Profile) -> bytes:
    try:
        return profile.vault.read_bytes()
    except OSError as fault:
        raise StoreFault(
            "The key file cannot be read",
            f"A backup without {profile.vault} would be of no use, so none was made. Nothing was changed.",
        ) from fault


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
