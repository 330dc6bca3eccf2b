"""Passages marked in articles, with their notes. They stay while their article or feed is put away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, select, update

from pln.model.changes import Noun, Ref
from pln.model.highlight import Highlight, HighlightKind, HighlightRow
from pln.store.repository import Repository, in_order, pages
from pln.store.schema import article, feed, highlight, person
from pln.store.search import Search

_PLAIN = ("uid", "article_id", "person_id", "quote", "before", "after", "start", "note", "created", "closed_on")
_LIVE = highlight.c.removed_at.is_(None)
_FOUND = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which highlights to list: every None, False or "" is no condition.

    voice_id: those in the feeds of a person. person_id: those asked of a person. open: questions not asked yet.
    typed: words that stand in the passage or the note.
    """

    article_id: int | None = None
    feed_id: int | None = None
    voice_id: int | None = None
    person_id: int | None = None
    kind: HighlightKind | None = None
    open: bool = False
    typed: str = ""


class Highlights(Repository):
    noun = Noun.HIGHLIGHT

    def add(self, new: Highlight) -> Highlight:
        uid, created = new.uid or self.room.new_uid(), new.created or self.room.now()
        stored = replace(new, id=self.next_id(highlight), uid=uid, created=created)
        self.connection.execute(insert(highlight).values(id=stored.id, **_row(stored)))
        self._put(stored)
        return stored

    def change(self, new: Highlight) -> Highlight:
        """Write a highlight as given (by id). Raises UsageError for an unknown id."""
        self._touch_person(new.id)
        self.written(
            self.connection.execute(update(highlight).where(highlight.c.id == new.id, _LIVE).values(**_row(new)))
        )
        self._put(new)
        return new

    def remove(self, record: int) -> bool:
        if not self.set_removed(highlight, record, removed=True):
            return False
        Search(self.room).drop(Ref(Noun.HIGHLIGHT, record))
        self._touch_person(record)
        return True

    def restore(self, record: int) -> bool:
        if not self.set_removed(highlight, record, removed=False):
            return False
        found = self.get(record)
        assert found is not None
        self._put(found)
        return True

    def get(self, record: int) -> Highlight | None:
        """None for an unknown one and for one that was removed."""
        row = self.connection.execute(select(highlight).where(highlight.c.id == record, _LIVE)).first()
        return None if row is None else _build(row)

    def by_uid(self, uid: str) -> Highlight | None:
        """A highlight by its uid, a removed one included."""
        row = self.connection.execute(select(highlight).where(highlight.c.uid == uid)).first()
        return None if row is None else _build(row)

    def everything(self) -> tuple[Highlight, ...]:
        """Oldest first."""
        rows = self.connection.execute(select(highlight).where(_LIVE).order_by(highlight.c.id))
        return tuple(_build(row) for row in rows)

    def of_article(self, article_id: int) -> tuple[Highlight, ...]:
        """In the order of the text."""
        query = select(highlight).where(_LIVE, highlight.c.article_id == article_id)
        rows = self.connection.execute(query.order_by(highlight.c.start, highlight.c.id))
        return tuple(_build(row) for row in rows)

    def ids(self, which: Which) -> tuple[int, ...]:
        """Newest first."""
        query = _on(which, select(highlight.c.id).select_from(_ARTICLES).where(_LIVE))
        if which.typed.strip():
            query = query.where(highlight.c.id.in_(Search(self.room).ids(which.typed, Noun.HIGHLIGHT, _FOUND)))
        ordered = query.order_by(highlight.c.created.desc(), highlight.c.id.desc())
        return tuple(self.connection.execute(ordered).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[HighlightRow, ...]:
        """Lines of the list, in the order of the ids."""
        found: dict[int, HighlightRow] = {}
        for page in pages(ids):
            for row in self.connection.execute(_ROWS.where(highlight.c.id.in_(page))):
                found[row.id] = _line(row)
        return in_order(ids, found)

    def total(self) -> int:
        return self.count(highlight)

    def marked(self, article_ids: Sequence[int]) -> frozenset[int]:
        """Those of these articles that hold a highlight."""
        found: set[int] = set()
        for page in pages(article_ids):
            query = select(highlight.c.article_id).where(_LIVE, highlight.c.article_id.in_(page)).distinct()
            found.update(self.connection.execute(query).scalars())
        return frozenset(found)

    def reindex(self, ids: Iterable[int] | None = None) -> None:
        """Index all highlights anew, or some."""
        wanted = None if ids is None else set(ids)
        for each in self.everything():
            if wanted is None or each.id in wanted:
                self._index(each)

    def _put(self, stored: Highlight) -> None:
        self._index(stored)
        self.touched(stored.id)
        if stored.person_id is not None:
            self.room.touched.add(Ref(Noun.PERSON, stored.person_id))

    def _index(self, stored: Highlight) -> None:
        Search(self.room).put(Ref(Noun.HIGHLIGHT, stored.id), "", f"{stored.note} {stored.quote}")

    def _touch_person(self, record: int) -> None:
        who = self.connection.execute(select(highlight.c.person_id).where(highlight.c.id == record)).scalar()
        if who is not None:
            self.room.touched.add(Ref(Noun.PERSON, who))


_ARTICLES = highlight.join(article, article.c.id == highlight.c.article_id).join(feed, feed.c.id == article.c.feed_id)
_VOICE, _ASKED = person.alias("voice"), person.alias("asked")
_ROWS: Select[Any] = (
    select(
        *highlight.c, article.c.title, article.c.author, article.c.url, article.c.sort_at, article.c.feed_id,
        func.coalesce(func.nullif(feed.c.title, ""), feed.c.url).label("feed_title"),
        _VOICE.c.id.label("voice_id"), _VOICE.c.name.label("voice"), _ASKED.c.name.label("asked"),
    )
    .select_from(
        _ARTICLES.outerjoin(_VOICE, and_(_VOICE.c.id == feed.c.person_id, _VOICE.c.removed_at.is_(None)))
        .outerjoin(_ASKED, and_(_ASKED.c.id == highlight.c.person_id, _ASKED.c.removed_at.is_(None)))
    )
    .where(_LIVE)
)  # fmt: skip


def _on(which: Which, query: Select[Any]) -> Select[Any]:
    for column, value in (
        (highlight.c.article_id, which.article_id), (article.c.feed_id, which.feed_id),
        (feed.c.person_id, which.voice_id), (highlight.c.person_id, which.person_id),
        (highlight.c.kind, None if which.kind is None else which.kind.value),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if which.open:
        query = query.where(highlight.c.kind == HighlightKind.QUESTION.value, highlight.c.closed_on.is_(None))
    return query


def _row(value: Highlight) -> dict[str, Any]:
    return {"kind": value.kind.value, **{name: getattr(value, name) for name in _PLAIN}}


def _build(row: Row[Any]) -> Highlight:
    return Highlight(id=row.id, kind=HighlightKind(row.kind), **{name: getattr(row, name) for name in _PLAIN})


def _line(row: Row[Any]) -> HighlightRow:
    return HighlightRow(
        highlight=_build(row), title=row.title, author=row.author, url=row.url, published=row.sort_at,
        feed_id=row.feed_id, feed_title=row.feed_title, voice_id=row.voice_id, voice=row.voice or "",
        person=row.asked or "", day=row.created.astimezone().date(),
    )  # fmt: skip
