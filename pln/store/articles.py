"""Articles: what is listed, what is read, what a refresh brings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun, Ref
from pln.model.feed import Article, ArticleRow, ParsedEntry
from pln.model.suggestion import ArticleText
from pln.store.article_fulls import fuller_text
from pln.store.article_pictures import ArticlePictures
from pln.store.column_types import whole
from pln.store.repository import Repository, in_order, pages
from pln.store.schema import article, article_body, feed
from pln.store.search import Search

_HEAD = (
    "feed_id", "uid", "guid", "url", "title", "author", "published", "received", "read_at", "starred_at", "later_at",
    "read_to", "words", "edited_at", "twin_of", "attached",
)  # fmt: skip
_LIVE = feed.c.removed_at.is_(None)


# Matching needs the beginning of a text, not all of it.
_MATCHED = article.c.read_at.is_(None) | article.c.starred_at.is_not(None)
_TEXTS: Select[Any] = (
    select(
        article.c.id, article.c.feed_id, article.c.title, article.c.sort_at, article.c.starred_at,
        func.substr(fuller_text(), 1, 2000).label("text"),
        feed.c.title.label("feed_title"), feed.c.url.label("feed_url"), feed.c.person_id,
    )
    .select_from(article).join(article_body, article_body.c.article_id == article.c.id)
    .join(feed, feed.c.id == article.c.feed_id).where(_LIVE)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Which articles to list: every None or False is no condition. tag: the article's own, or its feed's.

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


class Articles(Repository):
    noun = Noun.ARTICLE

    def take_in(self, feed_id: int, entries: Sequence[ParsedEntry]) -> tuple[int, int]:
        """Store what a refresh brought: (new, changed). Known entries keep their id, star and read state.

        A feed that was removed while it was fetched takes nothing in.
        """
        if not self.is_live(feed, feed_id):
            return 0, 0
        entries = [replace(entry, guid=whole(entry.guid)) for entry in entries]
        known = self._known(feed_id, [entry.guid for entry in entries])
        fresh: list[ParsedEntry] = []
        changed = 0
        for entry in {entry.guid: entry for entry in entries}.values():
            old = known.get(entry.guid)
            if old is None:
                fresh.append(entry)
            elif old[1] != _hash(entry):
                self._replace(old[0], entry)
                changed += 1
        # Oldest first, so that newer articles get higher ids and the index can walk newest first.
        now = self.room.now()
        fresh.reverse()
        fresh.sort(key=lambda entry: _sort_at(entry, now))
        self._insert(feed_id, fresh)
        return len(fresh), changed

    def add(self, new: Article) -> Article:
        """Store one article as it is (reading an export)."""
        received = new.received or self.room.now()
        stored = replace(new, id=self.next_id(article), uid=new.uid or self.room.new_uid(), received=received)
        values = {name: getattr(stored, name) for name in _HEAD}
        sort_at = min(stored.published or received, received)
        self.connection.execute(insert(article).values(id=stored.id, sort_at=sort_at, content_hash="", **values))
        self.connection.execute(insert(article_body).values(article_id=stored.id, html=stored.html, text=stored.text))
        if self.is_live(feed, stored.feed_id):
            Search(self.room).put_new([(Ref(Noun.ARTICLE, stored.id), stored.title, stored.text)])
        self.touched(stored.id)
        return stored

    def get(self, record: int) -> Article | None:
        """An article with its text."""
        query = (
            select(article, article_body.c.html, article_body.c.text)
            .join_from(article, article_body)
            .where(article.c.id == record)
        )
        row = self.connection.execute(query).first()
        return None if row is None else _build(row)

    def ids(self, shelf: Shelf) -> tuple[int, ...]:
        """Ids of a shelf's articles, newest first."""
        query = _on(shelf, select(article.c.id).join(feed).where(_LIVE))
        sort, record = article.c.sort_at, article.c.id
        order = (sort, record) if shelf.oldest_first else (sort.desc(), record.desc())
        return tuple(self.connection.execute(query.order_by(*order)).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        found: dict[int, ArticleRow] = {}
        for page in pages(ids):
            query = select(
                article.c.id, article.c.feed_id, article.c.title, article.c.sort_at,
                article.c.read_at, article.c.starred_at, article.c.later_at, article.c.words,
                feed.c.title.label("feed_title"), feed.c.url.label("feed_url"),
            ).join_from(article, feed).where(article.c.id.in_(page))  # fmt: skip
            for row in self.connection.execute(query):
                found[row.id] = ArticleRow(
                    id=row.id, feed_id=row.feed_id, feed_title=row.feed_title or row.feed_url, title=row.title,
                    published=row.sort_at, read=row.read_at is not None, starred=row.starred_at is not None,
                    later=row.later_at is not None, minutes=round(row.words / 220) or 1 if row.words else 0,
                )  # fmt: skip
        return in_order(ids, found)

    def set_read(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        """Mark articles read (when) or unread (None); returns the ids whose state changed."""
        return self._set(ids, "read_at", when)

    def set_starred(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        return self._set(ids, "starred_at", when)

    def set_later(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        """Put articles aside to be read later (when), or no longer (None); returns the ids whose state changed."""
        return self._set(ids, "later_at", when)

    def set_read_to(self, record: int, thousandths: int) -> None:
        """How far one has read; no change that anybody is told of."""
        self.connection.execute(update(article).where(article.c.id == record).values(read_to=thousandths))

    def later_total(self) -> int:
        return self._count(Shelf(later=True))

    def unread_total(self) -> int:
        return self._count(Shelf(unread=True))

    def starred_total(self) -> int:
        return self._count(Shelf(starred=True))

    def total(self) -> int:
        return self._count(Shelf())

    def everything(self) -> tuple[Article, ...]:
        """All articles with their texts, oldest first."""
        query = (
            select(article, article_body.c.html, article_body.c.text)
            .join_from(article, article_body)
            .join(feed)
            .where(_LIVE)
        )
        return tuple(_build(row) for row in self.connection.execute(query.order_by(article.c.id)))

    def recent_texts(self, since: datetime, limit: int = 2000) -> tuple[ArticleText, ...]:
        """Unread or starred articles sorted since an instant, newest first, for matching with people."""
        query = _TEXTS.where(article.c.sort_at >= since, _MATCHED).order_by(article.c.sort_at.desc()).limit(limit)
        return tuple(_text(row) for row in self.connection.execute(query))

    def still_matched(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Those of these articles that are unread or starred and whose feed is not removed, in the same order."""
        found: set[int] = set()
        for page in pages(ids):
            query = select(article.c.id).join(feed, feed.c.id == article.c.feed_id)
            found.update(self.connection.execute(query.where(_LIVE, _MATCHED, article.c.id.in_(page))).scalars())
        return tuple(record for record in ids if record in found)

    def text_of(self, record: int) -> ArticleText | None:
        """One article for matching, read or not."""
        row = self.connection.execute(_TEXTS.where(article.c.id == record)).first()
        return None if row is None else _text(row)

    def titles(self, ids: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for page in pages(ids):
            query = select(article.c.id, article.c.title).where(article.c.id.in_(page))
            found.update({row.id: row.title for row in self.connection.execute(query)})
        return found

    def by_guid(self, feed_id: int, guid: str) -> int | None:
        query = select(article.c.id).where(article.c.feed_id == feed_id, article.c.guid == guid)
        return self.connection.execute(query).scalar()

    def by_uid(self, uid: str) -> int | None:
        return self.connection.execute(select(article.c.id).where(article.c.uid == uid)).scalar()

    def reindex(self, ids: Iterable[int]) -> None:
        """Index articles anew (none whose feed is removed)."""
        for page in pages(ids):
            query = (
                select(article.c.id, article.c.title, fuller_text().label("text"))
                .join_from(article, article_body).join(feed, feed.c.id == article.c.feed_id)
                .where(_LIVE, article.c.id.in_(page)).order_by(article.c.id)
            )  # fmt: skip
            for row in self.connection.execute(query).all():
                Search(self.room).put(Ref(Noun.ARTICLE, row.id), row.title, row.text)

    def _insert(self, feed_id: int, entries: Sequence[ParsedEntry]) -> None:
        if not entries:
            return
        first, now = self.next_id(article), self.room.now()
        heads, bodies, words = [], [], []
        for record, entry in enumerate(entries, first):
            heads.append(
                {"id": record, "uid": self.room.new_uid(), "feed_id": feed_id, "received": now, **_head(entry, now)}
            )
            bodies.append({"article_id": record, "html": entry.html, "text": entry.text})
            words.append((Ref(Noun.ARTICLE, record), entry.title, entry.text))
        self.connection.execute(insert(article), heads)
        self.connection.execute(insert(article_body), bodies)
        ArticlePictures(self.room).add_all(dict(enumerate((entry.pictures for entry in entries), first)))
        Search(self.room).put_new(words)
        self.room.bulk.add(Noun.ARTICLE)

    def _replace(self, record: int, entry: ParsedEntry) -> None:
        received = self.connection.execute(select(article.c.received).where(article.c.id == record)).scalar_one()
        self.connection.execute(update(article).where(article.c.id == record).values(**_head(entry, received)))
        body = upsert(article_body).values(article_id=record, html=entry.html, text=entry.text)
        fresh = {"html": body.excluded.html, "text": body.excluded.text}
        self.connection.execute(body.on_conflict_do_update(index_elements=["article_id"], set_=fresh))
        ArticlePictures(self.room).replace(record, entry.pictures)
        self.reindex([record])
        self.touched(record)

    def _known(self, feed_id: int, guids: Sequence[str]) -> dict[str, tuple[int, str]]:
        query = select(article.c.guid, article.c.id, article.c.content_hash).where(article.c.feed_id == feed_id)
        wanted = set(guids)
        return {row.guid: (row.id, row.content_hash) for row in self.connection.execute(query) if row.guid in wanted}

    def _set(self, ids: Sequence[int], column: str, when: datetime | None) -> tuple[int, ...]:
        changed: list[int] = []
        for page in pages(ids):
            here = article.c[column]
            other = here.is_(None) if when is not None else here.is_not(None)
            changed += self.connection.execute(select(article.c.id).where(article.c.id.in_(page), other)).scalars()
            self.connection.execute(update(article).where(article.c.id.in_(page), other).values({column: when}))
        if len(changed) > 100:
            self.room.bulk.add(Noun.ARTICLE)
        else:
            self.touched(*changed)
        return tuple(changed)

    def _count(self, shelf: Shelf) -> int:
        query = select(func.count(article.c.id)).join(feed).where(_LIVE)
        return int(self.connection.execute(_on(shelf, query)).scalar_one())


def _on(shelf: Shelf, query: Select[Any]) -> Select[Any]:
    if shelf.feed_id is not None:
        query = query.where(article.c.feed_id == shelf.feed_id)
    if shelf.folder is not None:
        inside = feed.c.folder.startswith(shelf.folder + "/", autoescape=True)
        query = query.where((feed.c.folder == shelf.folder) | inside)
    if shelf.unread:
        query = query.where(article.c.read_at.is_(None))
    if shelf.starred:
        query = query.where(article.c.starred_at.is_not(None))
    if shelf.later:
        query = query.where(article.c.later_at.is_not(None))
    if shelf.ids is not None:
        query = query.where(article.c.id.in_(shelf.ids))
    return query


def _head(entry: ParsedEntry, received: datetime) -> dict[str, Any]:
    return {
        "guid": entry.guid, "url": entry.url, "title": entry.title, "author": entry.author,
        "published": entry.published,
        "sort_at": _sort_at(entry, received), "content_hash": _hash(entry),
    }  # fmt: skip


def _sort_at(entry: ParsedEntry, received: datetime) -> datetime:
    """A date in the future would hold an article at the top for ever."""
    return min(entry.published or received, received)


def _hash(entry: ParsedEntry) -> str:
    parts = "\0".join((entry.title, entry.url, entry.author, entry.html, entry.text))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _build(row: Row[Any]) -> Article:
    return Article(id=row.id, html=row.html, text=row.text, **{name: getattr(row, name) for name in _HEAD})


def _text(row: Row[Any]) -> ArticleText:
    return ArticleText(
        id=row.id, feed_id=row.feed_id, feed_title=row.feed_title or row.feed_url, voice_id=row.person_id,
        title=row.title,
        text=row.text, published=row.sort_at, starred=row.starred_at is not None,
    )  # fmt: skip
