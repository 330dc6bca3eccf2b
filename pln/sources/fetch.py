"""Ask a feed's server for news, politely: with validators, and not before the server wants to be asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from pln.model.errors import NetworkFault, NoConnection, UnreadableInput
from pln.model.feed import Feed, FetchResult, Outcome, ParsedFeed
from pln.sources.http import Http, Response, never

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(days=7)
_WAIT_UNSAID = timedelta(minutes=30)  # where a server asks for patience without a time
_LONGEST_FRESHNESS = timedelta(hours=5)  # some servers promise a year

_SENTENCES = {
    401: "The feed wants a user and a password. Put them into its address, or ask its maker for another.",
    403: "The server does not let PLN read this feed. It may open in a browser.",
    404: "There is no feed at this address any more. Look for its new one on the site; what is stored stays.",
}


class FeedParser(Protocol):
    """What `fetch_feed` needs of `parse.Parser`."""

    def parse(self, body: bytes, *, url: str, content_type: str, cancelled: Callable[[], bool]) -> ParsedFeed: ...


def fetch_feed(
    http: Http, feed: Feed, parser: FeedParser, now: datetime, *, cancelled: Callable[[], bool] = never
) -> FetchResult:
    """One feed's refresh. now: aware. A fault of the network or the feed is a FAILED result with its sentence in error.

    The result's validators and body hash are always what is to be stored: those of the last body that could be read.
    Raises Cancelled.
    """
    try:
        response = http.get(
            feed.url,
            headers={"Accept": ACCEPT},
            etag=feed.etag,
            last_modified=feed.last_modified,
            cancelled=cancelled,
        )
        return _judge(response, feed, parser, now, cancelled)
    except (NetworkFault, UnreadableInput) as fault:
        return failed(feed, f"{fault.title}. {fault.sentence}", reached=not isinstance(fault, NoConnection))


def failed(
    feed: Feed,
    error: str,
    *,
    outcome: Outcome = Outcome.FAILED,
    until: datetime | None = None,
    reached: bool = True,
) -> FetchResult:
    """A result that brings nothing and keeps what the feed knows of its last good answer."""
    return FetchResult(
        feed_id=feed.id,
        outcome=outcome,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        error=error,
        retry_after=until,
        reached=reached,
    )


def _judge(
    response: Response, feed: Feed, parser: FeedParser, now: datetime, cancelled: Callable[[], bool]
) -> FetchResult:
    status = response.status
    if status == 304:
        return _good(response, feed, now, Outcome.UNCHANGED, feed.body_hash)
    if status == 410:
        return failed(
            feed,
            "Its maker has ended this feed. PLN does not ask for it any more; its articles stay.",
            outcome=Outcome.GONE,
        )
    if status in (429, 503):
        until = now + _wait(response, now)
        return failed(feed, f"The server asks for patience; PLN will not ask it before {until:%H:%M}.", until=until)
    if not 200 <= status < 300:
        return failed(feed, _SENTENCES.get(status, f"The server answered with a fault ({status}). PLN will try later."))
    return _read(response, feed, parser, now, cancelled)


def _read(
    response: Response, feed: Feed, parser: FeedParser, now: datetime, cancelled: Callable[[], bool]
) -> FetchResult:
    body_hash = hashlib.blake2b(response.body, digest_size=16).hexdigest()
    if body_hash == feed.body_hash:
        return _good(response, feed, now, Outcome.UNCHANGED, body_hash)
    content_type = response.headers.get("content-type", "")
    parsed = parser.parse(response.body, url=response.url, content_type=content_type, cancelled=cancelled)
    return _good(response, feed, now, Outcome.CHANGED, body_hash, parsed)


def _good(
    response: Response, feed: Feed, now: datetime, outcome: Outcome, body_hash: str, parsed: ParsedFeed | None = None
) -> FetchResult:
    same = response.status == 304  # a server need not repeat its validators then
    return FetchResult(
        feed_id=feed.id,
        outcome=outcome,
        etag=response.headers.get("etag", feed.etag if same else ""),
        last_modified=response.headers.get("last-modified", feed.last_modified if same else ""),
        body_hash=body_hash,
        parsed=parsed,
        moved_to=_moved_to(response, feed),
        retry_after=_fresh_until(response, now),
    )


def _moved_to(response: Response, feed: Feed) -> str:
    """The new address. A move from https back to http is followed this time, and not remembered."""
    new = response.permanent_url
    downgrade = feed.url.startswith("https:") and new.startswith("http:")
    return "" if downgrade or new == feed.url else new


def _wait(response: Response, now: datetime) -> timedelta:
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        wait = timedelta(seconds=min(int(said[:9]), int(_LONGEST_WAIT.total_seconds())))
    else:
        wait = _until_date(said, now)
    return min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT)


def _until_date(said: str, now: datetime) -> timedelta:
    try:
        return parsedate_to_datetime(said) - now
    except (ValueError, TypeError, OverflowError):  # no date, or one without its zone
        return _WAIT_UNSAID


def _fresh_until(response: Response, now: datetime) -> datetime | None:
    """Until when the server calls its answer fresh (Cache-Control: max-age), within reason."""
    for part in response.headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        seconds = value.strip('"')
        if name == "max-age" and seconds.isdecimal() and int(seconds[:9]):
            return now + min(timedelta(seconds=int(seconds[:9])), _LONGEST_FRESHNESS)
    return None
