"""What hangs on articles beside their text, and what keeps removed ones away: read for an export, put back from one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.article_around import ArticleAround, EarlierWords, PageText, Tombstone
from pln.model.changes import Noun, Ref
from pln.model.feed import PictureLink
from pln.store.repository import Repository
from pln.store.schema import (
    article,
    article_full,
    article_picture,
    article_tag,
    article_version,
    feed,
    highlight,
    tombstone,
)
from pln.store.search import Search

_DONE = "done"
_MARKED = select(highlight.c.article_id).where(highlight.c.removed_at.is_(None))
_LIVE = article.c.removed_at.is_(None) & feed.c.removed_at.is_(None)


class ArticlesAround(Repository):
    noun = Noun.ARTICLE

    def uids(self) -> dict[int, str]:
        """The articles of an export, by id: all that are there, and those put away in which a passage is marked."""
        query = select(article.c.id, article.c.uid).join(feed).where(_LIVE | article.c.id.in_(_MARKED))
        return {row.id: row.uid for row in self.connection.execute(query.order_by(article.c.id))}

    def put_away(self) -> tuple[str, ...]:
        """Uids of articles that were removed, but in which a passage is marked."""
        query = select(article.c.uid).where(article.c.removed_at.is_not(None), article.c.id.in_(_MARKED))
        return tuple(self.connection.execute(query.order_by(article.c.id)).scalars())

    def feeds_put_away(self) -> tuple[int, ...]:
        """Ids of feeds that were removed, but in which a passage is marked."""
        marked = select(article.c.feed_id).where(article.c.id.in_(_MARKED))
        query = select(feed.c.id).where(feed.c.removed_at.is_not(None), feed.c.id.in_(marked))
        return tuple(self.connection.execute(query.order_by(feed.c.id)).scalars())

    def of(self, record: int) -> ArticleAround:
        read = self.connection.execute
        v, f, p, t = article_version, article_full, article_picture, article_tag
        versions = read(select(v.c.at, v.c.title, v.c.html, v.c.text).where(v.c.article_id == record).order_by(v.c.id))
        page = read(select(f.c.at, f.c.html, f.c.text).where(f.c.article_id == record, f.c.state == _DONE)).first()
        pictures = read(select(p.c.key, p.c.url).where(p.c.article_id == record).order_by(p.c.key))
        tags = read(select(t.c.tag).where(t.c.article_id == record).order_by(t.c.tag)).scalars()
        return ArticleAround(
            versions=tuple(EarlierWords(**row._mapping) for row in versions),
            page=None if page is None else PageText(**page._mapping),
            pictures=tuple(PictureLink(**row._mapping) for row in pictures), tags=tuple(tags),
        )  # fmt: skip

    def put(self, record: int, around: ArticleAround) -> None:
        """Lay it beside a new article."""
        self._add(
            article_version,
            [{"at": v.at, "title": v.title, "html": v.html, "text": v.text} for v in around.versions],
            record,
        )
        self._add(article_picture, [{"key": each.key, "url": each.url} for each in around.pictures], record)
        self._add(article_tag, [{"tag": tag} for tag in around.tags], record)
        if around.page is not None:
            page = {"at": around.page.at, "html": around.page.html, "text": around.page.text, "state": _DONE}
            self._add(article_full, [page], record)

    def put_twin(self, record: int, twin: int) -> None:
        self.connection.execute(update(article).where(article.c.id == record).values(twin_of=twin))

    def remove(self, record: int) -> None:
        """Put an article away that came from an export so."""
        self.set_removed(article, record, removed=True)
        Search(self.room).drop(Ref(Noun.ARTICLE, record))

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Of the feeds that are there: what was removed for good, and what is put away with nothing marked in it."""
        gone = tombstone
        buried = (
            select(gone.c.feed_id, gone.c.guid, gone.c.link_key, gone.c.at)
            .join(feed)
            .where(feed.c.removed_at.is_(None))
        )
        away = (
            select(article.c.feed_id, article.c.guid, article.c.link_key, article.c.removed_at.label("at"))
            .join(feed)
            .where(feed.c.removed_at.is_(None), article.c.removed_at.is_not(None), article.c.id.not_in(_MARKED))
        )
        rows = [row for query in (buried, away) for row in self.connection.execute(query)]
        return tuple(sorted((Tombstone(**row._mapping) for row in rows), key=lambda each: (each.feed_id, each.guid)))

    def bury(self, each: Tombstone) -> bool:
        """Keep an article from coming; False where that was so already, or where it is here."""
        here = select(article.c.id).where(article.c.feed_id == each.feed_id, article.c.guid == each.guid)
        if self.connection.execute(here).first() is not None:
            return False
        values = {"feed_id": each.feed_id, "guid": each.guid, "link_key": each.link_key, "at": each.at}
        return bool(self.connection.execute(upsert(tombstone).values(**values).on_conflict_do_nothing()).rowcount)

    def _add(self, table: Table, rows: Iterable[dict[str, object]], record: int) -> None:
        for row in rows:
            self.connection.execute(upsert(table).values(article_id=record, **row).on_conflict_do_nothing())
