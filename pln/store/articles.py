"""Articles: what is listed, what is read, what a refresh brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from pln.model.changes import Noun, Ref
from pln.model.feed import Article, ArticleRow, ArticleVersion, ParsedEntry
from pln.model.link_key import link_key
from pln.model.suggestion import ArticleText
from pln.store.article_fulls import fuller_text
from pln.store.article_lists import Lists, Shelf, live
from pln.store.article_removal import Removal
from pln.store.article_taking import Taking
from pln.store.article_twins import Twins
from pln.store.article_versions import Versions
from pln.store.repository import Repository, in_order, pages
from pln.store.schema import article, article_body, article_tag, feed
from pln.store.search import Search

__all__ = ["Articles", "Shelf"]

_HEAD = (
    "feed_id", "uid", "guid", "url", "title", "author", "published", "received", "read_at", "starred_at", "later_at",
    "read_to", "words", "edited_at", "twin_of", "attached",
)  # fmt: skip
_LIVE = feed.c.removed_at.is_(None) & article.c.removed_at.is_(None)


# Matching needs the beginning of a text, not all of it.
_MATCHED = article.c.read_at.is_(None) | article.c.starred_at.is_not(None)
_TEXTS: Select[Any] = (
    select(
        article.c.id, article.c.feed_id, article.c.title, article.c.sort_at, article.c.starred_at,
        func.substr(fuller_text(), 1, 2000).label("text"),
        feed.c.title.label("feed_title"), feed.c.url.label("feed_url"), feed.c.person_id,
    )
    .select_from(article).join(article_body, article_body.c.article_id == article.c.id)
    .join(feed, feed.c.id == article.c.feed_id)
    .where(_LIVE, article.c.removed_at.is_(None))
)  # fmt: skip


class Articles(Repository):
    noun = Noun.ARTICLE

    def take_in(self, feed_id: int, entries: Sequence[ParsedEntry]) -> tuple[int, int]:
        """Store what a refresh brought: (new, changed). Known entries keep their id, star and read state.

        A feed that was removed while it was fetched takes nothing in.
        """
        if not self.is_live(feed, feed_id):
            return 0, 0
        return Taking(self.room, feed_id).take(entries)

    def add(self, new: Article) -> Article:
        """Store one article as it is (reading an export)."""
        received = new.received or self.room.now()
        stored = replace(
            new, id=self.next_id(article), uid=new.uid or self.room.new_uid(), received=received,
            words=new.words or len(new.text.split()), tags=tuple(sorted(set(new.tags))),
        )  # fmt: skip
        values = {name: getattr(stored, name) for name in _HEAD}
        values |= {
            "sort_at": min(stored.published or received, received), "content_hash": "",
            "link_key": link_key(stored.url),
        }  # fmt: skip
        self.connection.execute(insert(article).values(id=stored.id, **values))
        self.connection.execute(insert(article_body).values(article_id=stored.id, html=stored.html, text=stored.text))
        if stored.tags:
            self.connection.execute(insert(article_tag), [{"article_id": stored.id, "tag": tag} for tag in stored.tags])
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
        return None if row is None else _build(row, self._tags(record))

    def ids(self, shelf: Shelf) -> tuple[int, ...]:
        """Ids of a shelf's articles, newest first unless it wants the oldest first."""
        return Lists(self.connection).ids(shelf)

    def every_id(self) -> tuple[int, ...]:
        """Ids of all articles that are not removed, in their order; those that tell a story again included."""
        return Lists(self.connection).every()

    def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        found: dict[int, ArticleRow] = {}
        for page in pages(ids):
            query = select(
                article.c.id, article.c.feed_id, article.c.title, article.c.sort_at,
                article.c.read_at, article.c.starred_at, article.c.later_at, article.c.words,
                feed.c.title.label("feed_title"), feed.c.url.label("feed_url"),
            ).join_from(article, feed).where(article.c.id.in_(page))  # fmt: skip
            twins = self._twins(page)
            for row in self.connection.execute(query):
                found[row.id] = ArticleRow(
                    id=row.id, feed_id=row.feed_id, feed_title=row.feed_title or row.feed_url, title=row.title,
                    published=row.sort_at, read=row.read_at is not None, starred=row.starred_at is not None,
                    later=row.later_at is not None, minutes=_minutes(row.words), twins=twins.get(row.id, 0),
                )  # fmt: skip
        return in_order(ids, found)

    def set_read(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        """Mark articles read (when) or unread (None), in every feed that tells the same; returns what changed."""
        return self._set(ids, "read_at", when)

    def set_starred(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        return self._set(ids, "starred_at", when)

    def set_later(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        """Put articles aside to be read later, or no longer; returns those whose state changed."""
        return self._set(ids, "later_at", when)

    def set_read_to(self, record: int, thousandths: int) -> None:
        """Remember how far one has read. Nobody is told: only the next opening asks for it."""
        place = min(max(thousandths, 0), 1000)
        self.connection.execute(update(article).where(article.c.id == record).values(read_to=place))

    def remove(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Put articles away, with all that tell the same stories; returns those that were there."""
        return Removal(self.room).remove(ids)

    def restore(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Bring removed articles back whole; returns those that were removed."""
        back = Removal(self.room).restore(ids)
        self.reindex(back)
        return back

    def bury(self, ids: Sequence[int]) -> int:
        """Delete articles for good; they do not come back with a refresh. How many there were."""
        return Removal(self.room).bury(ids)

    def versions(self, record: int) -> tuple[ArticleVersion, ...]:
        """What an article said before, the oldest first."""
        return Versions(self.connection).of(record)

    def sources(self, record: int) -> tuple[int, ...]:
        """The articles that tell the same story, the one that stands for them first; at least the one asked for."""
        group = Twins(self.connection).group([record])
        query = select(article.c.id).where(article.c.id.in_(group))
        return tuple(self.connection.execute(query.order_by(article.c.twin_of.is_not(None), article.c.id)).scalars())

    def unread_total(self) -> int:
        return self.count_on(Shelf(unread=True))

    def starred_total(self) -> int:
        return self.count_on(Shelf(starred=True))

    def later_total(self) -> int:
        return self.count_on(Shelf(later=True))

    def total(self) -> int:
        return self.count_on(Shelf())

    def count_on(self, shelf: Shelf) -> int:
        """How many articles stand on a shelf."""
        return Lists(self.connection).count(shelf)

    def everything(self) -> tuple[Article, ...]:
        """All articles with their texts, oldest first."""
        query = (
            select(article, article_body.c.html, article_body.c.text).join_from(article, article_body).where(*live())
        )
        return tuple(_build(row, self._tags(row.id)) for row in self.connection.execute(query.order_by(article.c.id)))

    def recent_texts(self, since: datetime, limit: int = 2000) -> tuple[ArticleText, ...]:
        """Unread or starred articles sorted since an instant, newest first, for matching with people."""
        query = (
            _TEXTS.where(article.c.twin_of.is_(None), article.c.sort_at >= since, _MATCHED)
            .order_by(article.c.sort_at.desc())
            .limit(limit)
        )
        return tuple(_text(row) for row in self.connection.execute(query))

    def still_matched(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Those of these articles that are unread or starred and whose feed is not removed, in the same order."""
        found: set[int] = set()
        for page in pages(ids):
            query = select(article.c.id)
            found.update(self.connection.execute(query.where(*live(), _MATCHED, article.c.id.in_(page))).scalars())
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
                .where(*live(), article.c.id.in_(page)).order_by(article.c.id)
            )  # fmt: skip
            for row in self.connection.execute(query).all():
                Search(self.room).put(Ref(Noun.ARTICLE, row.id), row.title, row.text)

    def _twins(self, ids: Sequence[int]) -> dict[int, int]:
        query = select(article.c.twin_of, func.count()).where(article.c.twin_of.in_(ids)).group_by(article.c.twin_of)
        return {row[0]: int(row[1]) for row in self.connection.execute(query)}

    def _tags(self, record: int) -> tuple[str, ...]:
        query = select(article_tag.c.tag).where(article_tag.c.article_id == record).order_by(article_tag.c.tag)
        return tuple(self.connection.execute(query).scalars())

    def _set(self, ids: Sequence[int], column: str, when: datetime | None) -> tuple[int, ...]:
        changed: list[int] = []
        for page in pages(Twins(self.connection).group(ids)):
            here = article.c[column]
            other = here.is_(None) if when is not None else here.is_not(None)
            changed += self.connection.execute(select(article.c.id).where(article.c.id.in_(page), other)).scalars()
            self.connection.execute(update(article).where(article.c.id.in_(page), other).values({column: when}))
        if len(changed) > 100:
            self.room.bulk.add(Noun.ARTICLE)
        else:
            self.touched(*changed)
        return tuple(changed)


def _build(row: Row[Any], tags: tuple[str, ...]) -> Article:
    head = {name: getattr(row, name) for name in _HEAD}
    return Article(id=row.id, html=row.html, text=row.text, tags=tags, **head)


def _minutes(words: int) -> int:
    """Estimated reading time at 220 words a minute, 0 where there is nothing to read."""
    return max(1, round(words / 220)) if words else 0


def _text(row: Row[Any]) -> ArticleText:
    return ArticleText(
        id=row.id, feed_id=row.feed_id, feed_title=row.feed_title or row.feed_url, voice_id=row.person_id,
        title=row.title,
        text=row.text, published=row.sort_at, starred=row.starred_at is not None,
    )  # fmt: skip
