"""Articles that come out of another reader's export: found again by their address, and forgotten on undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from pln.model.changes import Noun, Ref
from pln.store.repository import Repository, pages
from pln.store.schema import article, feed, highlight
from pln.store.search import Search


class Brought(Repository):
    noun = Noun.ARTICLE

    def by_address(self, urls: Sequence[str], feed_id: int | None = None) -> Mapping[str, int]:
        """Ids of the articles at these addresses, in one feed or in any; the oldest where there are several."""
        found: dict[str, int] = {}
        for page in pages_of(urls):
            query = (
                select(article.c.url, article.c.id).join(feed)
                .where(article.c.url.in_(page), feed.c.removed_at.is_(None), article.c.removed_at.is_(None))
            )  # fmt: skip
            if feed_id is not None:
                query = query.where(article.c.feed_id == feed_id)
            for row in self.connection.execute(query.order_by(article.c.id)):
                found.setdefault(row.url, row.id)
        return found

    def forget(self, ids: Sequence[int]) -> None:
        """Delete articles that an import brought, as if it had not been. Those with a highlight or a note stay."""
        for page in pages(ids):
            noted = select(highlight.c.article_id).where(highlight.c.article_id.in_(page))
            gone = set(page).difference(self.connection.execute(noted).scalars())
            for record in gone:
                Search(self.room).drop(Ref(Noun.ARTICLE, record))
            self.connection.execute(delete(article).where(article.c.id.in_(gone)))
        self.room.bulk.add(Noun.ARTICLE)


def pages_of(urls: Sequence[str]) -> Sequence[Sequence[str]]:
    """Addresses in pieces that fit into one statement."""
    return [urls[start : start + 400] for start in range(0, len(urls), 400)]
