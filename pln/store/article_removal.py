"""Putting articles away, bringing them back, and deleting them for good so that no refresh brings them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from pln.model.changes import Noun, Ref
from pln.store.article_rows import title_mark
from pln.store.article_twins import Twins
from pln.store.instants import stamp
from pln.store.repository import Room, pages
from pln.store.search import Search

_GIVEN = "(SELECT value FROM json_each(?))"
_LIVE_IDS = f"SELECT id FROM article WHERE removed_at IS NULL AND id IN {_GIVEN}"  # noqa: S608
_REMOVED_IDS = f"SELECT id FROM article WHERE removed_at IS NOT NULL AND id IN {_GIVEN}"  # noqa: S608
_PUT_AWAY = f"UPDATE article SET removed_at = ? WHERE id IN {_GIVEN}"  # noqa: S608
_TRAITS = f"SELECT feed_id, guid, link_key, title, published FROM article WHERE id IN {_GIVEN}"  # noqa: S608
_DELETE = f"DELETE FROM article WHERE id IN {_GIVEN}"  # noqa: S608
_BURY = "INSERT OR IGNORE INTO tombstone (feed_id, guid, link_key, title, published, at) VALUES (?, ?, ?, ?, ?, ?)"


class Removal:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._twins = Twins(room.connection)

    def remove(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Take articles out of lists and search, with all that tell the same stories; those that were there."""
        gone: list[int] = []
        for page in pages(self._twins.group(ids)):
            here = json.dumps(list(page))
            gone += self._numbers(_LIVE_IDS, here)
        self._twins.part(gone)
        now = stamp(self._room.now())
        for page in pages(gone):
            self._run(_PUT_AWAY, now, json.dumps(list(page)))
        self._unindex(gone)
        self._told(gone)
        return tuple(gone)

    def restore(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Bring removed articles back whole; returns those that were removed."""
        back: list[int] = []
        for page in pages(ids):
            here = json.dumps(list(page))
            found = self._numbers(_REMOVED_IDS, here)
            self._run(_PUT_AWAY, None, json.dumps(found))
            back += found
        self._twins.join(back)
        self._told(back)
        return tuple(back)

    def bury(self, ids: Sequence[int]) -> int:
        """Delete articles for good. What is left of each is enough to know it again, and no word of it."""
        self._twins.part(ids)
        now, deleted = stamp(self._room.now()), 0
        for page in pages(ids):
            here = json.dumps(list(page))
            rows = self._room.connection.exec_driver_sql(_TRAITS, (here,)).all()
            stones = [(row[0], row[1], row[2], title_mark(row[3]), row[4], now) for row in rows]
            if stones:
                self._room.connection.exec_driver_sql(_BURY, stones)
            self._unindex(page)
            self._run(_DELETE, here)
            deleted += len(stones)
        if deleted:
            self._room.bulk.add(Noun.ARTICLE)
        return deleted

    def _unindex(self, ids: Iterable[int]) -> None:
        search = Search(self._room)
        for record in ids:
            search.drop(Ref(Noun.ARTICLE, record))

    def _told(self, ids: Sequence[int]) -> None:
        if len(ids) > 100:
            self._room.bulk.add(Noun.ARTICLE)
        else:
            self._room.touched.update(Ref(Noun.ARTICLE, record) for record in ids)

    def _numbers(self, statement: str, *values: object) -> list[int]:
        return [int(row[0]) for row in self._room.connection.exec_driver_sql(statement, values)]

    def _run(self, statement: str, *values: object) -> None:
        self._room.connection.exec_driver_sql(statement, values)
