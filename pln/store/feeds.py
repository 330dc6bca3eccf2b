"""Subscriptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, update

from pln.model.changes import Noun, Ref
from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedRow, FeedState, is_broken
from pln.store.article_twins import Twins
from pln.store.repository import Repository, columns
from pln.store.schema import article, article_body, feed, person
from pln.store.search import Search

_PLAIN = (
    "uid", "url", "title", "site_url", "folder", "person_id", "etag", "last_modified", "body_hash", "checked",
    "next_check", "error", "error_count", "added", "validators_since", "moving_to", "moving_since",
    "interval_minutes", "ttl_minutes", "login", "keep_days", "keep_count", "tags",
)  # fmt: skip
_FLAGS = ("full_text", "pictures", "notify")
_LIVE = feed.c.removed_at.is_(None)


class Feeds(Repository):
    noun = Noun.FEED

    def add(self, new: Feed) -> Feed:
        """Store a subscription; one that was removed comes back with its articles; one already there is returned."""
        old = self.by_url(new.url)
        if old is not None:
            self.restore(old.id)
            return old
        uid, added = new.uid or self.room.new_uid(), new.added or self.room.now()
        stored = replace(new, id=self.next_id(feed), uid=uid, added=added)
        self.connection.execute(insert(feed).values(id=stored.id, **_row(stored)))
        self.touched(stored.id)
        return stored

    def change(self, new: Feed) -> Feed:
        """Write a subscription as given (by id). An empty uid or added stays as it was.

        Raises UsageError for an unknown id, and where another subscription has this address.
        """
        other, old = self.by_url(new.url), self.get(new.id)
        if other is not None and other.id != new.id:
            raise UsageError("This address is taken", "Nothing was saved: another feed of yours has the same address.")
        if old is not None:
            new = replace(new, uid=new.uid or old.uid, added=new.added or old.added)
        self.written(self.connection.execute(update(feed).where(feed.c.id == new.id).values(**_row(new))))
        self.touched(new.id)
        return new

    def remove(self, record: int) -> bool:
        """Put a subscription away with its articles (stars and notes come back with it on undo)."""
        if not self.set_removed(feed, record, removed=True):
            return False
        ids = self.connection.execute(select(article.c.id).where(article.c.feed_id == record)).scalars().all()
        Twins(self.connection).part(ids)
        search = Search(self.room)
        for each in ids:
            search.drop(Ref(Noun.ARTICLE, each))
        self.room.bulk.add(Noun.ARTICLE)
        return True

    def restore(self, record: int) -> bool:
        if not self.set_removed(feed, record, removed=False):
            return False
        texts = (
            select(article.c.id, article.c.title, article_body.c.text)
            .join(article_body)
            .where(article.c.feed_id == record, article.c.removed_at.is_(None))
        )
        rows = self.connection.execute(texts).all()
        Search(self.room).put_new((Ref(Noun.ARTICLE, row.id), row.title, row.text) for row in rows)
        Twins(self.connection).join([row.id for row in rows])
        self.room.bulk.add(Noun.ARTICLE)
        return True

    def get(self, record: int) -> Feed | None:
        row = self.connection.execute(select(*columns(feed, "removed_at")).where(feed.c.id == record)).first()
        return None if row is None else _build(row)

    def by_url(self, url: str) -> Feed | None:
        """A subscription by its address, a removed one included."""
        row = self.connection.execute(select(*columns(feed, "removed_at")).where(feed.c.url == url)).first()
        return None if row is None else _build(row)

    def by_uid(self, uid: str) -> Feed | None:
        """A subscription by its uid, a removed one included."""
        row = self.connection.execute(select(*columns(feed, "removed_at")).where(feed.c.uid == uid)).first()
        return None if row is None else _build(row)

    def everything(self) -> tuple[Feed, ...]:
        """All subscriptions, by folder and title."""
        query = (
            select(*columns(feed, "removed_at"))
            .where(_LIVE)
            .order_by(feed.c.folder, func.lower(feed.c.title), feed.c.id)
        )
        return tuple(_build(row) for row in self.connection.execute(query))

    def of_person(self, person_id: int) -> tuple[Feed, ...]:
        query = select(*columns(feed, "removed_at")).where(_LIVE, feed.c.person_id == person_id)
        return tuple(_build(row) for row in self.connection.execute(query))

    def rows(self) -> tuple[FeedRow, ...]:
        """Lines of the feed list with their unread counts, by folder and title."""
        unread = (
            select(article.c.feed_id, func.count().label("n"))
            .where(article.c.read_at.is_(None), article.c.removed_at.is_(None))
            .group_by(article.c.feed_id)
        ).subquery()
        known = and_(person.c.id == feed.c.person_id, person.c.removed_at.is_(None))
        query = (
            select(
                feed.c.id, feed.c.title, feed.c.url, feed.c.folder, feed.c.error, feed.c.state,
                feed.c.error_count, person.c.name, unread.c.n,
            )
            .select_from(feed).outerjoin(person, known).outerjoin(unread, unread.c.feed_id == feed.c.id)
            .where(_LIVE).order_by(feed.c.folder, func.lower(feed.c.title), feed.c.id)
        )  # fmt: skip
        return tuple(
            FeedRow(
                id=row.id, title=row.title or row.url, folder=row.folder, voice=row.name or "", unread=row.n or 0,
                error=row.error, state=FeedState(row.state),
                broken=is_broken(FeedState(row.state), row.error, row.error_count),
            )
            for row in self.connection.execute(query)
        )  # fmt: skip

    def checked(self, record: int, when: datetime, error: str) -> None:
        """Remember that a feed was asked; `error` is "" where all went well."""
        count = 0 if not error else feed.c.error_count + 1
        self.connection.execute(
            update(feed).where(feed.c.id == record).values(checked=when, error=error, error_count=count)
        )
        self.touched(record)

    def total(self) -> int:
        return self.count(feed)


def _row(value: Feed) -> dict[str, Any]:
    return {**{name: getattr(value, name) for name in (*_PLAIN, *_FLAGS)}, "state": value.state.value}


def _build(row: Row[Any]) -> Feed:
    flags: dict[str, Any] = {name: bool(getattr(row, name)) for name in _FLAGS}
    return Feed(id=row.id, state=FeedState(row.state), **flags, **{name: getattr(row, name) for name in _PLAIN})
