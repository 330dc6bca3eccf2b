"""Looking at the whole store from time to time, and after an end that was none, so that damage is found in time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from pln.model.errors import PlnError, StoreFault, Trouble
from pln.services.context import Context
from pln.store.soundness import never
from pln.system.paths import Profile

EVERY = timedelta(days=7)

_KEY = "last_checked"
_OPEN, _UNCLEAN = b"open\n", b"not closed in good order\n"


def begin_mark(profile: Profile) -> None:
    """The store is open from now on. A mark that stands already says that it was not closed the last time.

    It is no loss where it cannot be written, as on a full disk.
    """
    with suppress(OSError):
        mark = profile.open_mark
        mark.write_bytes(_UNCLEAN if mark.exists() else _OPEN)


def end_mark(profile: Profile) -> None:
    """The store was closed in good order. What was not looked at since an unclean end is still to be looked at."""
    with suppress(OSError):
        if profile.open_mark.read_bytes() != _UNCLEAN:
            profile.open_mark.unlink()


def is_unclean(profile: Profile) -> bool:
    """Whether PLN, or the computer, ended without closing the store, and nobody has looked at it since."""
    with suppress(OSError):
        return profile.open_mark.read_bytes() == _UNCLEAN
    return False


def is_due(ctx: Context) -> bool:
    """Whether the store is to be looked at: after an unclean end, and a week after the last time."""
    return is_unclean(ctx.profile) or _age(ctx) >= EVERY


def look(ctx: Context, *, cancelled: Callable[[], bool] = never) -> StoreFault | None:
    """Read the whole store; what is wrong with it, None where it is sound. Takes seconds for a large one.

    Raises Cancelled; it is due as before then.
    """
    found = _found(ctx, cancelled)
    if found is None:
        with suppress(OSError):
            if is_unclean(ctx.profile):
                ctx.profile.open_mark.write_bytes(_OPEN)
        with suppress(PlnError), ctx.write("check") as work:  # a full disk must not make a sound store a fault
            work.settings.put(_KEY, ctx.clock.today().isoformat())
    return found


def _found(ctx: Context, cancelled: Callable[[], bool]) -> StoreFault | None:
    """Writers go on meanwhile. What one of them may have caused is looked at again while none can."""
    try:
        if not ctx.store.examine(ctx.store.path, cancelled=cancelled).faults or not ctx.store.check():
            return _found_in_journal(ctx)
    except StoreFault as fault:
        if fault.trouble is not Trouble.DAMAGED:
            raise
    return StoreFault(
        "The store is damaged",
        "A part of its file cannot be read. Nothing was changed. A backup brings it back.",
        Trouble.DAMAGED,
    )


def _found_in_journal(ctx: Context) -> StoreFault | None:
    """Where it is locked, only that its files are there."""
    found = ctx.store.journal_faults()
    if not found:
        return None
    return StoreFault(
        "The journal is damaged",
        f"It has a file of its own: {found[0].removeprefix('journal: ')}. Everything else is whole, and nothing was "
        "changed. Keep earlier backups: the journal is in them. No new one is made until it is whole again.",
        Trouble.DAMAGED,
    )


def _age(ctx: Context) -> timedelta:
    """Since it was looked at last. A day that is to come counts as none: the clock was wrong then."""
    with ctx.store.read() as work:
        told = work.settings.get(_KEY, "")
    with suppress(ValueError):
        age = ctx.clock.today() - date.fromisoformat(str(told))
        return EVERY if age < timedelta(0) else age
    return EVERY
