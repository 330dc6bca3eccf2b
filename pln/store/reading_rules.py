"""Rules of reading, the articles as they see them, and what they leave on an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun, Ref
from pln.model.reading_rules import MOST_TEXT, Rule, Subject, from_body, to_body
from pln.store.repository import Repository, pages
from pln.store.schema import article, article_body, article_tag, feed, reading_rule

_LIVE = reading_rule.c.removed_at.is_(None)
_SUBJECT: Select[Any] = (
    select(
        article.c.id, article.c.title, article.c.author, article.c.url,
        func.substr(article_body.c.text, 1, MOST_TEXT).label("text"), feed.c.uid, feed.c.folder, feed.c.tags,
    )
    .select_from(article).join(article_body, article_body.c.article_id == article.c.id)
    .join(feed, feed.c.id == article.c.feed_id).where(feed.c.removed_at.is_(None))
)  # fmt: skip


class ReadingRules(Repository):
    noun = Noun.RULE

    def put(self, rule: Rule) -> Rule:
        """Store a new rule (id 0) after the others, or write a changed one. Raises UsageError for an unknown id."""
        values: dict[str, Any] = {"name": rule.name, "enabled": int(rule.enabled), "body": to_body(rule)}
        if rule.id:
            self.written(
                self.connection.execute(update(reading_rule).where(reading_rule.c.id == rule.id).values(**values))
            )
            stored = rule
        else:
            stored = replace(rule, id=self.next_id(reading_rule), uid=rule.uid or self.room.new_uid())
            row = {"id": stored.id, "uid": stored.uid, "position": stored.id, **values}
            self.connection.execute(insert(reading_rule).values(**row))
        self.touched(stored.id)
        return stored

    def everything(self) -> tuple[Rule, ...]:
        """In the order in which they were made."""
        query = select(reading_rule).where(_LIVE).order_by(reading_rule.c.position, reading_rule.c.id)
        return tuple(_build(row) for row in self.connection.execute(query))

    def get(self, record: int) -> Rule | None:
        row = self.connection.execute(select(reading_rule).where(_LIVE, reading_rule.c.id == record)).first()
        return None if row is None else _build(row)

    def by_uid(self, uid: str) -> Rule | None:
        """A rule by its uid, a removed one included."""
        row = self.connection.execute(select(reading_rule).where(reading_rule.c.uid == uid)).first()
        return None if row is None else _build(row)

    def remove(self, record: int) -> bool:
        return self.set_removed(reading_rule, record, removed=True)

    def restore(self, record: int) -> bool:
        return self.set_removed(reading_rule, record, removed=False)

    # Articles

    def subjects(self, ids: Sequence[int]) -> Iterator[Subject]:
        """Articles as rules see them, a few hundred read at a time."""
        for page in pages(ids):
            for row in self.connection.execute(_SUBJECT.where(article.c.id.in_(page)).order_by(article.c.id)):
                yield _subject(row)

    def newer_than(self, feed_id: int, article_id: int) -> tuple[int, ...]:
        """Ids of a feed's articles that were stored after another article."""
        query = select(article.c.id).where(article.c.feed_id == feed_id, article.c.id > article_id)
        return tuple(self.connection.execute(query.order_by(article.c.id)).scalars())

    def newest(self) -> int:
        """The highest id that an article has, 0 where there is none."""
        return int(self.connection.execute(select(func.max(article.c.id))).scalar() or 0)

    def tag(self, ids: Sequence[int], tag: str) -> tuple[int, ...]:
        """Give articles a tag; returns those that did not have it."""
        given: list[int] = []
        for page in pages(ids):
            has = select(article_tag.c.article_id).where(article_tag.c.tag == tag, article_tag.c.article_id.in_(page))
            old = set(self.connection.execute(has).scalars())
            new = [record for record in page if record not in old]
            if new:
                rows = [{"article_id": record, "tag": tag} for record in new]
                self.connection.execute(upsert(article_tag).on_conflict_do_nothing(), rows)
            given += new
        self._touch(given)
        return tuple(given)

    def untag(self, ids: Sequence[int], tag: str) -> None:
        for page in pages(ids):
            of = article_tag.c.article_id.in_(page)
            self.connection.execute(delete(article_tag).where(article_tag.c.tag == tag, of))
        self._touch(ids)

    def tags_of(self, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        """The tags of those articles that have some, by name."""
        found: dict[int, tuple[str, ...]] = {}
        for page in pages(ids):
            query = select(article_tag).where(article_tag.c.article_id.in_(page)).order_by(article_tag.c.tag)
            for row in self.connection.execute(query):
                found[row.article_id] = (*found.get(row.article_id, ()), row.tag)
        return found

    def known_tags(self) -> tuple[str, ...]:
        """Every tag of an article or a feed, by name."""
        own = set(self.connection.execute(select(article_tag.c.tag).distinct()).scalars())
        for tags in self.connection.execute(select(feed.c.tags).where(feed.c.removed_at.is_(None))).scalars():
            own.update(tags)
        return tuple(sorted(own, key=str.casefold))

    def set_later(self, ids: Sequence[int], when: datetime | None) -> tuple[int, ...]:
        """Put articles aside to be read later, or no longer; returns those whose state changed."""
        changed: list[int] = []
        other = article.c.later_at.is_(None) if when is not None else article.c.later_at.is_not(None)
        for page in pages(ids):
            changed += self.connection.execute(select(article.c.id).where(article.c.id.in_(page), other)).scalars()
            self.connection.execute(update(article).where(article.c.id.in_(page), other).values(later_at=when))
        self._touch(changed)
        return tuple(changed)

    def _touch(self, ids: Sequence[int]) -> None:
        if len(ids) > 100:
            self.room.bulk.add(Noun.ARTICLE)
        else:
            self.room.touched.update(Ref(Noun.ARTICLE, record) for record in ids)


def _build(row: Row[Any]) -> Rule:
    return replace(from_body(row.body), id=row.id, uid=row.uid, name=row.name, enabled=bool(row.enabled))


def _subject(row: Row[Any]) -> Subject:
    return Subject(
        id=row.id, title=row.title, author=row.author, text=row.text, url=row.url, feed=row.uid, folder=row.folder,
        feed_tags=row.tags,
    )  # fmt: skip
