"""Changing what opens the store, for somebody who has shown that they may.

The key is not kept while PLN runs, so it is asked for anew: of this computer's password store, or by words. All of
this may wait for the desktop's own prompt or work for a second: call it off the UI thread.
"""

from __future__ import annotations

from pln.services.context import Context
from pln.services.vault import (
    NeedsPassphrase,
    forget_here,
    new_recovery_code,
    open_vault,
    remember_here,
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
    "forget_computer",
    "fresh_recovery_code",
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
    """A new code, to be shown once; the earlier one no longer opens. Raises as `change_passphrase`."""
    return new_recovery_code(ctx.profile, _key(ctx, now))


def use_computer(ctx: Context, now: str = "") -> None:
    """Let this computer's password store open the store. Raises KeyringUnavailable too."""
    remember_here(ctx.profile, ctx.secrets, _key(ctx, now))


def forget_computer(ctx: Context) -> None:
    """Ask for the passphrase from the next start on. Raises StoreFault where that would lock the owner out."""
    forget_here(ctx.profile, ctx.secrets)


def _key(ctx: Context, now: str) -> StoreKey:
    """Words that are given are checked even where the password store would open: they may have been a mistake."""
    if now:
        return open_vault(ctx.profile, NoSecrets(), lambda: now).key
    return open_vault(ctx.profile, ctx.secrets).key
