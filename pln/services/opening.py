"""Opening and closing a profile; what `pln check` says of it; the trash."""

from __future__ import annotations

import secrets as randomness
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from pln.model.changes import Noun
from pln.model.errors import PlnError, StoreFault, Trouble
from pln.services.backup import backup_before_update
from pln.services.bus import Bus, Post, at_once
from pln.services.context import Context
from pln.services.flight import begin_flight_mode
from pln.services.mending import mend_head
from pln.services.soundness_watch import begin_mark, end_mark
from pln.services.unlocking import Unlocked, unlock
from pln.services.vault import check_keys, sure_ways
from pln.store.passphrase import Cost
from pln.store.unit_of_work import Store, Work
from pln.store.vault import KEYRING, StoreKey
from pln.system.clock import Clock
from pln.system.paths import Profile
from pln.system.secrets import Secrets

_TRASH_TIME = "trash_time"
_A_DAY, _MOST_AT_ONCE = timedelta(days=1), timedelta(days=2)
KEPT = timedelta(days=30)
"""How long something removed can still be brought back."""

_LEAST_FREE = 200 * 1024 * 1024
_KEYRING_ALONE = (
    "Only this computer's password store surely opens the store. Set a passphrase, or make a new recovery code and "
    "keep it."
)


class Held(Protocol):
    """What an open profile holds until it is closed."""

    def release(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open profile. recovery_code: of a new vault, to be shown once, else "". way: the slot that opened it.

    mended: where the file of the store lies as it was before its head was mended; None where nothing was.
    looks: it can be looked at and not be changed.
    """

    context: Context
    lock: Held
    recovery_code: str = field(default="", repr=False)
    way: str = ""
    mended: Path | None = None
    looks: bool = False

    def close(self) -> None:
        """Close the context and let go of the profile. Background work must have ended. A second call does nothing."""
        try:
            self.context.close()
            if not self.looks:
                end_mark(self.context.profile)
        finally:
            self.lock.release()


def new_uid() -> str:
    return randomness.token_hex(16)


def open_profile(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None, clock: Clock, *,
    post: Post = at_once, new_uid: Callable[[], str] = new_uid, cost: Cost | None = None,
) -> Opened:  # fmt: skip
    """Take the profile for this process, open its vault and its store: `unlock`, then `open_store`."""
    unlocked = unlock(profile, secrets, passphrase, cost, renew_unseen=False)
    return open_store(unlocked, secrets, clock, post=post, new_uid=new_uid)


def open_store(
    unlocked: Unlocked, secrets: Secrets, clock: Clock, *, post: Post = at_once, new_uid: Callable[[], str] = new_uid
) -> Opened:
    """Open the store of a profile that was unlocked, bringing an older one up to date; the lock goes with it.

    post: brings change notices to the thread that listens. A store is made only with its vault: where the vault is
    older, a store that is not there was lost, and that is said rather than covered by an empty one. A first start that
    was broken off before there was a store goes on.
    Raises StoreFault, having let go of the profile.
    """
    profile = unlocked.profile
    with ExitStack() as on_fault:
        on_fault.callback(unlocked.lock.release)
        mended = mend_head(profile, unlocked.key, clock)
        store = _open_store(profile, unlocked.key, clock, new_uid, create=unlocked.first)
        on_fault.callback(store.close)
        unlocked.begun()
        begin_mark(profile)
        context = Context(store=store, profile=profile, clock=clock, bus=Bus(post), secrets=secrets)
        begin_flight_mode(context)
        on_fault.pop_all()
    return Opened(
        context=context, lock=unlocked.lock, recovery_code=unlocked.recovery_code, way=unlocked.way, mended=mended
    )


def check(ctx: Context) -> tuple[str, ...]:
    """Everything that is wrong or unsafe, each in one sentence; () where all is well. Reads the whole store."""
    found = [f"The store: {fault}." for fault in ctx.store.check()]
    if ctx.store.pictures.faults():
        found.append("The pictures kept for offline are damaged. They are fetched again; nothing else is lost.")
    try:
        found.extend(check_keys(ctx.profile, ctx.store.owns))
        if sure_ways(ctx.profile) == {KEYRING}:
            found.append(_KEYRING_ALONE)
    except PlnError as fault:
        found.append(f"{fault.title}. {fault.sentence}")
    free = shutil.disk_usage(ctx.profile.root).free
    if free < max(_LEAST_FREE, 2 * ctx.store.path.stat().st_size):
        found.append(f"The disk has only {free // (1024 * 1024)} MB left, too little for a backup.")
    return tuple(found)


def empty_trash(ctx: Context, *, origin: str = "") -> Mapping[Noun, int]:
    """Delete for good what was removed more than 30 days ago; how many of each noun. It cannot be undone.

    A computer's clock may be years ahead for one start: from one emptying to the next no more than two days count.
    The password of a feed is forgotten with it; where the password store does not answer, both wait for the next time.
    Not on the window's thread: the desktop may ask first.
    """
    with ctx.write(origin) as work:
        before = _counted(work, ctx.clock.now()) - KEPT
        done, held = work.trash.empty(before), work.trash.with_password(before)
    if not held:
        return done
    from pln.services.feed_passwords import forget_passwords  # what the start of the window can do without

    forgotten = forget_passwords(ctx, held)
    with ctx.write(origin) as work:
        work.trash.without_password(forgotten)
        more = work.trash.empty(before)
    return {noun: number + more[noun] for noun, number in done.items()}


def _counted(work: Work, now: datetime) -> datetime:
    """The time by which the trash goes. After a long absence it lags behind, and things are kept for longer."""
    before = work.settings.get(_TRASH_TIME)
    counted = now if before is None else min(now, datetime.fromisoformat(before) + _MOST_AT_ONCE)
    if before is None or abs(counted - datetime.fromisoformat(before)) >= _A_DAY:
        work.settings.put(_TRASH_TIME, counted.isoformat())
    return counted


def rebuild_search(ctx: Context) -> None:
    """Build the search index anew: the mending where `check` finds it out of step."""
    with ctx.write("") as work:
        work.reindex()


def _open_store(
    profile: Profile, key: StoreKey, clock: Clock, new_uid: Callable[[], str], *, create: bool
) -> Store:  # fmt: skip
    if not create and not profile.store.exists():
        raise StoreFault(
            "The store is missing",
            f"{profile.store} is not there, although this profile was used before. PLN made no new one over the loss. "
            f"Put the file back, or bring the newest backup in {profile.backups} back: pln restore --latest.",
            Trouble.STORE_MISSING,
        )
    return Store(
        profile.store, key.key, key.salt, now=clock.now, new_uid=new_uid, create=create,
        copy_first=lambda: _copy_first(profile, key, clock),
    )  # fmt: skip


def _copy_first(profile: Profile, key: StoreKey, clock: Clock) -> None:
    backup_before_update(profile, key, clock)
