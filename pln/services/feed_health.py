"""How feeds are: what their servers answered, why one is not read, and when it is asked next."""

from __future__ import annotations

from datetime import datetime

from pln.model.feed import Feed, FeedState
from pln.model.feed_health import TRIED, FeedHealth
from pln.model.fetching import POSTS_WINDOW, Moment, Reason, waits
from pln.services.context import Context
from pln.services.reading import get_feed

_WHY = {
    Reason.OWN: "as often as you set it",
    Reason.POSTS: "as often as it posts",
    Reason.LEAST: "no server is asked more often",
    Reason.TTL: "the feed asks for this much time",
    Reason.FRESH: "its server says that nothing new comes before",
    Reason.FAILING: "after a failure PLN waits longer each time",
    Reason.PATIENCE: "its server asked for patience",
}


def feed_health(ctx: Context, feed_id: int) -> FeedHealth:
    """Everything for a feed's page of health. Raises UsageError for an unknown id."""
    feed, now = get_feed(ctx, feed_id), ctx.clock.now()
    with ctx.store.read() as work:
        answers = work.fetched.answers(feed_id)
        posts = work.fetched.posts([feed_id], now - POSTS_WINDOW).get(feed_id, 0)
    reason = _reason(feed, now, posts)
    return FeedHealth(
        feed=feed, answers=tuple(each for each in answers if each.outcome != TRIED), broken=_broken(feed),
        why=feed.error, tried=tuple(each.sentence for each in answers if each.outcome == TRIED),
        next_check=feed.next_check if feed.state is FeedState.ACTIVE else None, next_reason=reason,
        next_why=_WHY[reason] if reason is not None else "", new_address=feed.moving_to, posts=posts,
    )  # fmt: skip


def broken_feeds(ctx: Context) -> tuple[Feed, ...]:
    """Feeds that could not be read the last time, or that have ended."""
    with ctx.store.read() as work:
        return tuple(feed for feed in work.feeds.everything() if _broken(feed))


def _broken(feed: Feed) -> bool:
    return feed.state is FeedState.GONE or bool(feed.error and feed.error_count)


def _reason(feed: Feed, now: datetime, posts: int) -> Reason | None:
    if feed.state is not FeedState.ACTIVE:
        return None
    if feed.error_count:
        return Reason.FAILING
    found = waits(feed, Moment(now=now, posts=posts))
    return max(found, key=lambda each: found[each])
