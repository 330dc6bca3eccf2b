"""Backups that PLN makes by itself: every day, and before much is changed at once; where they go, and which stay."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pln.durable.files import flush_file, write_fault
from pln.model.errors import PlnError, StoreFault, Trouble, UsageError
from pln.services.article_keeping import let_go
from pln.services.backup import BackupReport, backup, free_name
from pln.services.context import Context
from pln.services.kept_backups import ENDING, own_in, remember, rotate
from pln.services.opening import empty_trash
from pln.store.backup import OnStage, nobody
from pln.store.rotation import Why

__all__ = [
    "NoBackup",
    "Place",
    "Skipped",
    "Why",
    "choose_place",
    "is_due",
    "keep_before",
    "keep_daily",
    "keep_now",
    "look_after",
    "place",
    "safely",
]

_KEY = "backup_place"
_MARK = ".pln-backups"
_MARK_SAYS = (
    b"PLN keeps backups in this folder. Without this file it takes the folder for another one of the same name.\n"
)
_MARGIN = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A backup that was not made, in words. Nothing was written, and the earlier ones are as they were."""

    title: str
    sentence: str
    trouble: Trouble = Trouble.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """folder: where backups go now. chosen: the folder that was wished, None for the profile's own. missing: it is not
    there now, or cannot be written, and the profile's own stands in.
    """

    folder: Path
    chosen: Path | None = None
    missing: bool = False


class NoBackup(PlnError):
    """Something was not begun because no backup could be made before. It may be asked for once more without one."""


def keep_daily(ctx: Context, on_stage: OnStage = nobody) -> BackupReport | Skipped | None:
    """The backup of today; None where it is there already. Backups that are no longer needed go, once it is whole."""
    return _kept(ctx, Why.DAILY, on_stage) if is_due(ctx) else None


def keep_before(ctx: Context, why: Why, on_stage: OnStage = nobody) -> BackupReport | Skipped:
    """A backup before much is changed at once, so that the state before it can be brought back."""
    return _kept(ctx, why, on_stage)


def safely(ctx: Context, why: Why, on_stage: OnStage = nobody, *, without: bool = False) -> None:
    """Make a backup or refuse to go on. without: the owner was told and goes on all the same.

    Raises NoBackup where none can be made; nothing was changed then.
    """
    if without:
        return
    found = keep_before(ctx, why, on_stage)
    if isinstance(found, Skipped):
        raise NoBackup("No backup was made before this", f"{found.title}. {found.sentence} Nothing was changed.")


def keep_now(ctx: Context, on_stage: OnStage = nobody) -> BackupReport:
    """A backup because somebody asked for one, into the folder of backups; it stays until it is removed by hand.

    Raises StoreFault where none can be made.
    """
    return _write(ctx, Why.BY_HAND, on_stage)


def is_due(ctx: Context) -> bool:
    """Whether there is no backup of today yet, or only one whose journal nobody could read, which is open now."""
    today = ctx.clock.today()
    there = (each.kept for each in own_in(place(ctx).folder, ctx.profile))
    is_read = ctx.store.journal_vault is not None and ctx.store.journal_open
    return not any(each.day == today and each.why is Why.DAILY and (each.verified or not is_read) for each in there)


def look_after(ctx: Context, on_stage: OnStage = nobody) -> BackupReport | Skipped | None:
    """What is done every day at rest: the backup, and only with it what cannot be undone.

    That is the emptying of the trash, and the end of articles that were kept long enough.
    """
    found = keep_daily(ctx, on_stage)
    if not isinstance(found, Skipped):
        empty_trash(ctx, origin="start")
        let_go(ctx)
    return found


def place(ctx: Context) -> Place:
    """Where backups go. A wished folder that lost its mark is another one, or a drive that is not there."""
    own = ctx.profile.backups
    with ctx.store.read() as work:
        wished = work.settings.get(_KEY, "")
    if not isinstance(wished, str) or not wished:
        return Place(folder=own)
    chosen = Path(wished)
    if (chosen / _MARK).is_file() and os.access(chosen, os.W_OK | os.X_OK):
        return Place(folder=chosen, chosen=chosen)
    return Place(folder=own, chosen=chosen, missing=True)


def choose_place(ctx: Context, folder: Path | None, *, origin: str = "") -> Place:
    """Let backups go into a folder that is there, which may be synced or removable; None for the profile's own.

    Backups that are there already stay where they are. Raises UsageError for a folder that is not there or lies in the
    profile, StoreFault where it cannot be written.
    """
    if folder is not None and _is_same(folder, ctx.profile.backups):
        folder = None
    if folder is not None:
        _refuse(folder, ctx.profile.root)
        _mark(folder)
    with ctx.write(origin) as work:
        work.settings.put(_KEY, "" if folder is None else str(folder.absolute()))
    return place(ctx)


def _kept(ctx: Context, why: Why, on_stage: OnStage) -> BackupReport | Skipped:
    try:
        report = _write(ctx, why, on_stage)
    except StoreFault as fault:
        return Skipped(title=fault.title, sentence=fault.sentence, trouble=fault.trouble)
    for folder in {report.path.parent, ctx.profile.backups}:
        rotate(folder, ctx.profile, ctx.clock.today())
    return report


def _write(ctx: Context, why: Why, on_stage: OnStage) -> BackupReport:
    folder = place(ctx).folder
    _refuse_little_room(ctx, folder)
    target = free_name(folder / f"{ctx.clock.today().isoformat()}-{why}{ENDING}")
    report = backup(ctx, target, why=why, on_stage=on_stage)
    remember(ctx.profile, folder)
    return report


def _refuse_little_room(ctx: Context, folder: Path) -> None:
    """A copy and the finished file lie there together for a while."""
    with suppress(OSError):
        needed = 2 * sum(each.stat().st_size for each in _files(ctx)) + _MARGIN
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise StoreFault(
                "There is too little room for a backup",
                f"It needs {_mega(needed)} MB in {folder}, and {_mega(free)} MB are free. It was not made, and "
                "earlier ones were kept. Free some space, or choose another folder for backups in Settings, Safety.",
                Trouble.FULL,
            )


def _files(ctx: Context) -> tuple[Path, ...]:
    """What a copy is made of: the newest commits still lie in the log beside the store."""
    store = ctx.profile.store
    return tuple(each for each in (store, store.with_name(f"{store.name}-wal"), ctx.profile.journal) if each.exists())


def _mark(folder: Path) -> None:
    """Written plainly: a stick in the format of other systems knows no permissions, and refuses to set them."""
    try:
        (folder / _MARK).write_bytes(_MARK_SAYS)
        flush_file(folder / _MARK)
    except OSError as fault:
        raise write_fault(folder / _MARK, fault) from fault


def _refuse(folder: Path, root: Path) -> None:
    if not folder.is_absolute() or not folder.is_dir():
        raise UsageError(
            "There is no such folder", f"{folder} is not there. Nothing was changed. Choose a folder that is."
        )
    if any(_is_same(each, root) for each in (folder.resolve(), *folder.resolve().parents)):
        raise UsageError(
            "Backups cannot lie there",
            f"{folder} is in the profile. Nothing was changed. Choose another folder, best on another disk.",
        )


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _mega(size: int) -> int:
    return -(-size // 1_000_000)
