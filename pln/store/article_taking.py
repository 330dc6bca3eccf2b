"""Taking in what a refresh brought: new articles, changed ones, and those that only seem to be new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from pln.model.article_identity import known_again, told_apart
from pln.model.changes import Noun, Ref
from pln.model.feed import ParsedEntry
from pln.store.article_alike import Alike, buried, of_entry
from pln.store.article_pictures import ArticlePictures
from pln.store.article_rows import INSERT, INSERT_BODY, Arrived, arrived, attached_text
from pln.store.article_twins import Twins
from pln.store.article_versions import Versions
from pln.store.instants import stamp
from pln.store.repository import Room
from pln.store.schema import article
from pln.store.search import Search

_GIVEN = "(SELECT value FROM json_each(?))"
_OLD = "SELECT id, guid, content_hash, removed_at FROM article WHERE feed_id = ? AND "


@dataclass(frozen=True, slots=True)
class _Old:
    id: int
    guid: str
    hash: str
    removed: bool


class Taking:
    """One feed's entries into its articles."""

    def __init__(self, room: Room, feed_id: int) -> None:
        self._room, self._feed_id = room, feed_id
        self._connection = room.connection
        self._now = stamp(room.now())

    def take(self, entries: Sequence[ParsedEntry]) -> tuple[int, int]:
        """(new, changed). Known articles keep their id, star and read state; removed ones stay removed."""
        found = {each.entry.guid: each for each in map(arrived, told_apart(entries))}
        known = self._known(found)
        unknown = [each for guid, each in found.items() if guid not in known]
        again, buried = self._again(unknown, found) if unknown else ({}, frozenset())
        changed = 0
        for guid, each in found.items():
            old = known.get(guid) or again.get(guid)
            if old is not None and not old.removed:
                changed += self._follow(old, each)
        fresh = [each for each in unknown if each.entry.guid not in again and each.entry.guid not in buried]
        self._insert(fresh)
        return len(fresh), changed

    def _known(self, guids: Iterable[str]) -> dict[str, _Old]:
        rows = self._run(f"{_OLD}guid IN {_GIVEN}", self._feed_id, json.dumps(list(guids)))
        return {row.guid: _old(row) for row in rows}

    def _again(
        self, unknown: Sequence[Arrived], found: Mapping[str, Arrived]
    ) -> tuple[dict[str, _Old], frozenset[str]]:
        """Entries under a new id: those that are articles of ours, and the ids of those that were deleted for good."""
        dead = buried(self._connection, self._feed_id, [each.entry.guid for each in unknown])
        left = [each for each in unknown if each.entry.guid not in dead]
        alike = Alike(self._connection, self._feed_id, left)
        same = known_again(
            [of_entry(number, each) for number, each in enumerate(left)],
            [each for each in (*alike.articles(), *alike.tombstones()) if each.guid not in found],
        )
        ids = [record for record in same.values() if record >= 0]
        olds = {row.id: _old(row) for row in self._run(f"{_OLD}id IN {_GIVEN}", self._feed_id, json.dumps(ids))}
        again = {left[number].entry.guid: olds[record] for number, record in same.items() if record >= 0}
        gone = (left[number].entry.guid for number, record in same.items() if record < 0)
        return again, frozenset((*dead, *gone))

    def _follow(self, old: _Old, new: Arrived) -> bool:
        """Let an article follow its entry. False where nothing that is read changed."""
        if old.guid != new.entry.guid:
            self._run("UPDATE article SET guid = ? WHERE id = ?", new.entry.guid, old.id)
        if old.hash == new.hash:
            return False
        entry = new.entry
        row = self._run(
            "SELECT a.title, b.text FROM article a JOIN article_body b ON b.article_id = a.id WHERE a.id = ?", old.id
        )
        before = row[0] if row else None
        edited = before is not None and _words(before.title, before.text) != _words(entry.title, entry.text)
        if edited:
            Versions(self._connection).keep(old.id, self._now)
        self._write(old.id, new, self._now if edited else None)
        return True

    def _write(self, record: int, new: Arrived, edited_at: int | None) -> None:
        """The place in the lists stays: an edit does not return as new."""
        entry = new.entry
        published = None if entry.published is None else stamp(entry.published)
        self._run(
            "UPDATE article SET url = ?, title = ?, author = ?, published = ?, content_hash = ?, link_key = ?,"
            " words = ?, attached = ?, edited_at = coalesce(?, edited_at) WHERE id = ?",
            entry.url, entry.title, entry.author, published, new.hash, new.link, len(entry.text.split()),
            attached_text(entry.attached), edited_at, record,
        )  # fmt: skip
        self._run(
            "INSERT INTO article_body (article_id, html, text) VALUES (?, ?, ?) ON CONFLICT (article_id)"
            " DO UPDATE SET html = excluded.html, text = excluded.text",
            record, entry.html, entry.text,
        )  # fmt: skip
        ArticlePictures(self._room).replace(record, entry.pictures)
        full = self._run("SELECT text FROM article_full WHERE article_id = ? AND state = 'done'", record)
        Search(self._room).put(Ref(Noun.ARTICLE, record), entry.title, full[0].text if full else entry.text)
        self._room.touched.add(Ref(Noun.ARTICLE, record))

    def _insert(self, fresh: list[Arrived]) -> None:
        """Oldest first, so that newer articles get higher ids and the index can walk newest first."""
        if not fresh:
            return
        fresh.reverse()
        fresh.sort(key=lambda each: self._sorted_by(each.entry))
        first = self._next_id()
        new_uid, feed_id, now = self._room.new_uid, self._feed_id, self._now
        numbered = list(enumerate(fresh, first))
        self._run_many(INSERT, [each.row(record, new_uid(), feed_id, now) for record, each in numbered])
        self._run_many(INSERT_BODY, [(record, each.entry.html, each.entry.text) for record, each in numbered])
        ArticlePictures(self._room).add_all({record: each.entry.pictures for record, each in numbered})
        Search(self._room).put_new(
            (Ref(Noun.ARTICLE, record), each.entry.title, each.entry.text) for record, each in numbered
        )
        Twins(self._connection).join([record for record, _ in numbered])
        self._room.bulk.add(Noun.ARTICLE)

    def _sorted_by(self, entry: ParsedEntry) -> int:
        return self._now if entry.published is None else min(stamp(entry.published), self._now)

    def _next_id(self) -> int:
        rows = self._run("SELECT seq FROM sqlite_sequence WHERE name = ?", article.name)
        return int(rows[0][0]) + 1 if rows else 1

    def _run(self, statement: str, *values: object) -> Sequence[Row[Any]]:
        result = self._connection.exec_driver_sql(statement, values)
        return result.all() if result.returns_rows else ()

    def _run_many(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        self._connection.exec_driver_sql(statement, rows)


def _old(row: Row[Any]) -> _Old:
    return _Old(row.id, row.guid, row.content_hash, row.removed_at is not None)


def _words(title: str, text: str) -> tuple[list[str], list[str]]:
    """What is read of an article, whatever its gaps: two that have the same differ in markup alone."""
    return title.split(), text.split()
