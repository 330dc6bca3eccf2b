"""What fetching writes: each feed after an answer, the answers themselves, and servers that asked for patience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun
from pln.model.feed import Feed
from pln.model.feed_health import FeedAnswer, HostWait
from pln.model.fetching import LONGEST_PATIENCE
from pln.store.repository import Repository, pages
from pln.store.schema import article, feed, feed_answer, host_wait

ANSWERS_KEPT = 30  # of each feed: as in _TRIM

_WRITTEN = (
    "title", "site_url", "etag", "last_modified", "body_hash", "checked", "next_check", "error", "error_count",
    "validators_since", "moving_to", "moving_since", "ttl_minutes", "state",
)  # fmt: skip
_SHOWN = ("url", "title", "site_url", "error", "state")
# Only while the feed still has the address that was asked: the answer says nothing about another one.
_UPDATE = (
    update(feed)
    .where(feed.c.id == bindparam("asked_id"), feed.c.url == bindparam("asked_url"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN if name not in ("title", "state")})
    .values(
        title=func.iif(feed.c.title == "", bindparam("new_title"), feed.c.title),
        state=func.iif(bindparam("new_state") == "gone", "gone", feed.c.state),
    )
)
_TRIM = text(
    "DELETE FROM feed_answer WHERE feed_id = :feed AND id <="
    " (SELECT id FROM feed_answer WHERE feed_id = :feed ORDER BY id DESC LIMIT 1 OFFSET 30)"
)
_ANSWER = ("feed_id", "at", "outcome", "status", "sentence", "size", "milliseconds", "new", "changed")


class FetchRecords(Repository):
    noun = Noun.FEED

    def answered(self, feeds: Sequence[tuple[Feed, Feed]]) -> None:
        """Write feeds after their answers: (as it was asked, as it is now). One write each, no reading.

        What the owner changed meanwhile (title, address, folder, state) stays; a feed removed for good is passed over.
        """
        if not feeds:
            return
        self.connection.execute(_UPDATE, [_values(old, new) for old, new in feeds])
        for old, new in feeds:
            if new.url != old.url:
                self._move(new)
            if any(getattr(old, name) != getattr(new, name) for name in _SHOWN):
                self.touched(new.id)  # when it was asked is no news to any view

    def note(self, answers: Sequence[FeedAnswer]) -> None:
        """Keep answers, the last of each feed only. Those of feeds that are there no more are passed over."""
        known = self._known(answer.feed_id for answer in answers)
        kept = [answer for answer in answers if answer.feed_id in known]
        if not kept:
            return
        self.connection.execute(insert(feed_answer), [{name: getattr(each, name) for name in _ANSWER} for each in kept])
        self.connection.execute(_TRIM, [{"feed": record} for record in {each.feed_id for each in kept}])

    def answers(self, feed_id: int) -> tuple[FeedAnswer, ...]:
        """A feed's answers, newest first."""
        query = select(*(feed_answer.c[name] for name in _ANSWER)).where(feed_answer.c.feed_id == feed_id)
        rows = self.connection.execute(query.order_by(feed_answer.c.id.desc()))
        return tuple(FeedAnswer(**row._mapping) for row in rows)

    def last_answers(self) -> dict[int, FeedAnswer]:
        """The newest answer of every feed, by feed."""
        newest = select(func.max(feed_answer.c.id)).group_by(feed_answer.c.feed_id)
        query = select(*(feed_answer.c[name] for name in _ANSWER)).where(feed_answer.c.id.in_(newest))
        return {row.feed_id: FeedAnswer(**row._mapping) for row in self.connection.execute(query)}

    def posts(self, ids: Iterable[int], since: datetime) -> dict[int, int]:
        """How many articles each of these feeds has since an instant (none: not in it)."""
        found: dict[int, int] = {}
        for page in pages(ids):
            query = (
                select(article.c.feed_id, func.count())
                .where(article.c.feed_id.in_(page), article.c.sort_at >= since)
                .group_by(article.c.feed_id)
            )
            found.update((feed_id, number) for feed_id, number in self.connection.execute(query))
        return found

    def host_waits(self, now: datetime) -> tuple[HostWait, ...]:
        """Servers to be left alone at this instant."""
        waits = host_wait.c.until.between(now, now + LONGEST_PATIENCE)  # none is longer: the clock was put back since
        rows = self.connection.execute(select(host_wait).where(waits).order_by(host_wait.c.host))
        return tuple(HostWait(host=row.host, until=row.until, sentence=row.sentence) for row in rows)

    def wait_for(self, waits: Sequence[HostWait], now: datetime) -> None:
        """Remember servers that asked for patience, and forget those whose time is over."""
        self.connection.execute(delete(host_wait).where(host_wait.c.until <= now))
        for each in waits:
            new = upsert(host_wait).values(host=each.host, until=each.until, sentence=each.sentence)
            fresh = {"until": new.excluded.until, "sentence": new.excluded.sentence}
            self.connection.execute(new.on_conflict_do_update(index_elements=["host"], set_=fresh))

    def _move(self, new: Feed) -> None:
        """Take a lasting new address, unless another subscription (a removed one included) has it."""
        taken = select(feed.c.id).where(feed.c.url == new.url)
        if self.connection.execute(taken).first() is None:
            self.connection.execute(update(feed).where(feed.c.id == new.id).values(url=new.url))

    def _known(self, ids: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for page in pages(set(ids)):
            found.update(self.connection.execute(select(feed.c.id).where(feed.c.id.in_(page))).scalars())
        return found


def _values(old: Feed, new: Feed) -> Mapping[str, Any]:
    told: dict[str, Any] = {f"new_{name}": getattr(new, name) for name in _WRITTEN}
    return {**told, "new_state": new.state.value, "asked_id": old.id, "asked_url": old.url}
