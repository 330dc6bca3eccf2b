"""What articles said before their feeds changed them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pln.model.feed import ArticleVersion
from pln.store.schema import article_version

MOST = 24
"""Kept of one article: the first, and the latest others."""

_KEEP = (
    "INSERT INTO article_version (article_id, at, title, html, text)"
    " SELECT a.id, ?, a.title, b.html, b.text FROM article a JOIN article_body b ON b.article_id = a.id"
    " WHERE a.id = ? AND NOT EXISTS (SELECT 1 FROM article_version v"
    " WHERE v.article_id = a.id AND v.title = a.title AND v.text = b.text)"
)
_TRIM = (
    "DELETE FROM article_version WHERE id IN (SELECT id FROM article_version WHERE article_id = ?1"
    " AND id != (SELECT min(id) FROM article_version WHERE article_id = ?1) ORDER BY id DESC LIMIT -1 OFFSET ?2)"
)


class Versions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, record: int, now: int) -> None:
        """Lay the present words of an article aside, unless it said exactly that before. now: milliseconds."""
        if self._connection.exec_driver_sql(_KEEP, (now, record)).rowcount:
            self._connection.exec_driver_sql(_TRIM, (record, MOST - 1))

    def of(self, record: int) -> tuple[ArticleVersion, ...]:
        """Earlier words, the oldest first. `until`: when others took their place."""
        query = select(article_version).where(article_version.c.article_id == record).order_by(article_version.c.id)
        return tuple(
            ArticleVersion(until=row.at, title=row.title, html=row.html, text=row.text)
            for row in self._connection.execute(query)
        )
