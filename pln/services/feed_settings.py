"""What the owner can set about one feed, all at once and with one undo."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedState
from pln.services.context import Context
from pln.services.feed_passwords import forget_feed_password, set_feed_password
from pln.services.reading import folder_path, get_feed
from pln.services.undo import UndoStep
from pln.sources.patience import host_of_url
from pln.store.unit_of_work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """As in `Feed`. paused: it rests. interval_minutes, keep_days, keep_count: None for what holds in general."""

    title: str
    url: str
    folder: str = ""
    person_id: int | None = None
    tags: tuple[str, ...] = ()
    interval_minutes: int | None = None
    full_text: bool = False
    pictures: bool = True
    notify: bool = False
    keep_days: int | None = None
    keep_count: int | None = None
    paused: bool = False


_SAME = tuple(each.name for each in fields(FeedSettings) if each.name != "paused")


def settings_of(feed: Feed) -> FeedSettings:
    return FeedSettings(**{name: getattr(feed, name) for name in _SAME}, paused=feed.state is not FeedState.ACTIVE)


def save_settings(ctx: Context, feed_id: int, new: FeedSettings, *, origin: str = "") -> UndoStep | None:
    """Write them; what a refresh noted meanwhile stays. None where nothing changed.

    Raises UsageError for an unknown feed, an empty name, an address that is none or that another feed has.
    """
    new = replace(new, title=" ".join(new.title.split()), url=new.url.strip(), folder=folder_path(new.folder))
    if not new.title:
        raise UsageError("A name is needed", "The feed keeps the name it has. Nothing was saved.")
    old = settings_of(get_feed(ctx, feed_id))
    if new.url != old.url and not new.url.lower().startswith(("http://", "https://")):
        raise UsageError("This is no web address", "A feed's address begins with https://. Nothing was saved.")
    if new == old:
        return None
    with ctx.write(origin) as work:
        feed = work.feeds.get(feed_id)
        if feed is None:
            raise UsageError("No such feed", "It may have been removed. Nothing was saved.")
        after = work.feeds.change(changed(feed, new))
    login = feed.login if not after.login else ""  # its password stays in the keyring, under the old host

    def back(work: Work) -> None:
        now = work.feeds.get(feed_id)
        if now is not None:
            work.feeds.change(replace(changed(now, old), login=now.login or login))

    step = UndoStep(label=f"{new.title} was changed", back=back)
    ctx.undo.push(step)
    return step


def save_with_password(
    ctx: Context, feed: Feed, new: FeedSettings, login: str, password: str, *, origin: str = ""
) -> UndoStep | None:
    """The same with user and password as typed: an empty password leaves the one kept, an empty user forgets it.

    At another host the kept password does not count. Not on the window's thread: the desktop may ask first.
    Raises KeyringUnavailable as well.
    """
    login = login.strip()
    if login and login != feed.login and not password:
        raise UsageError("Its password is needed, too", "Give user and password together. Nothing was saved.")
    step = save_settings(ctx, feed.id, new, origin=origin)
    if login and password:
        set_feed_password(ctx, feed.id, login, password, origin=origin)
    elif not login and feed.login:
        forget_feed_password(ctx, feed.id, origin=origin)
    return step


def changed(feed: Feed, new: FeedSettings) -> Feed:
    """The feed with these settings. At another address nothing that its old server said holds any more.

    At another host its password is not sent either.
    """
    values = {name: getattr(new, name) for name in _SAME}
    was_paused = feed.state is not FeedState.ACTIVE
    if new.paused != was_paused:
        values |= {"state": FeedState.PAUSED if new.paused else FeedState.ACTIVE, "next_check": None}
    if new.interval_minutes != feed.interval_minutes:
        values |= {"next_check": None}
    if new.url != feed.url:
        state = FeedState.PAUSED if new.paused else FeedState.ACTIVE
        values |= {
            "etag": "", "last_modified": "", "body_hash": "", "validators_since": None, "moving_to": "",
            "moving_since": None, "error": "", "error_count": 0, "next_check": None, "state": state,
            "login": feed.login if host_of_url(new.url) == host_of_url(feed.url) else "",
        }  # fmt: skip
    return replace(feed, **values)
