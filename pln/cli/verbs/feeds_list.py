"""`pln feeds list`"""

from __future__ import annotations

from pln.cli.session import Session
from pln.cli.terminal import counted, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.feed import FeedRow, FeedState
from pln.services.reading import feed_rows, get_feed


def _run(session: Session, arguments: Arguments) -> Answer:
    rows = feed_rows(session.ctx)
    told = [_told(row, get_feed(session.ctx, row.id).url) for row in rows]
    return Answer(data={"feeds": told}, lines=(*table(_cells(row) for row in rows), counted(len(rows), "feed")))


def _told(row: FeedRow, url: str) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "url": url, "folder": row.folder, "person": row.voice or None,
        "unread": row.unread, "state": row.state.value, "error": row.error,
    }  # fmt: skip


def _cells(row: FeedRow) -> tuple[str, ...]:
    state = "" if row.state is FeedState.ACTIVE else row.state.value
    return f"#{row.id}", row.title, row.folder, row.voice, f"{row.unread} unread", row.error or state


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
    },
    examples=("pln feeds list",),
)
