"""Which records of a feed could be an entry whose id is new: looked up by link and date, never by loading the feed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from pln.model.article_identity import Traits
from pln.model.link_key import names_a_page
from pln.store.article_rows import Arrived, title_mark
from pln.store.instants import instant, stamp

_IN = "IN (SELECT value FROM json_each(?))"
# Two questions, not one with OR: each can then walk an index of its own where there is one.
_ALIKE = (
    "SELECT {key}, guid, link_key, title, published FROM {table} WHERE feed_id = ? AND link_key != '' AND link_key {IN}"
    " UNION SELECT {key}, guid, link_key, title, published FROM {table} WHERE feed_id = ? AND published {IN}{more}"
    " ORDER BY 1"
)
_ARTICLES = _ALIKE.format(table="article", key="id", IN=_IN, more="")
# A tombstone's title is a mark already, so that many of one day need not all be looked at.
_TOMBSTONES = _ALIKE.format(table="tombstone", key="rowid AS id", IN=_IN, more=f" AND (title {_IN} OR link_key {_IN})")
_BURIED = f"SELECT guid FROM tombstone WHERE feed_id = ? AND guid {_IN}"  # noqa: S608


class Alike:
    """The records of one feed that `known_again` can pair with some entries. It pairs no others.

    Two of link, title and date must be the same. Where that is link and title, all that have the link are here, so
    that it can be told whether the link is one entry's alone; else the date is among the two.
    """

    def __init__(self, connection: Connection, feed_id: int, entries: Sequence[Arrived]) -> None:
        self._connection, self._feed_id = connection, feed_id
        traits = [of_entry(number, each) for number, each in enumerate(entries)]
        self._pages = _listed(each.link for each in traits if names_a_page(each.link))
        self._links = _listed(each.link for each in traits if each.link)
        self._titles = _listed(each.title for each in traits if each.title)
        self._dates = _listed(stamp(each.published) for each in traits if each.published)

    def articles(self) -> list[Traits]:
        """Those that are here, removed ones too. key: the article's id."""
        rows = self._run(_ARTICLES, self._feed_id, self._pages, self._feed_id, self._dates)
        return [_traits(row, row.id, title_mark(row.title)) for row in rows]

    def tombstones(self) -> list[Traits]:
        """Those that were deleted for good. key: below zero."""
        rows = self._run(_TOMBSTONES, self._feed_id, self._pages, self._feed_id, self._dates, self._titles, self._links)
        return [_traits(row, -1 - number, row.title) for number, row in enumerate(rows)]

    def _run(self, statement: str, *values: object) -> Sequence[Row[Any]]:
        return self._connection.exec_driver_sql(statement, values).all()


def buried(connection: Connection, feed_id: int, guids: Collection[str]) -> frozenset[str]:
    """Those of the ids that were deleted for good."""
    rows = connection.exec_driver_sql(_BURIED, (feed_id, json.dumps(list(guids))))
    return frozenset(row.guid for row in rows)


def of_entry(number: int, each: Arrived) -> Traits:
    """An entry's traits, its date as exact as the store keeps it."""
    entry = each.entry
    published = None if entry.published is None else instant(stamp(entry.published))
    return Traits(key=number, guid=entry.guid, link=each.link, title=title_mark(entry.title), published=published)


def _listed(values: Iterable[object]) -> str:
    return json.dumps(list(dict.fromkeys(values)))


def _traits(row: Row[Any], key: int, title: str) -> Traits:
    return Traits(key=key, guid=row.guid, link=row.link_key, title=title, published=_when(row.published))


def _when(value: int | None) -> datetime | None:
    return None if value is None else instant(value)
