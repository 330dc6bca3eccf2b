"""Changing what opens the store, for somebody who has shown that they may.

The key is not kept while PLN runs, so it is asked for anew: of this computer's password store, or by words. All of
this may wait for the desktop's own prompt or work for a second: call it off the UI thread.
"""

from __future__ import annotations

from pln.model.errors import StoreFault
from pln.services.context import Context
from pln.services.vault import (
    NeedsPassphrase,
    code_kept,
    code_unseen,
    forget_here,
    mend_check,
    new_recovery_code,
    open_vault,
    open_without,
    remember_here,
    remove_way,
    set_passphrase,
    ways_in,
)
from pln.store.passphrase import Cost
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY, StoreKey
from pln.system.secrets import NoSecrets

__all__ = [
    "KEYRING",
    "PASSPHRASE",
    "RECOVERY",
    "NeedsPassphrase",
    "change_passphrase",
    "fresh_recovery_code",
    "is_code_kept",
    "keep_code",
    "removable",
    "remove",
    "use_computer",
    "ways",
]


def ways(ctx: Context) -> frozenset[str]:
    """What opens the store: KEYRING, PASSPHRASE, RECOVERY. Raises StoreFault where the key file cannot be read."""
    return ways_in(ctx.profile)


def change_passphrase(ctx: Context, new: str, now: str = "", cost: Cost | None = None) -> None:
    """Set the passphrase or change it. now: passphrase or recovery code in force; "" asks the password store.

    Raises NeedsPassphrase where words are needed after all, WrongSecret for wrong ones, UsageError for a short one.
    """
    set_passphrase(ctx.profile, _key(ctx, now), new, cost)


def fresh_recovery_code(ctx: Context, now: str = "") -> str:
    """A new code, to be shown once; the earlier one no longer opens. It counts as kept after `keep_code`.

    Raises as `change_passphrase`.
    """
    return new_recovery_code(ctx.profile, _key(ctx, now))


def use_computer(ctx: Context, now: str = "") -> None:
    """Let this computer's password store open the store. Raises KeyringUnavailable too."""
    remember_here(ctx.profile, ctx.secrets, _key(ctx, now))


def removable(ctx: Context) -> frozenset[str]:
    """The ways that may be removed, because one stays that its owner knows by heart or has on paper."""
    there = ways(ctx)
    return frozenset(way for way in there if there - {way, KEYRING})


def remove(ctx: Context, way: str, words: str) -> None:
    """Remove one way in. words: passphrase or recovery code, of a way that stays, so that it is known to work.

    Raises WrongSecret for other words, StoreFault where nothing would stay that its owner can be sure to have.
    """
    if way not in removable(ctx):
        raise StoreFault(
            "One way in is yours to keep",
            "A password store can be lost with the computer. Nothing was changed. Set a passphrase or make a recovery "
            "code first, then try again.",
        )
    if open_without(ctx.profile, way, words).way == RECOVERY:
        code_kept(ctx.profile)  # whoever uses it has it
    if way == KEYRING:
        forget_here(ctx.profile, ctx.secrets)
    else:
        remove_way(ctx.profile, way)


def is_code_kept(ctx: Context) -> bool:
    """False where the recovery code in force was never said to be kept. Raises as `ways`."""
    return not code_unseen(ctx.profile)


def keep_code(ctx: Context) -> None:
    """The recovery code in force was written down, printed or put away."""
    code_kept(ctx.profile)


def _key(ctx: Context, now: str) -> StoreKey:
    """Words that are given are checked even where the password store would open: they may have been a mistake."""
    key = open_vault(ctx.profile, NoSecrets(), lambda: now).key if now else open_vault(ctx.profile, ctx.secrets).key
    mend_check(ctx.profile, key)
    return key
