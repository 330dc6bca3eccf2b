"""`pln feeds list`"""

from __future__ import annotations

from datetime import datetime

from pln.cli.session import Session
from pln.cli.terminal import counted, table
from pln.cli.told_feeds import answer_data, answer_told, next_told
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.feed import FeedRow, FeedState
from pln.model.feed_health import FeedHealth
from pln.services.feed_health import all_health
from pln.services.reading import feed_rows


def _run(session: Session, arguments: Arguments) -> Answer:
    rows, now = feed_rows(session.ctx), session.ctx.clock.now()
    health = {each.feed.id: each for each in all_health(session.ctx)}
    told = [_told(row, health[row.id]) for row in rows]
    cells = (_cells(row, health[row.id], now) for row in rows)
    return Answer(data={"feeds": told}, lines=(*table(cells), counted(len(rows), "feed")))


def _told(row: FeedRow, health: FeedHealth) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "url": health.feed.url, "folder": row.folder, "person": row.voice or None,
        "unread": row.unread, "state": row.state.value, "error": row.error, **answer_data(health),
        "next": health.next_check.isoformat() if health.next_check is not None else None, "why": health.next_why,
    }  # fmt: skip


def _cells(row: FeedRow, health: FeedHealth, now: datetime) -> tuple[str, ...]:
    state = "" if row.state is FeedState.ACTIVE else row.state.value
    return (
        f"#{row.id}", row.title, row.folder, row.voice, f"{row.unread} unread", answer_told(health, now),
        next_told(health, now), row.error or state,
    )  # fmt: skip


FEEDS_LIST = Verb(
    run=_run,
    shape={
        "feeds[].id": "number of the feed in this profile",
        "feeds[].title": "its title, or its address",
        "feeds[].url": "its address",
        "feeds[].folder": "where it is kept",
        "feeds[].person": "whose it is, or null",
        "feeds[].unread": "articles not yet read",
        "feeds[].state": "active, paused or gone",
        "feeds[].error": "why it could not be read the last time, empty where all went well",
        "feeds[].asked": "when it was asked last, or null",
        "feeds[].answer": "changed, unchanged, failed, gone, patience or tried; or null",
        "feeds[].status": "what its server answered then (HTTP), 0 for nothing, or null",
        "feeds[].next": "when it is asked by itself, or null",
        "feeds[].why": "what decides that, in a sentence",
    },
    examples=("pln feeds list",),
)
