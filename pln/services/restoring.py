"""Bringing a backup back: into a profile that holds nothing yet, or over one that gives way and is kept beside."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pln.durable.files import write_atomically, write_fault
from pln.model.errors import StoreFault
from pln.services.vault import open_vault
from pln.store import backup as files
from pln.store import set_aside as aside
from pln.store.backup import BackupReport
from pln.store.soundness import examine
from pln.store.vault import StoreKey
from pln.system.clock import Clock, SystemClock
from pln.system.instance import acquire
from pln.system.paths import Profile
from pln.system.secrets import Secrets

STAGE = ".restoring"
_BESIDE_A_STORE = ("", "-wal", "-shm", "-journal")
_CODE_UNSEEN = ".code-unseen"

OpenVault = Callable[[Profile], StoreKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back. earlier: the folder where the files lie that gave way, None where there were none."""

    report: BackupReport
    earlier: Path | None = None


def restore(
    path: Path, into: Profile, open_vault: OpenVault, *, set_aside: bool = False, clock: Clock | None = None
) -> BackupReport:
    """As `bring_in`, for whoever need not know where the earlier files lie."""
    return bring_in(path, into, open_vault, set_aside=set_aside, clock=clock).report


def bring_in(
    path: Path, into: Profile, open_vault: OpenVault, *, set_aside: bool = False, clock: Clock | None = None
) -> Restored:
    """Put a backup into a profile; it opens from then on like any other.

    open_vault: gives the key to a profile whose vault.json is the backup's (asks for passphrase or recovery code).
    set_aside: where the profile holds a store already, it is moved whole into a folder of its own; else it is refused.
    Everything is laid and verified beside first, then only names change: a crash leaves what was before or what came.
    Raises StoreFault where the profile is open, or the backup is not whole; nothing is changed then.
    """
    _refuse_staged(path, into)
    files.read_manifest(path)
    with acquire(into.create()):
        aside.finish(into.root)
        if not set_aside:
            _refuse_used(into)
        try:
            report = lay(path, into, open_vault)
            earlier = aside.give_way(into.root, _plan(into, path, clock))
        finally:
            if not aside.is_waiting(into.root):
                drop_stage(into)
    return Restored(report=report, earlier=earlier)


def lay(path: Path, into: Profile, open_vault: OpenVault) -> BackupReport:
    """Unpack a backup beside the store of a profile and verify it there; the store itself may be open meanwhile.

    Raises StoreFault where it is not whole, does not open, or the disk is full; nothing is left then.
    """
    _refuse_staged(path, into)
    drop_stage(into)
    stage = Profile(into.root / STAGE)
    try:
        stage.create()
        write_atomically(stage.vault, files.read_vault(path))
        key = open_vault(stage)
        probe, keys = (lambda store: examine(store, key.key, key.salt)), files.keys_of(key.key, key.salt)
        return files.unpack_verified(path, stage.root, probe, keys)
    except OSError as fault:
        drop_stage(into)
        raise write_fault(into.store, fault) from fault
    except BaseException:
        drop_stage(into)
        raise


def intend(path: Path, into: Profile, clock: Clock | None = None) -> None:
    """Let what was laid of a backup take the place of the store when the profile is next opened. Raises StoreFault."""
    aside.intend(into.root, _plan(into, path, clock))


def drop_stage(into: Profile) -> None:
    """Remove a copy that was laid and is not wanted."""
    shutil.rmtree(into.root / STAGE, ignore_errors=True)


def vault_key(stage: Profile, secrets: Secrets, words: str) -> StoreKey:
    """The key in the vault of a backup, by words, or by this computer's password store where there are none.

    Call it with NoSecrets beside words: a backup must not renew what the password store keeps for the present store.
    Raises NeedsPassphrase where words are needed, WrongSecret for wrong ones.
    """
    return open_vault(stage, secrets, (lambda: words) if words else None).key


def set_aside(profile: Profile, now: datetime) -> Path | None:
    """Move store and keys into a folder of their own, where they stay. Hold the profile, with nothing of it open.

    Returns the folder, None where there was nothing. The profile is empty then: the next start would begin a new
    store, so whoever wants another one in its place uses `restore` or `replace_store`.
    Raises StoreFault where a file cannot be moved; everything is where it was then.
    """
    return aside.give_way(profile.root, aside.plan_for(profile.root, profile.set_aside, _all_names(profile), now))


def replace_store(profile: Profile, stage: str, new: tuple[str, ...], now: datetime) -> Path | None:
    """Let files from a folder of the profile (stage) take the place of theirs, which are set aside; others stay.

    new: names such as "store.db" or "vault.json". Hold the profile, with nothing of it open. The stage goes.
    Raises StoreFault where a file cannot be moved; everything is where it was then.
    """
    names = tuple(
        name for each in new for name in (_with_a_store(each) if each == profile.store.name else (each,))
    )  # fmt: skip
    plan = aside.plan_for(profile.root, profile.set_aside, names, now, stage=stage, new=new)
    return aside.give_way(profile.root, plan)


def _plan(into: Profile, path: Path, clock: Clock | None) -> aside.Plan:
    return aside.plan_for(
        into.root, into.set_aside, _all_names(into), (clock or SystemClock()).now(),
        stage=STAGE, new=(into.vault.name, *files.more_in(path), into.store.name),
    )  # fmt: skip


def _all_names(profile: Profile) -> tuple[str, ...]:
    """Everything that belongs to one store; settings, logs and backups stay where they are."""
    return (
        *_with_a_store(profile.store.name), profile.vault.name,
        *_with_a_store(profile.journal.name), profile.journal_vault.name, profile.open_mark.name, _CODE_UNSEEN,
    )  # fmt: skip


def _with_a_store(name: str) -> tuple[str, ...]:
    return tuple(name + ending for ending in _BESIDE_A_STORE)


def _refuse_staged(path: Path, into: Profile) -> None:
    """The stage is emptied first: what lies there would be gone before it is read."""
    with suppress(OSError, RuntimeError):
        if (into.root / STAGE).resolve() in path.resolve().parents:
            raise StoreFault(
                "The backup lies where PLN unpacks",
                f"{path} is in {into.root / STAGE}, which is emptied before a backup is brought back. Nothing was "
                "changed. Copy the file to another folder, then name it there.",
            )


def _refuse_used(profile: Profile) -> None:
    vault, store = profile.vault.exists(), profile.store.exists()
    others = any(profile.root.glob(f"{profile.store.name}-*"))
    if vault or store or others:
        raise StoreFault(
            "This profile is in use",
            f"{profile.root} holds a store already. Choose a new profile folder. Nothing was changed.",
        )
