"""How a feed is: what its server answered lately, why it is not read, and when and why it is asked next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pln.model.feed import Feed
from pln.model.fetching import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnswer:
    """One answer of a feed's server, or one thing that was tried for it.

    outcome: an `Outcome`, or TRIED. status: of HTTP, 0 without an answer. sentence: what was wrong, or what was found;
    "" where all went well. size: bytes of the body. new, changed: articles that it brought.
    """

    feed_id: int
    at: datetime
    outcome: str
    status: int = 0
    sentence: str = ""
    size: int = 0
    milliseconds: int = 0
    new: int = 0
    changed: int = 0


TRIED = "tried"
"""The outcome of an answer that is a look for the feed's new address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWait:
    """A server that asked to be left alone. host: "name" or "name:port", as in an address."""

    host: str
    until: datetime
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """A feed's page of health.

    answers: newest first. broken: it could not be read the last time, or has ended. why: a sentence, "" where all is
    well. tried: sentences, newest first. next_check: None where it is not asked by itself. next_reason: what decides
    that; next_why: the same as a sentence. new_address: where its server says for good that it lies now, not yet
    followed ("" for none). posts: articles of the last four weeks.
    """

    feed: Feed
    answers: tuple[FeedAnswer, ...] = ()
    broken: bool = False
    why: str = ""
    tried: tuple[str, ...] = ()
    next_check: datetime | None = None
    next_reason: Reason | None = None
    next_why: str = ""
    new_address: str = ""
    posts: int = 0
