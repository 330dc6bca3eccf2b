"""Which articles stand on a shelf, in which order, and how many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from pln.store.schema import article, article_tag, feed

_REMOVED_FEEDS = select(feed.c.id).where(feed.c.removed_at.is_not(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Which articles to list: every None or False is no condition. tag: the article's own, or its feed's.

    A story that several feeds tell is listed once, but on the shelf of a single feed, where each feed has its own.
    smart_id: stands for the articles of a smart folder, whose ids are found when it is read.
    """

    feed_id: int | None = None
    folder: str | None = None
    unread: bool = False
    starred: bool = False
    later: bool = False
    tag: str | None = None
    ids: tuple[int, ...] | None = None
    oldest_first: bool = False
    smart_id: int | None = None


class Lists:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(self, shelf: Shelf) -> tuple[int, ...]:
        """In the shelf's order, by the dates of the articles."""
        query = on(shelf, select(article.c.id))
        if shelf.oldest_first:
            query = query.order_by(article.c.sort_at, article.c.id)
        else:
            query = query.order_by(article.c.sort_at.desc(), article.c.id.desc())
        inner = query.subquery()
        # One text of all numbers: a hundred thousand rows would each be made an object first.
        whole = self._connection.execute(select(func.json_group_array(inner.c.id))).scalar_one()
        return tuple(json.loads(whole))

    def count(self, shelf: Shelf) -> int:
        return int(self._connection.execute(on(shelf, select(func.count(article.c.id)))).scalar_one())

    def every(self) -> tuple[int, ...]:
        """Ids of all articles that are not removed, those that tell a story again included; in the order of ids."""
        query = select(article.c.id).where(article.c.removed_at.is_(None), article.c.feed_id.not_in(_REMOVED_FEEDS))
        return tuple(self._connection.execute(query.order_by(article.c.id)).scalars())


def live() -> tuple[Any, ...]:
    """The conditions under which an article is there at all."""
    return article.c.removed_at.is_(None), article.c.feed_id.not_in(_REMOVED_FEEDS)


def on(shelf: Shelf, query: Select[Any]) -> Select[Any]:
    """A query of articles with the conditions of a shelf."""
    query = query.where(*live())
    if shelf.feed_id is None:
        query = query.where(article.c.twin_of.is_(None))
    else:
        query = query.where(article.c.feed_id == shelf.feed_id)
    if shelf.folder is not None:
        inside = feed.c.folder.startswith(shelf.folder + "/", autoescape=True)
        within = select(feed.c.id).where((feed.c.folder == shelf.folder) | inside)
        query = query.where(article.c.feed_id.in_(within))
    if shelf.unread:
        query = query.where(article.c.read_at.is_(None))
    if shelf.starred:
        query = query.where(article.c.starred_at.is_not(None))
    if shelf.later:
        query = query.where(article.c.later_at.is_not(None))
    if shelf.tag is not None:
        query = query.where(_tagged(shelf.tag))
    if shelf.ids is not None:
        # One parameter however many they are.
        given = func.json_each(json.dumps(shelf.ids)).table_valued("value")
        query = query.where(article.c.id.in_(select(given.c.value)))
    return query


def _tagged(tag: str) -> Any:
    wanted = func.lower(literal(tag))
    own = select(article_tag.c.article_id).where(func.lower(article_tag.c.tag) == wanted)
    tags = func.json_each(feed.c.tags).table_valued("value")
    feeds = select(feed.c.id).where(select(tags.c.value).where(func.lower(tags.c.value) == wanted).exists())
    return article.c.id.in_(own) | article.c.feed_id.in_(feeds)
