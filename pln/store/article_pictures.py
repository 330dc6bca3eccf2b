"""Which pictures an article shows and where they come from. The pictures themselves are in a file apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun
from pln.model.feed import PictureLink
from pln.model.offline import PictureUse
from pln.store.repository import Repository
from pln.store.schema import article, article_full, article_picture, feed

_WILL_BE_READ = or_(article.c.read_at.is_(None), article.c.starred_at.is_not(None), article.c.later_at.is_not(None))


class ArticlePictures(Repository):
    noun = Noun.ARTICLE

    def add_all(self, found: Mapping[int, Sequence[PictureLink]]) -> None:
        """Note the pictures of several articles, beside those noted before."""
        rows = [
            {"article_id": record, "key": link.key, "url": link.url}
            for record, links in found.items()
            for link in links
        ]
        if rows:
            new = upsert(article_picture)
            fresh = {"url": new.excluded.url}
            self.connection.execute(new.on_conflict_do_update(index_elements=["article_id", "key"], set_=fresh), rows)

    def add(self, article_id: int, links: Sequence[PictureLink]) -> None:
        self.add_all({article_id: links})

    def replace(self, article_id: int, links: Sequence[PictureLink]) -> None:
        """Note the pictures of an article's new text. Those that its page's fuller text shows stay noted."""
        full = self.connection.execute(
            select(article_full.c.html).where(article_full.c.article_id == article_id)
        ).scalar()
        known = self.connection.execute(
            select(article_picture.c.key).where(article_picture.c.article_id == article_id)
        ).scalars()
        wanted = {link.key for link in links}
        gone = [key for key in known if key not in wanted and f"pln-img:{key}" not in (full or "")]
        if gone:
            self.connection.execute(
                delete(article_picture).where(
                    article_picture.c.article_id == article_id, article_picture.c.key.in_(gone)
                )
            )
        self.add(article_id, links)

    def of(self, article_id: int) -> tuple[PictureLink, ...]:
        query = select(article_picture.c.key, article_picture.c.url).where(article_picture.c.article_id == article_id)
        return tuple(PictureLink(key=row.key, url=row.url) for row in self.connection.execute(query))

    def uses(self) -> tuple[PictureUse, ...]:
        """Every picture of every article whose feed is there and keeps pictures."""
        query = (
            select(
                article_picture.c.key, article_picture.c.url, article.c.feed_id, article.c.sort_at,
                _WILL_BE_READ.label("keep"),
            )
            .join_from(article_picture, article, article.c.id == article_picture.c.article_id)
            .join(feed, feed.c.id == article.c.feed_id)
            .where(
                feed.c.removed_at.is_(None), feed.c.pictures == 1,
                article.c.removed_at.is_(None), article.c.twin_of.is_(None),
            )
        )  # fmt: skip
        return tuple(
            PictureUse(key=row.key, url=row.url, feed_id=row.feed_id, sort_at=row.sort_at, keep=bool(row.keep))
            for row in self.connection.execute(query)
        )
