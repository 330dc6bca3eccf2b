"""The same story in several feeds: which article stands for it, and which stand behind that one.

Only articles that are not removed, of feeds that are not, stand for a story or behind another. Those behind name
the one that stands for them (`twin_of`), which names none itself. What the owner did with one counts for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from pln.model.article_identity import title_key
from pln.model.article_twins import BEGINNING, Story, same_story
from pln.store.instants import instant
from pln.store.repository import pages

_STORY = (
    f"SELECT a.id, a.feed_id, a.link_key, a.title, a.sort_at, substr(b.text, 1, {BEGINNING}) AS text,"  # noqa: S608
    " f.person_id IS NOT NULL AS voice FROM article a JOIN article_body b ON b.article_id = a.id"
    " JOIN feed f ON f.id = a.feed_id"
    " WHERE f.removed_at IS NULL AND a.removed_at IS NULL AND a.twin_of IS NULL AND "
)
_MOST_ALIKE = 50
"""So many different stories under one link or title: it is a column's page or "News", and tells nothing."""
_MARKS = ("read_at", "starred_at", "later_at")


class Twins:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, ids: Sequence[int]) -> None:
        """Put each of these articles behind the one that tells its story, or before it where it is a voice's."""
        for page in pages(ids):
            self._join_linked(page)
            self._join_unlinked(page)

    def group(self, ids: Iterable[int]) -> tuple[int, ...]:
        """These articles, and those that tell the same stories."""
        wanted = dict.fromkeys(ids)
        for page in pages(tuple(wanted)):
            here = json.dumps(list(page))
            found = self._connection.exec_driver_sql(
                "WITH given(id) AS (SELECT value FROM json_each(?)), head(id) AS"
                " (SELECT id FROM given UNION SELECT twin_of FROM article"
                " WHERE id IN (SELECT id FROM given) AND twin_of IS NOT NULL)"
                " SELECT id FROM head UNION SELECT id FROM article WHERE twin_of IN (SELECT id FROM head)",
                (here,),
            )
            wanted.update(dict.fromkeys(row[0] for row in found))
        return tuple(wanted)

    def part(self, ids: Iterable[int]) -> None:
        """Before these articles go: where one stood for a story, the next of those behind takes its place."""
        for page in pages(tuple(ids)):
            here = json.dumps(list(page))
            self._run("UPDATE article SET twin_of = NULL WHERE id IN (SELECT value FROM json_each(?))", here)
            left: dict[int, list[int]] = {}
            query = (
                "SELECT a.twin_of, a.id FROM article a JOIN feed f ON f.id = a.feed_id"
                " WHERE a.twin_of IN (SELECT value FROM json_each(?)) ORDER BY f.person_id IS NULL, a.id"
            )
            for head, twin in self._connection.exec_driver_sql(query, (here,)):
                left.setdefault(head, []).append(twin)
            for head, (first, *_) in left.items():
                self._run("UPDATE article SET twin_of = ? WHERE twin_of = ? AND id != ?", first, head, first)
                self._run("UPDATE article SET twin_of = NULL WHERE id = ?", first)

    def _join_linked(self, ids: Sequence[int]) -> None:
        here = json.dumps(list(ids))
        shared = self._connection.exec_driver_sql(
            "SELECT DISTINCT n.link_key FROM article n JOIN article o"
            " ON o.link_key = n.link_key AND o.link_key != '' AND o.feed_id != n.feed_id"
            " WHERE n.id IN (SELECT value FROM json_each(?)) AND n.link_key != ''",
            (here,),
        )
        links = [row[0] for row in shared]
        if links:
            self._settle(ids, "a.link_key IN (SELECT value FROM json_each(?)) AND a.link_key != ''", links)

    def _join_unlinked(self, ids: Sequence[int]) -> None:
        shared = self._connection.exec_driver_sql(
            "SELECT DISTINCT n.title FROM article n JOIN article o"
            " ON o.title = n.title AND o.link_key = '' AND o.feed_id != n.feed_id"
            " WHERE n.id IN (SELECT value FROM json_each(?)) AND n.link_key = '' AND n.title != ''",
            (json.dumps(list(ids)),),
        )
        titles = [row[0] for row in shared]
        if titles:
            self._settle(ids, "a.title IN (SELECT value FROM json_each(?)) AND a.link_key = ''", titles)

    def _settle(self, ids: Sequence[int], where: str, values: list[str]) -> None:
        rows = self._connection.exec_driver_sql(f"{_STORY}{where} ORDER BY a.id", (json.dumps(values),))
        mates: dict[tuple[str, str], dict[int, Story]] = {}
        for story in map(_story, rows):
            mates.setdefault((story.link, "" if story.link else title_key(story.title)), {})[story.id] = story
        new = frozenset(ids)
        for stories in mates.values():
            self._settle_alike(stories, new)

    def _settle_alike(self, stories: dict[int, Story], new: frozenset[int]) -> None:
        if len(stories) > _MOST_ALIKE:
            return
        for mine in [each for each in stories.values() if each.id in new]:
            found = next((each for each in stories.values() if same_story(mine, each)), None)
            if mine.id in stories and found is not None:
                head, behind = (mine, found) if mine.voice and not found.voice else (found, mine)
                self._put_behind(behind.id, head.id)
                del stories[behind.id]

    def _put_behind(self, record: int, head: int) -> None:
        self._run("UPDATE article SET twin_of = ? WHERE id = ? OR twin_of = ?", head, record, record)
        for mark in _MARKS:
            self._run(
                f"UPDATE article SET {mark} = (SELECT min({mark}) FROM article WHERE id = ? OR twin_of = ?)"  # noqa: S608
                f" WHERE (id = ? OR twin_of = ?) AND {mark} IS NULL",
                *(head,) * 4,
            )

    def _run(self, statement: str, *values: object) -> None:
        self._connection.exec_driver_sql(statement, values)


def _story(row: Row[Any]) -> Story:
    return Story(
        id=row.id, feed_id=row.feed_id, link=row.link_key, title=row.title, day=instant(row.sort_at), text=row.text,
        voice=bool(row.voice),
    )  # fmt: skip
