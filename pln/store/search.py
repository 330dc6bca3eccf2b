"""One index over people, meetups, articles, highlights and journal, kept in the same transaction as what it indexes.

Where the journal has a file of its own, its part of the index lies there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pln.model.changes import Noun, Ref
from pln.model.search import Hit
from pln.store.begun_words import newest_begun
from pln.store.folding import begun, match_expression, spaced
from pln.store.repository import Repository
from pln.store.snippet import snippet

# Each noun has its own range of rowids, so that one noun is searched, newest first, without touching the others.
_SHIFT = 40
_RANGE = {Noun.PERSON: 1, Noun.MEETUP: 2, Noun.ARTICLE: 3, Noun.ENTRY: 4, Noun.HIGHLIGHT: 5}
SEARCHED = tuple(_RANGE)
# A single letter would walk half the index; the lists of people answer it (see services.search).
SHORTEST = 2
RANKED = 10_000
_WHOLE = 3
_BEST = (
    "SELECT rowid FROM search_article WHERE search_article MATCH ? AND rowid > coalesce((SELECT rowid"
    " FROM search_article WHERE search_article MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?), 0) ORDER BY rank LIMIT ?"
)

_TEXTS = {
    Noun.PERSON: (
        "SELECT name, note || ' ' || how_met || ' ' || org || ' ' || role || ' ' || place, '' FROM person WHERE id = ?"
    ),
    Noun.MEETUP: (
        "SELECT CASE kind WHEN 'video' THEN 'Video call' WHEN 'other' THEN 'Meetup'"
        " ELSE upper(substr(kind, 1, 1)) || substr(kind, 2) END || coalesce(' with ' ||"
        " (SELECT group_concat(name, ', ' ORDER BY position) FROM meetup_person JOIN person ON person.id = person_id"
        " WHERE meetup_id = meetup.id),"
        " ''), place || ' ' || notes, day FROM meetup WHERE id = ?"
    ),
    Noun.ARTICLE: (
        "SELECT title, coalesce((SELECT text FROM article_full AS own WHERE own.article_id = id AND state = 'done'),"
        " body.text), strftime('%Y-%m-%d', sort_at / 1000, 'unixepoch')"
        " FROM article JOIN article_body AS body ON body.article_id = id WHERE id = ? AND twin_of IS NULL"
    ),
    Noun.HIGHLIGHT: (
        "SELECT title, note || ' ' || quote, strftime('%Y-%m-%d', highlight.created / 1000, 'unixepoch')"
        " FROM highlight JOIN article ON article.id = article_id WHERE highlight.id = ?"
    ),
    Noun.ENTRY: (
        "SELECT title, body, strftime('%Y-%m-%d', created / 1000, 'unixepoch') FROM {journal}.entry WHERE id = ?"
    ),
}
_LIVE = {
    Noun.PERSON: "SELECT id FROM person WHERE removed_at IS NULL",
    Noun.MEETUP: "SELECT id FROM meetup WHERE removed_at IS NULL",
    Noun.ARTICLE: (
        "SELECT article.id FROM article JOIN feed ON feed.id = feed_id"
        " WHERE feed.removed_at IS NULL AND article.removed_at IS NULL"
    ),
    Noun.HIGHLIGHT: "SELECT id FROM highlight WHERE removed_at IS NULL",
    Noun.ENTRY: "SELECT id FROM {journal}.entry WHERE removed_at IS NULL",
}


class Search(Repository):
    def put(self, ref: Ref, title: str, body: str) -> None:
        """Index a record, replacing what was indexed of it."""
        self.drop(ref)
        self.put_new([(ref, title, body)])

    def put_new(self, records: Iterable[tuple[Ref, str, str]]) -> None:
        """Index records that are not in the index: (ref, title, body)."""
        rows: dict[str, list[tuple[int, str, str]]] = {}
        for ref, title, body in records:
            rows.setdefault(self._index(ref.noun), []).append((rowid(ref), spaced(title), spaced(body)))
        for index, new in rows.items():
            self.connection.exec_driver_sql(f"INSERT INTO {index}(rowid, title, body) VALUES (?, ?, ?)", new)  # noqa: S608

    def drop(self, ref: Ref) -> None:
        self.connection.exec_driver_sql(
            f"DELETE FROM {self._index(ref.noun)} WHERE rowid = ?",  # noqa: S608
            (rowid(ref),),
        )

    def ids(self, typed: str, noun: Noun, limit: int = 50) -> tuple[int, ...]:
        """Ids of the records of one noun that hold every typed word, newest first."""
        expression = match_expression(typed)
        if not expression or (len(typed.strip()) < SHORTEST and typed.isascii()):
            return ()
        low, high = _RANGE[noun] << _SHIFT, (_RANGE[noun] + 1) << _SHIFT
        newest = newest_begun(self.connection, typed, low, limit) if noun is Noun.ARTICLE else None
        if newest is not None:
            return tuple(record - low for record in newest)
        index = self._index(noun)
        rows = self.connection.exec_driver_sql(
            f"SELECT rowid FROM {index} WHERE {index.partition('.')[2]} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608
            " ORDER BY rowid DESC LIMIT ?",
            (expression, low, high - 1, limit),
        )
        return tuple(row[0] - low for row in rows)

    def ranked(self, typed: str, limit: int = 50) -> tuple[int, ...]:
        """Ids of the articles that hold every typed word, those first that speak most of them (BM25).

        Of more than RANKED articles only the newest are weighed: a word that so many hold tells little of any of them.
        A last word of up to three letters counts as a whole one: every second article has one that begins so.
        """
        expression = match_expression(f"{typed} " if 0 < len(begun(typed)[1]) <= _WHOLE else typed)
        if not expression:
            return ()
        low = _RANGE[Noun.ARTICLE] << _SHIFT
        rows = self.connection.exec_driver_sql(_BEST, (expression, expression, RANKED, limit))
        return tuple(row[0] - low for row in rows)

    def hits(self, typed: str, nouns: Sequence[Noun] = SEARCHED, limit: int = 8) -> tuple[Hit, ...]:
        """At most `limit` records of each noun, with a snippet around the match."""
        found = (self._hit(Ref(noun, record), typed) for noun in nouns for record in self.ids(typed, noun, limit))
        return tuple(hit for hit in found if hit is not None)

    def _hit(self, ref: Ref, typed: str) -> Hit | None:
        row = self.connection.exec_driver_sql(self._here(_TEXTS[ref.noun]), (ref.id,)).first()
        if row is None:  # an index out of step must not stop a search; `missing` tells of it
            return None
        title, body, when = row
        return Hit(ref=ref, title=title, snippet=snippet(body, typed), when=when)

    def clear(self) -> None:
        """Forget everything that was indexed."""
        for index in {self._index(noun) for noun in SEARCHED}:
            self.connection.exec_driver_sql(f"DELETE FROM {index}")  # noqa: S608

    def missing(self) -> list[str]:
        """What the index lacks or has too much, per noun; [] where it is in step with the tables."""
        found = []
        for noun, start in _RANGE.items():
            low, high = start << _SHIFT, (start + 1) << _SHIFT
            indexed = f"SELECT id FROM {self._index(noun)}_docsize WHERE id >= ? AND id < ?"  # noqa: S608
            live = f"SELECT id + {low} FROM ({self._here(_LIVE[noun])})"  # noqa: S608
            lacking = self._number(f"{live} EXCEPT {indexed}", low, high)
            idle = self._number(f"{indexed} EXCEPT {live}", low, high)
            if lacking or idle:
                found.append(f"search index: {lacking} too few and {idle} too many of kind {noun}")
        return found

    def _index(self, noun: Noun) -> str:
        if noun is Noun.ARTICLE:
            return "main.search_article"
        return f"{self.room.journal.schema if noun is Noun.ENTRY else 'main'}.search"

    def _here(self, query: str) -> str:
        return query.replace("{journal}", self.room.journal.schema)

    def _number(self, query: str, low: int, high: int) -> int:
        counted = self.connection.exec_driver_sql(f"SELECT count(*) FROM ({query})", (low, high))  # noqa: S608
        return int(counted.scalar_one())


def rowid(ref: Ref) -> int:
    """Where a record stands in the index."""
    return (_RANGE[ref.noun] << _SHIFT) + ref.id
