"""Feeds with a password: the user's name is in the store, the password in this computer's password store alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pln.model.errors import KeyringUnavailable, UsageError
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.reading import change_feed, get_feed
from pln.sources.patience import host_of_url
from pln.sources.refresh import Secrecy

_NOT_KEPT = "Its password is not on this computer. Give it again in the feed's settings."


def set_feed_password(ctx: Context, feed_id: int, login: str, password: str, *, origin: str = "") -> Feed:
    """Let a feed be asked for with a user and a password. Not on the window's thread: the desktop may ask first.

    Raises KeyringUnavailable where the password cannot be kept safely, UsageError; nothing is changed then.
    """
    login = login.strip()
    if not login or ":" in login:
        raise UsageError("A user is needed", "Give the user's name, without a colon. Nothing was changed.")
    feed = get_feed(ctx, feed_id)
    ctx.secrets.put(_name(feed), password)
    return change_feed(ctx, feed_id, lambda now: replace(now, login=login, next_check=None), origin=origin)


def forget_feed_password(ctx: Context, feed_id: int, *, origin: str = "") -> Feed:
    """Ask without a password from now on, and delete it. Not on the window's thread. Raises KeyringUnavailable."""
    ctx.secrets.delete(_name(get_feed(ctx, feed_id)))
    return change_feed(ctx, feed_id, lambda now: replace(now, login=""), origin=origin)


def forget_passwords(ctx: Context, feeds: Iterable[Feed]) -> tuple[int, ...]:
    """Delete the passwords of feeds that go for good; ids of those that have none any more. Not on the window's thread.

    The others must stay, since nothing else knows the name their password is kept under.
    """
    done: list[int] = []
    for feed in feeds:
        try:
            ctx.secrets.delete(_name(feed))
        except KeyringUnavailable:
            break  # each of the others would ask again
        done.append(feed.id)
    return tuple(done)


def passwords_of(ctx: Context, feeds: Iterable[Feed]) -> Secrecy:
    """The passwords of those feeds that have one, asked for here, one after the other. Not on the window's thread."""
    found: dict[int, str] = {}
    missing: dict[int, str] = {}
    for feed in feeds:
        if not feed.login:
            continue
        try:
            password = ctx.secrets.get(_name(feed))
        except KeyringUnavailable as fault:
            missing[feed.id] = f"{fault.title}, so this feed was not asked. What is stored is untouched."
            continue
        if password is None:
            missing[feed.id] = _NOT_KEPT
        else:
            found[feed.id] = password
    return Secrecy(passwords=found, missing=missing)


def _name(feed: Feed) -> str:
    """With the host that the password is for: whatever moves the feed to another, it is not told this one."""
    return f"feed:{feed.uid}@{host_of_url(feed.url)}"
