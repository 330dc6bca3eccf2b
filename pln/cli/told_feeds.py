"""When a feed is asked next and what it answered last, in words for a terminal."""

from __future__ import annotations

from datetime import datetime

from pln.model.feed import FeedState
from pln.model.feed_health import FeedAnswer, FeedHealth


def next_told(health: FeedHealth, now: datetime) -> str:
    """When it is asked by itself; "" where it is not."""
    if health.feed.state is not FeedState.ACTIVE:
        return ""
    if health.next_check is None or health.next_check <= now:
        return "next: at any time"
    return f"next: {_clock(health.next_check, now)}"


def answer_told(health: FeedHealth, now: datetime) -> str:
    """Its last answer; "" where it was never asked."""
    if not health.answers:
        return ""
    last = health.answers[0]
    return f"{_word(last)} at {_clock(last.at, now)}"


def answer_data(health: FeedHealth) -> dict[str, object]:
    """The last answer for a program: "asked", "answer" and "status", each None where it was never asked."""
    last = health.answers[0] if health.answers else None
    return {
        "asked": last.at.isoformat() if last is not None else None,
        "answer": last.outcome if last is not None else None,
        "status": last.status if last is not None else None,
    }


def _word(answer: FeedAnswer) -> str:
    if answer.new:
        return f"{answer.new} new"
    return answer.outcome if not answer.status else f"{answer.outcome} ({answer.status})"


def _clock(at: datetime, now: datetime) -> str:
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == now.astimezone().date() else f"{here:%Y-%m-%d %H:%M}"
