"""The owner's own sync server: which one, and the words for it. The password lies in the password store alone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from pln.model.errors import KeyringUnavailable, UsageError
from pln.model.sync import SyncAccount
from pln.services.article_keeping import never
from pln.services.context import Context
from pln.sources.links import web_address

ORIGIN = "sync"


def sync_account(ctx: Context) -> SyncAccount | None:
    with ctx.store.read() as work:
        return work.sync.account()


def keep_sync_account(
    ctx: Context,
    url: str,
    login: str,
    password: str,
    *,
    keep_password: bool = True,
    cancelled: Callable[[], bool] = never,
) -> SyncAccount:
    """Try the words on the server, keep the account here and its password in the password store.

    keep_password: False where it is to be given with each sync.
    Raises UsageError for no address, NetworkFault (PrivateAddressRefused names the place to allow), and
    KeyringUnavailable; nothing is kept then.
    """
    address = web_address(url.strip() if "://" in url else f"https://{url.strip()}", "").rstrip("/")
    if not address or not login.strip():
        raise UsageError("The address and a user name are needed", "Type both as your server tells them.")
    from pln.services.going_out import http_for  # heavy: not before needed
    from pln.sources.google_reader import sign_in

    with http_for(ctx) as http:
        sign_in(http, address, login.strip(), password, cancelled=cancelled).feeds()
    forget_sync_account(ctx)
    with ctx.write(ORIGIN) as work:
        account = work.sync.add(SyncAccount(url=address, login=login.strip()))
    try:
        if keep_password:
            ctx.secrets.put(account.secret_name, password)
    except KeyringUnavailable:
        with ctx.write(ORIGIN) as work:
            work.sync.forget()
        raise
    return account


def forget_sync_account(ctx: Context) -> None:
    """Forget the account and its password. Feeds and articles stay, here and there."""
    account = sync_account(ctx)
    if account is None:
        return
    with ctx.write(ORIGIN) as work:
        work.sync.forget()
    with contextlib.suppress(KeyringUnavailable):  # without one there is nothing to forget
        ctx.secrets.delete(account.secret_name)
