"""Ask a feed's server for news, politely: with validators, and not while the server wants to be left alone."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from pln.model.errors import NetworkFault, NoConnection, UnreadableInput
from pln.model.feed import Feed, FetchResult, Outcome, ParsedFeed
from pln.model.feed_health import HostWait
from pln.model.fetching import validators
from pln.sources.flight import FlightMode
from pln.sources.freshness import fresh_until, patience_until
from pln.sources.http import DEADLINE_SECONDS, Http, Response, never
from pln.sources.patience import ASK_FOR_PATIENCE, HostWaits, Patience, host_of_url, told_wait

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

_SENTENCES = {
    304: "The server says that nothing changed, though it was asked for everything. PLN will try later.",
    401: "The feed wants a user and a password. You can give them in the feed's settings.",
    403: "The server does not let PLN read this feed. It may open in a browser.",
    404: "There is no feed at this address any more. Look for its new one on the site; what is stored stays.",
}
_NOT_TAKEN = "The server did not take this feed's user and password. You can change them in its settings."
_ENDED = "Its maker has ended this feed. PLN does not ask for it any more; its articles stay."


class FeedParser(Protocol):
    """What `fetch_feed` needs of `parse.Parser`."""

    def parse(self, body: bytes, *, url: str, content_type: str, cancelled: Callable[[], bool]) -> ParsedFeed: ...


def fetch_feed(
    http: Http, feed: Feed, parser: FeedParser, now: datetime, *,
    cancelled: Callable[[], bool] = never, patience: Patience | None = None, password: str | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> FetchResult:  # fmt: skip
    """One feed's refresh. now: aware. A fault of the network or the feed is a FAILED result with its sentence in error.

    patience: hosts in it are not asked; those that ask for it are added. password: of the feed's login.
    The result's validators and body hash are always what is to be stored: those of the last body that could be read.
    Raises Cancelled, FlightMode.
    """
    patience = patience or Patience()
    began = time.perf_counter()
    etag, last_modified = validators(feed, now)
    try:
        response = http.get(
            feed.url, headers={"Accept": ACCEPT}, etag=etag, last_modified=last_modified, cancelled=cancelled,
            before_hop=lambda url: patience.check(host_of_url(url), now),
            auth=None if password is None else (feed.login, password), deadline_seconds=deadline_seconds,
        )  # fmt: skip
    except HostWaits as waits:
        return failed(feed, waits.sentence, outcome=Outcome.PATIENCE, until=waits.until, asked=False)
    except FlightMode:  # switched on meanwhile: that is nothing against the feed
        raise
    except (NetworkFault, UnreadableInput) as fault:
        took = round((time.perf_counter() - began) * 1000)
        return replace(_fault(feed, fault), milliseconds=took)
    took = round((time.perf_counter() - began) * 1000)
    try:
        result = _judge(response, feed, parser, now, cancelled, conditional=bool(etag or last_modified))
    except (NetworkFault, UnreadableInput) as fault:
        result = _fault(feed, fault)
    if result.retry_after is not None:
        patience.grant(HostWait(host=host_of_url(response.url), until=result.retry_after, sentence=result.error))
    return replace(result, status=response.status, size=len(response.body), milliseconds=took)


def failed(
    feed: Feed, error: str, *, outcome: Outcome = Outcome.FAILED, until: datetime | None = None,
    reached: bool = True, asked: bool = True,
) -> FetchResult:  # fmt: skip
    """A result that brings nothing and keeps what the feed knows of its last good answer."""
    return FetchResult(
        feed_id=feed.id, outcome=outcome, etag=feed.etag, last_modified=feed.last_modified, body_hash=feed.body_hash,
        error=error, retry_after=until, reached=reached, asked=asked,
    )  # fmt: skip


def _fault(feed: Feed, fault: NetworkFault | UnreadableInput) -> FetchResult:
    return failed(feed, f"{fault.title}. {fault.sentence}", reached=not isinstance(fault, NoConnection))


def _judge(
    response: Response, feed: Feed, parser: FeedParser, now: datetime, cancelled: Callable[[], bool], *,
    conditional: bool,
) -> FetchResult:  # fmt: skip
    status = response.status
    if status == 304 and conditional:
        return _good(response, feed, now, Outcome.UNCHANGED, feed.body_hash)
    if status == 410:
        return failed(feed, _ENDED, outcome=Outcome.GONE)
    if status in ASK_FOR_PATIENCE:
        until = patience_until(response.headers, now)
        return failed(feed, told_wait(until, now), outcome=Outcome.PATIENCE, until=until)
    if status == 401 and feed.login:
        return failed(feed, _NOT_TAKEN)
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
        feed_id=feed.id, outcome=outcome, body_hash=body_hash, parsed=parsed,
        etag=response.headers.get("etag", feed.etag if same else ""),
        last_modified=response.headers.get("last-modified", feed.last_modified if same else ""),
        moved_to=_moved_to(response, feed), fresh_until=fresh_until(response.headers, now),
    )  # fmt: skip


def _moved_to(response: Response, feed: Feed) -> str:
    """The new address. A move from https back to http is followed this time, and not remembered."""
    new = response.permanent_url
    downgrade = feed.url.startswith("https:") and new.startswith("http:")
    return "" if downgrade or new == feed.url else new
