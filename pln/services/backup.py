"""Backups of a whole profile, made while it is open. `restoring` brings them back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pln import __version__
from pln.model.errors import Cancelled, StoreFault, Trouble
from pln.services.context import Context
from pln.services.kept_backups import ENDING, profile_id
from pln.services.restoring import restore, set_aside
from pln.store import backup as files
from pln.store.backup import BackupReport, OnStage, nobody
from pln.store.backup_target import refuse_target
from pln.store.copying import copy_store
from pln.store.journal_file import journal_members
from pln.store.rotation import Why
from pln.store.soundness import examine
from pln.store.vault import StoreKey
from pln.system.clock import Clock
from pln.system.paths import Profile

__all__ = [
    "ENDING",
    "BackupReport",
    "backup",
    "backup_before_update",
    "is_backup",
    "restore",
    "set_aside",
    "verify_backup",
]


def backup(
    ctx: Context, target: Path, *, over: bool = False, why: str = "", on_stage: OnStage = nobody
) -> BackupReport:
    """Write one file that everything can be restored from, and read it back to its end. Writers go on meanwhile.

    The file is encrypted with the profile's key; whoever restores it needs the passphrase or the recovery code.
    on_stage: how many of its stages are done, told again within one that takes long; it may raise Cancelled, and
    nothing is kept then.
    Raises StoreFault where a file is there already (unless `over`), the disk is full or closed to PLN, the store itself
    is damaged or its key file is not its own; UsageError where the target is a folder or lies in the profile. No file
    is left then.
    """
    refuse_target(target, ctx.profile.root, over=over)
    stages = _Stages(on_stage)
    _refuse_damaged(ctx, stages.stopped)
    _refuse_damaged_journal(ctx)
    return files.write_backup(
        target, partial(_copy, ctx), partial(ctx.store.examine, cancelled=stages.stopped), _vault(ctx.profile),
        keys=files.own_keys(ctx.store.owns), root=ctx.profile.root, made=ctx.clock.now(), program=__version__,
        over=over, why=why, profile=profile_id(ctx.profile, make=True), on_stage=stages.tell,
    )  # fmt: skip


def backup_before_update(profile: Profile, key: StoreKey, clock: Clock) -> BackupReport:
    """A backup of a store that is not open, into the profile's own folder of backups."""
    return files.write_backup(
        free_name(profile.backups / f"{clock.today().isoformat()}-{Why.BEFORE_UPDATE}{ENDING}"),
        lambda path: _copy_closed(profile, key, path),
        lambda path: examine(path, key.key, key.salt),
        _vault(profile), keys=files.keys_of(key.key, key.salt), root=profile.root, made=clock.now(),
        program=__version__, why=Why.BEFORE_UPDATE, profile=profile_id(profile, make=True),
    )  # fmt: skip


def verify_backup(path: Path, key: StoreKey, *, within: Path | None = None) -> BackupReport:
    """Read a backup to its end. Raises StoreFault where it is not whole or belongs to another key.

    within: a folder with room for the store inside, that of the backup for None.
    """
    return files.verify_backup(path, key.key, key.salt, within=within)


def is_backup(path: Path) -> bool:
    """Whether a file says of itself that it is a backup of a PLN no newer than this one; needs no key."""
    try:
        return path.is_file() and bool(files.read_manifest(path))
    except (OSError, StoreFault):
        return False


def _copy(ctx: Context, target: Path) -> bool:
    """The store, and its journal where that has a file of its own: both of one moment, so no writer in between.

    Whether all of it can be read now: False where the journal is locked.
    """
    if ctx.store.journal_vault is None:
        if ctx.store.copy_to(target):
            return True
        target.unlink()  # the journal was given a file of its own meanwhile
    with ctx.store.write(""):
        _refuse_damaged_journal(ctx)
        ctx.store.copy_to(target)
        _copy_journal(ctx.profile, target.parent)
        return ctx.store.journal_open


def _copy_closed(profile: Profile, key: StoreKey, target: Path) -> bool:
    copy_store(profile.store, key.key, key.salt, target)
    _copy_journal(profile, target.parent)
    return False


def _copy_journal(profile: Profile, folder: Path) -> None:
    for name, path in journal_members(profile.root):
        with path.open("rb") as source, (folder / name).open("xb") as copied:
            shutil.copyfileobj(source, copied)


class _Stages:
    """Tells the stages, and asks within those that take long whether to go on: whoever leaves is not to wait."""

    def __init__(self, on_stage: OnStage) -> None:
        self._on_stage = on_stage
        self._last: tuple[int, int] | None = None

    def tell(self, done: int, total: int) -> None:
        self._last = (done, total)
        self._on_stage(done, total)

    def stopped(self) -> bool:
        try:
            self._on_stage(*(self._last or (0, files.STAGES)))
        except Cancelled:
            return True
        return False


def _refuse_damaged(ctx: Context, stopped: Callable[[], bool]) -> None:
    """A copy can be whole where the store is not: it never reads the pages of indexes and those that are free."""
    # A writer may come between the pages that are read, so what is found is looked at again while none can.
    if ctx.store.examine(ctx.store.path, cancelled=stopped).faults and ctx.store.check():
        raise StoreFault(
            "The store is damaged",
            "Some of its pages cannot be read, so no copy was kept. Nothing was changed. An earlier backup may help: "
            "pln restore --latest.",
            Trouble.DAMAGED,
        )


def _refuse_damaged_journal(ctx: Context) -> None:
    if found := ctx.store.journal_faults():
        raise StoreFault(
            "The journal is damaged",
            f"A backup would lack it, so none was made: {found[0].removeprefix('journal: ')}. Nothing was changed. "
            "Keep earlier backups: the journal is in them.",
            Trouble.DAMAGED,
        )


def _vault(profile: Profile) -> bytes:
    try:
        return profile.vault.read_bytes()
    except OSError as fault:
        raise StoreFault(
            "The key file cannot be read",
            f"A backup without {profile.vault} would be of no use, so none was made. Nothing was changed.",
        ) from fault


def free_name(path: Path) -> Path:
    """The path, or one with a number, where nothing is yet."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
