"""How much room articles take, and which of a feed's are there for retention to look at."""

from __future__ import annotations

from pln.model.feed import FeedRoom
from pln.model.retention import Held
from pln.store.instants import instant
from pln.store.repository import Repository

_HELD = """
    SELECT a.id, a.sort_at, a.read_at IS NOT NULL AS read,
        a.starred_at IS NOT NULL OR a.later_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM article_tag t WHERE t.article_id = a.id)
        OR EXISTS (SELECT 1 FROM highlight h WHERE h.article_id = a.id AND h.removed_at IS NULL) AS claimed
    FROM article a WHERE a.feed_id = ? AND a.removed_at IS NULL
"""
# octet_length answers from a row's head: the texts themselves are not read.
_TEXTS = """
    SELECT a.feed_id, count(*) AS articles, sum(octet_length(b.html) + octet_length(b.text)) AS size
    FROM article a JOIN article_body b ON b.article_id = a.id {} GROUP BY a.feed_id
"""
_MORE = """
    SELECT a.feed_id, sum(octet_length(m.html) + octet_length(m.text)) AS size
    FROM (SELECT article_id, html, text FROM article_full UNION ALL SELECT article_id, html, text FROM article_version)
    AS m JOIN article a ON a.id = m.article_id {} GROUP BY a.feed_id
"""
_OF_ONE = "WHERE a.feed_id = ?"


class ArticleRoom(Repository):
    def held(self, feed_id: int) -> tuple[Held, ...]:
        """What retention decides on, of one feed."""
        rows = self.connection.exec_driver_sql(_HELD, (feed_id,))
        return tuple(
            Held(id=row.id, day=instant(row.sort_at), read=bool(row.read), claimed=bool(row.claimed)) for row in rows
        )

    def by_feed(self) -> tuple[FeedRoom, ...]:
        """Bytes that each feed's articles take, removed ones included; the largest first."""
        return tuple(sorted(self._rooms("", ()), key=lambda each: (-each.texts - each.more, each.feed_id)))

    def of_feed(self, feed_id: int) -> FeedRoom:
        """The same of one feed."""
        found = self._rooms(_OF_ONE, (feed_id,))
        return found[0] if found else FeedRoom(feed_id=feed_id, articles=0, texts=0, more=0)

    def _rooms(self, where: str, values: tuple[int, ...]) -> list[FeedRoom]:
        run = self.connection.exec_driver_sql
        more = {row.feed_id: row.size for row in run(_MORE.format(where), values)}
        return [
            FeedRoom(
                feed_id=row.feed_id, articles=row.articles, texts=row.size or 0, more=more.get(row.feed_id) or 0
            )
            for row in run(_TEXTS.format(where), values)
        ]  # fmt: skip

    def index_bytes(self) -> int:
        """Bytes of the search index over all articles."""
        return int(
            self.connection.exec_driver_sql("SELECT sum(octet_length(block)) FROM search_article_data").scalar() or 0
        )
