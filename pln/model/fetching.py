"""When a feed is asked again, and what an answer changes about it: pure rules; the time and chance come from outside.

docs/technotes/fetching.md gives the reasons. Every wait here is a least one: chance only makes it longer.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pln.model.feed import Feed, FeedState, FetchResult, Outcome

POSTS_WINDOW = timedelta(days=28)  # how far back one looks for how often a feed posts
LEAST_OWN = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)  # by how often a feed posts
LEAST_WITH_VALIDATORS, LEAST_WITHOUT = timedelta(hours=1), timedelta(hours=4)
MOST_FRESHNESS = timedelta(hours=5)  # some servers promise a year
MOST_TTL = timedelta(hours=24)
LONGEST_FAILING = timedelta(hours=24)
VALIDATORS_LAST = timedelta(days=8)
LONGEST_PATIENCE = timedelta(days=7)  # however long a server asks to be left alone
MOVE_AFTER = timedelta(days=7)
_CLOCKS_DIFFER = timedelta(hours=1)  # by so much a clock may be put right without anybody noticing
_JITTER = 0.1  # of a wait: feeds that were asked together need not be asked together again


class Reason(StrEnum):
    """What decides when a feed is asked next."""

    OWN = "own"  # the owner's interval
    POSTS = "posts"  # as often as it posts
    LEAST = "least"  # no server is asked more often
    TTL = "ttl"  # the feed says so itself
    FRESH = "fresh"  # its server says so (Cache-Control, Expires)
    FAILING = "failing"
    PATIENCE = "patience"  # its server asked to be left alone (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What an answer meets. posts: articles of the feed within POSTS_WINDOW. chance: from 0 up to 1.

    at_most_every: no feed without an interval of its own is asked more often.
    """

    now: datetime
    posts: int = 0
    chance: float = 0.0
    at_most_every: timedelta = timedelta()


def chance_of(feed: Feed, now: datetime) -> float:
    """From 0 up to 1, spread evenly over feeds and instants: chance that can be computed again."""
    return zlib.crc32(f"{feed.uid}{feed.id}{now.isoformat()}".encode()) / 2**32


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether the feed may be asked again. Where it was last asked after now, the clock was put back: no wait holds."""
    put_back = feed.checked is not None and feed.checked > now + _CLOCKS_DIFFER
    return put_back or feed.next_check is None or feed.next_check <= now


def validators(feed: Feed, now: datetime) -> tuple[str, str]:
    """(etag, last_modified) to send. After some days without a full answer none, in case the server's 304 is a lie."""
    since = feed.validators_since
    if since is not None and not since <= now < since + VALIDATORS_LAST:  # a clock put back counts as long ago, too
        return "", ""
    return feed.etag, feed.last_modified


def after(feed: Feed, result: FetchResult, moment: Moment) -> Feed:
    """The feed as it is to be stored after an answer. Its own words and settings stay as they are."""
    if not result.asked:  # nothing against the feed: its server, or the password store, is not to be asked just now
        later = max(filter(None, (feed.next_check, result.retry_after)), default=None)
        return replace(feed, error=result.error, next_check=later)
    if result.outcome in (Outcome.CHANGED, Outcome.UNCHANGED):
        return _after_good(feed, result, moment)
    told = replace(feed, checked=moment.now, error=result.error)
    match result.outcome:
        case Outcome.PATIENCE:
            return _after_patience(told, result, moment)
        case Outcome.GONE:
            return replace(told, state=FeedState.GONE, next_check=None, error_count=feed.error_count + 1)
    failures = feed.error_count + 1
    return replace(told, error_count=failures, next_check=moment.now + failing_wait(feed, failures, moment.chance))


def waits(feed: Feed, moment: Moment, fresh: timedelta = timedelta()) -> dict[Reason, timedelta]:
    """What asks for which wait after a good answer; the longest decides. fresh: what the server promised."""
    found: dict[Reason, timedelta] = {}
    if feed.interval_minutes is not None:
        found[Reason.OWN] = max(timedelta(minutes=feed.interval_minutes), LEAST_OWN)
    else:
        found[Reason.POSTS] = max(posting_wait(moment.posts), moment.at_most_every)
        found[Reason.LEAST] = _least(moment) if feed.etag or feed.last_modified else LEAST_WITHOUT
    if feed.ttl_minutes:
        found[Reason.TTL] = min(timedelta(minutes=feed.ttl_minutes), MOST_TTL)
    if fresh > timedelta():
        found[Reason.FRESH] = min(fresh, MOST_FRESHNESS)
    return found


