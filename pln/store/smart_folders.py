"""Smart folders, and the articles in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from pln.model.changes import Noun
from pln.model.smart_folders import SmartFolder, from_body, to_body
from pln.store.folding import match_expression
from pln.store.repository import Repository
from pln.store.schema import article, article_tag, feed, smart_folder
from pln.store.search import Search

_LIVE = smart_folder.c.removed_at.is_(None)
_MOST_FOUND = 5000


class SmartFolders(Repository):
    noun = Noun.SMART_FOLDER

    def put(self, value: SmartFolder) -> SmartFolder:
        """Store a new one (id 0) after the others, or write a changed one. Raises UsageError for an unknown id."""
        values: dict[str, Any] = {"name": value.name, "body": to_body(value)}
        if value.id:
            of = smart_folder.c.id == value.id
            self.written(self.connection.execute(update(smart_folder).where(of).values(**values)))
            stored = value
        else:
            stored = replace(value, id=self.next_id(smart_folder), uid=value.uid or self.room.new_uid())
            row = {"id": stored.id, "uid": stored.uid, "position": stored.id, **values}
            self.connection.execute(insert(smart_folder).values(**row))
        self.touched(stored.id)
        return stored

    def everything(self) -> tuple[SmartFolder, ...]:
        """In the order in which they were made."""
        query = select(smart_folder).where(_LIVE).order_by(smart_folder.c.position, smart_folder.c.id)
        return tuple(_build(row) for row in self.connection.execute(query))

    def get(self, record: int) -> SmartFolder | None:
        row = self.connection.execute(select(smart_folder).where(_LIVE, smart_folder.c.id == record)).first()
        return None if row is None else _build(row)

    def by_uid(self, uid: str) -> SmartFolder | None:
        """One by its uid, a removed one included."""
        row = self.connection.execute(select(smart_folder).where(smart_folder.c.uid == uid)).first()
        return None if row is None else _build(row)

    def remove(self, record: int) -> bool:
        return self.set_removed(smart_folder, record, removed=True)

    def restore(self, record: int) -> bool:
        return self.set_removed(smart_folder, record, removed=False)

    def articles(self, of: SmartFolder, *, unread: bool = False) -> tuple[int, ...]:
        """Ids of its articles, newest first. unread: of these only the unread."""
        query = _articles(of, select(article.c.id).join(feed), self.room.now())
        query = query.where(article.c.read_at.is_(None)) if unread else query
        query = query.order_by(article.c.sort_at.desc(), article.c.id.desc())
        ids = tuple(self.connection.execute(query).scalars())
        if not of.words.strip():
            return ids
        found = self._holding(of.words)
        return tuple(record for record in ids if record in found)

    def unread(self, of: SmartFolder) -> int:
        """How many of its articles are unread."""
        if of.words.strip():
            return len(self.articles(of, unread=True))
        query = _articles(of, select(func.count(article.c.id)).join(feed), self.room.now())
        return int(self.connection.execute(query.where(article.c.read_at.is_(None))).scalar_one())

    def _holding(self, words: str) -> frozenset[int]:
        if not match_expression(words):  # nothing but signs was typed
            return frozenset()
        return frozenset(Search(self.room).ids(f"{words} ", Noun.ARTICLE, _MOST_FOUND))  # the blank: whole words


def _articles(of: SmartFolder, query: Select[Any], now: Any) -> Select[Any]:
    query = query.where(feed.c.removed_at.is_(None), article.c.removed_at.is_(None), article.c.twin_of.is_(None))
    if of.unread:
        query = query.where(article.c.read_at.is_(None))
    if of.starred:
        query = query.where(article.c.starred_at.is_not(None))
    if of.later:
        query = query.where(article.c.later_at.is_not(None))
    if of.feed:
        query = query.where(feed.c.uid == of.feed)
    if of.folder:
        inside = feed.c.folder.startswith(f"{of.folder}/", autoescape=True)
        query = query.where((feed.c.folder == of.folder) | inside)
    if of.days is not None:
        query = query.where(article.c.sort_at >= now - timedelta(days=of.days))
    if of.tag:
        own = select(article_tag.c.article_id).where(func.lower(article_tag.c.tag) == of.tag.lower())
        feeds = func.json_each(feed.c.tags).table_valued("value")
        its = select(feeds.c.value).where(func.lower(feeds.c.value) == of.tag.lower()).exists()
        query = query.where(article.c.id.in_(own) | its)
    return query


def _build(row: Row[Any]) -> SmartFolder:
    return replace(from_body(row.name, row.body), id=row.id, uid=row.uid)
