"""The texts of articles' own pages, kept beside what the feeds gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun, Ref
from pln.model.feed import PictureLink
from pln.model.offline import FullState, FullText, PageToFetch
from pln.store.article_pictures import ArticlePictures
from pln.store.repository import Repository, pages
from pln.store.schema import article, article_body, article_full, feed
from pln.store.search import Search

_AGAIN_AFTER = timedelta(hours=6)  # some feeds write their articles anew at every look
_WILL_BE_READ = or_(article.c.read_at.is_(None), article.c.starred_at.is_not(None), article.c.later_at.is_not(None))


def fuller_text() -> ColumnElement[str]:
    """The text of the article's page where it was kept, else the feed's. For queries over article and article_body."""
    kept = select(article_full.c.text).where(
        article_full.c.article_id == article_body.c.article_id, article_full.c.state == FullState.DONE.value
    )
    return func.coalesce(kept.scalar_subquery(), article_body.c.text)


class FullTexts(Repository):
    noun = Noun.ARTICLE

    def get(self, article_id: int) -> FullText | None:
        row = self.connection.execute(select(article_full).where(article_full.c.article_id == article_id)).first()
        return None if row is None else _build(row)

    def want(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Note that the pages of these articles are wanted; returns those that have an address and are not done."""
        wanted: list[int] = []
        for page in pages(ids):
            done = select(article_full.c.article_id).where(article_full.c.state == FullState.DONE.value)
            query = select(article.c.id).where(article.c.id.in_(page), article.c.url != "", article.c.id.not_in(done))
            wanted += self.connection.execute(query).scalars()
        for record in wanted:
            self._put(FullText(article_id=record, state=FullState.WANTED))
        self.touched(*wanted)
        return tuple(wanted)

    def put(self, found: FullText, pictures: Sequence[PictureLink] = ()) -> None:
        """Keep what came of fetching a page, and find the article by its fuller text from now on.

        An article that is gone meanwhile is left alone. A text that is there stays where a later look brought none.
        """
        row = self.connection.execute(
            select(article.c.title, feed.c.removed_at)
            .join_from(article, feed).where(article.c.id == found.article_id)
        ).first()  # fmt: skip
        if row is None:
            return
        before = self.get(found.article_id) if found.state is FullState.FAILED else None
        if before is not None and before.state is FullState.DONE:
            found = replace(before, at=found.at)
            pictures = ()
        self._put(found)
        if found.state is FullState.DONE:
            ArticlePictures(self.room).add(found.article_id, pictures)
            if row.removed_at is None:
                Search(self.room).put(Ref(Noun.ARTICLE, found.article_id), row.title, found.text)
        self.touched(found.article_id)

    def to_fetch(self, limit: int) -> tuple[PageToFetch, ...]:
        """Pages that are wanted: asked for one by one, then those of feeds read in full, newest first.

        Of feeds, only articles that will be read (unread, starred, put aside for later) and were not tried before, or
        whose feed wrote them anew since; those that are there are looked at again after an edit wherever they are from.
        """
        asked = article_full.c.state == FullState.WANTED.value
        new = article_full.c.article_id.is_(None) & (feed.c.full_text == 1)
        edited = (article.c.edited_at > article_full.c.at) & (article_full.c.at < self.room.now() - _AGAIN_AFTER)
        again = edited & or_(article_full.c.state == FullState.DONE.value, feed.c.full_text == 1)
        query = (
            select(article.c.id, article.c.url, article.c.title, article_body.c.text)
            .join_from(article, feed, feed.c.id == article.c.feed_id)
            .join(article_body, article_body.c.article_id == article.c.id)
            .outerjoin(article_full, article_full.c.article_id == article.c.id)
            .where(
                feed.c.removed_at.is_(None), article.c.removed_at.is_(None), article.c.twin_of.is_(None),
                article.c.url != "",
                or_(asked, or_(new, again) & _WILL_BE_READ),
            )
            .order_by(func.coalesce(asked, False).desc(), article.c.sort_at.desc(), article.c.id.desc()).limit(limit)
        )  # fmt: skip
        rows = self.connection.execute(query)
        return tuple(PageToFetch(article_id=row.id, url=row.url, title=row.title, text=row.text) for row in rows)

    def page(self, article_id: int) -> PageToFetch | None:
        """The page of one article; None where it is gone or has no address."""
        query = (
            select(article.c.id, article.c.url, article.c.title, article_body.c.text)
            .join_from(article, article_body).where(article.c.id == article_id, article.c.url != "")
        )  # fmt: skip
        row = self.connection.execute(query).first()
        return None if row is None else PageToFetch(article_id=row.id, url=row.url, title=row.title, text=row.text)

    def everything(self) -> tuple[FullText, ...]:
        """All of them, for an export."""
        rows = self.connection.execute(select(article_full).order_by(article_full.c.article_id))
        return tuple(_build(row) for row in rows)

    def _put(self, found: FullText) -> None:
        values: dict[str, Any] = {
            "state": found.state.value, "html": found.html, "text": found.text, "error": found.error,
            "at": found.at or self.room.now(),
        }  # fmt: skip
        new = upsert(article_full).values(article_id=found.article_id, **values)
        fresh = {name: new.excluded[name] for name in values}
        self.connection.execute(new.on_conflict_do_update(index_elements=["article_id"], set_=fresh))


def _build(row: Row[Any]) -> FullText:
    return FullText(
        article_id=row.article_id, state=FullState(row.state), html=row.html, text=row.text, error=row.error, at=row.at
    )