def deciding(feed: Feed, moment: Moment) -> Reason:
    """What decided a feed's next look after a good answer, as far as the feed tells: a promise of its server is told
    by a wait that nothing else explains."""
    known = waits(feed, moment)
    reason = max(known, key=lambda each: known[each])
    if feed.checked is None or feed.next_check is None:
        return reason
    unexplained = feed.next_check - feed.checked > known[reason] * (1 + _JITTER) + timedelta(minutes=1)
    return Reason.FRESH if unexplained and feed.next_check - feed.checked <= MOST_FRESHNESS * (1 + _JITTER) else reason


def _least(moment: Moment) -> timedelta:
    """Less than an hour only where the owner wishes it for all feeds."""
    return min(LEAST_WITH_VALIDATORS, moment.at_most_every or LEAST_WITH_VALIDATORS)


def posting_wait(posts: int) -> timedelta:
    """A quarter of the usual time between two articles: news is then rarely late by more than that."""
    return min(max(POSTS_WINDOW / max(posts, 1) / 4, SHORTEST), LONGEST)


def failing_wait(feed: Feed, failures: int, chance: float = 0.0) -> timedelta:
    """The wait after so many failures in a row: twice as long each time, up to a day, never shorter than wished."""
    first = LEAST_WITH_VALIDATORS
    if feed.interval_minutes is not None:
        first = max(timedelta(minutes=feed.interval_minutes), LEAST_OWN)
    doubled = first * 2 ** min(max(failures, 1) - 1, 12)
    return _with_chance(max(first, min(doubled, LONGEST_FAILING)), chance)


def moved(feed: Feed, moved_to: str, now: datetime) -> Feed:
    """The feed after an answer that named a lasting address ("" for none).

    A step from http to https is taken at once; any other address only after it was named for some days, since a
    mistake or a hotel's sign-in page can name one, too. A feed with a password stays at its host.
    """
    if not moved_to or moved_to == feed.url:
        return replace(feed, moving_to="", moving_since=None) if feed.moving_to else feed
    if _is_upgrade(feed.url, moved_to):
        return replace(feed, url=moved_to, moving_to="", moving_since=None)
    elsewhere = bool(feed.login) and _host(feed.url) != _host(moved_to)  # a password follows nobody to another host
    since = feed.moving_since
    if moved_to != feed.moving_to or since is None or since > now:
        return replace(feed, moving_to=moved_to, moving_since=now)
    if elsewhere or now - since < MOVE_AFTER:
        return feed
    return replace(feed, url=moved_to, moving_to="", moving_since=None)


def _after_good(feed: Feed, result: FetchResult, moment: Moment) -> Feed:
    whole = result.status != 304
    sends = bool(result.etag or result.last_modified)
    since = moment.now if whole or feed.validators_since is None else feed.validators_since
    ttl = result.parsed.ttl_minutes if result.parsed is not None else feed.ttl_minutes
    told = replace(
        feed, checked=moment.now, error=result.error, error_count=0,
        etag=result.etag, last_modified=result.last_modified, body_hash=result.body_hash,
        validators_since=since if sends else None, ttl_minutes=ttl,
    )  # fmt: skip
    if result.parsed is not None:
        title, site = feed.title or result.parsed.title, result.parsed.site_url or feed.site_url
        told = replace(told, title=title, site_url=site)
    fresh = result.fresh_until - moment.now if result.fresh_until is not None else timedelta()
    wait = max(waits(told, moment, fresh).values())
    return moved(replace(told, next_check=moment.now + _with_chance(wait, moment.chance)), result.moved_to, moment.now)


def _after_patience(feed: Feed, result: FetchResult, moment: Moment) -> Feed:
    """As long as the server said; one that says so again and again is asked ever more rarely."""
    failures = feed.error_count + 1
    grown = moment.now + failing_wait(feed, failures) / 2
    return replace(feed, error_count=failures, next_check=max(result.retry_after or grown, grown))


def _with_chance(wait: timedelta, chance: float) -> timedelta:
    return wait + wait * (_JITTER * min(max(chance, 0.0), 1.0))


def _is_upgrade(old: str, new: str) -> bool:
    return old.startswith("http://") and new == f"https://{old.removeprefix('http://')}"


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()
