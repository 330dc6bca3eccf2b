"""How feeds are: their last answers, why one cannot be read, what was tried, and when and why it is asked next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pln.model.errors import NetworkFault, UnreadableInput
from pln.model.feed import Feed, FeedState, Outcome, is_broken
from pln.model.feed_health import TRIED, FeedAnswer, FeedHealth, HostWait
from pln.model.fetching import POSTS_WINDOW, Moment, Reason, deciding
from pln.services.context import Context
from pln.services.feed_settings import save_settings, settings_of
from pln.services.going_out import http_for
from pln.services.preferences import read_preferences
from pln.services.reading import get_feed
from pln.services.undo import UndoStep
from pln.sources.discover import FoundFeed, discover
from pln.sources.patience import host_of_url
from pln.store.unit_of_work import Work

_WHY_NEXT = {
    Reason.OWN: "This is the interval that you set for it.",
    Reason.POSTS: "It is asked about as often as it posts.",
    Reason.LEAST: "No server is asked more often than that by itself.",
    Reason.TTL: "The feed itself asks not to be looked at before.",
    Reason.FRESH: "Its server says that nothing new comes before.",
    Reason.FAILING: "It could not be read, so the wait grows with each try.",
    Reason.PATIENCE: "Its server asked to be left alone until then.",
}
_SAME_HOST_ONLY = "The feed wants to move to another server. It has a password, so PLN leaves that to you."


def never() -> bool:
    return False


def feed_health(ctx: Context, feed_id: int) -> FeedHealth:
    """All about one feed. Raises UsageError where there is none."""
    feed = get_feed(ctx, feed_id)
    with ctx.store.read() as work:
        return _Scene(ctx, work, (feed,)).health(feed, work.fetched.answers(feed.id))


def all_health(ctx: Context) -> tuple[FeedHealth, ...]:
    """Every feed's health, by folder and title; of the answers only the last."""
    with ctx.store.read() as work:
        feeds, last = work.feeds.everything(), work.fetched.last_answers()
        scene = _Scene(ctx, work, feeds)
        return tuple(scene.health(feed, (last[feed.id],) if feed.id in last else ()) for feed in feeds)


def broken_feeds(ctx: Context) -> tuple[FeedHealth, ...]:
    """Feeds that could not be read the last time or have ended, those that failed most often first; with answers."""
    with ctx.store.read() as work:
        feeds = tuple(feed for feed in work.feeds.everything() if _is_broken(feed))
        scene = _Scene(ctx, work, feeds)
        found = [scene.health(feed, work.fetched.answers(feed.id)) for feed in feeds]
    return tuple(sorted(found, key=lambda each: -each.feed.error_count))


def look_for_address(ctx: Context, feed_id: int, *, cancelled: Callable[[], bool] = never) -> tuple[FoundFeed, ...]:
    """Look on a feed's site for where it may lie now, and note in its health what came of that. () for nothing new.

    Goes out to the network: not on the window's thread. Raises UsageError where its site is not known, Cancelled.
    """
    feed = get_feed(ctx, feed_id)
    site = feed.site_url or _root(feed.url)
    found: tuple[FoundFeed, ...] = ()
    try:
        with http_for(ctx) as http:
            found = tuple(
                each for each in discover(http, site, ctx.parser, cancelled=cancelled) if each.url != feed.url
            )
        told = (
            f"Looked on its site and found {found[0].url}." if found else "Looked on its site and found no other feed."
        )
    except (NetworkFault, UnreadableInput) as fault:
        told = f"Looked on its site in vain: {fault.title}."
    with ctx.write("feed health") as work:
        work.fetched.note([FeedAnswer(feed_id=feed_id, at=ctx.clock.now(), outcome=TRIED, sentence=told)])
        work.touch(work.fetched.noun, feed_id)
    return found


def take_address(ctx: Context, feed_id: int, url: str, *, origin: str = "") -> UndoStep | None:
    """Let a feed go on at another address, with all that is stored of it; it is asked at the next refresh.

    A password stays behind where the host is another. None where it lies there already. Raises UsageError for what is
    no address, or where another feed has it.
    """
    settings = settings_of(get_feed(ctx, feed_id))
    return save_settings(ctx, feed_id, replace(settings, url=url, paused=False), origin=origin)


class _Scene:
    """What the health of some feeds is judged by, read once for all of them."""

    def __init__(self, ctx: Context, work: Work, feeds: Sequence[Feed]) -> None:
        self._now = ctx.clock.now()
        self._every = timedelta(minutes=read_preferences(work).refresh_minutes)
        self._posts = work.fetched.posts((feed.id for feed in feeds), self._now - POSTS_WINDOW)
        self._waits = {wait.host: wait for wait in work.fetched.host_waits(self._now)}

    def health(self, feed: Feed, answers: tuple[FeedAnswer, ...]) -> FeedHealth:
        moment = Moment(now=self._now, posts=self._posts.get(feed.id, 0), at_most_every=self._every)
        wait = self._waits.get(host_of_url(feed.url))
        at = _next(feed, wait)
        reason = None if at is None else _reason(feed, moment, wait, answers)
        return FeedHealth(
            feed=feed, answers=answers, broken=_is_broken(feed), why=_why(feed),
            tried=tuple(each.sentence for each in answers if each.outcome == TRIED),
            next_check=at, next_reason=reason, next_why=_WHY_NEXT[reason] if reason is not None else "",
            new_address=feed.moving_to, posts=moment.posts,
        )  # fmt: skip


def _is_broken(feed: Feed) -> bool:
    return is_broken(feed.state, feed.error, feed.error_count)


def _why(feed: Feed) -> str:
    if feed.error and feed.error_count > 1:
        return f"{feed.error} This was so {feed.error_count} times in a row."
    if not feed.error and feed.moving_to and feed.login:
        return _SAME_HOST_ONLY
    return feed.error


def _next(feed: Feed, wait: HostWait | None) -> datetime | None:
    if feed.state is not FeedState.ACTIVE:
        return None
    times = [each for each in (feed.next_check, wait.until if wait is not None else None) if each is not None]
    return max(times, default=None)


def _reason(feed: Feed, moment: Moment, wait: HostWait | None, answers: tuple[FeedAnswer, ...]) -> Reason:
    if wait is not None and (feed.next_check is None or wait.until >= feed.next_check):
        return Reason.PATIENCE
    last = next((each for each in answers if each.outcome != TRIED), None)
    if feed.error:
        return Reason.PATIENCE if last is not None and last.outcome == Outcome.PATIENCE else Reason.FAILING
    return deciding(feed, moment)


def _root(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"
