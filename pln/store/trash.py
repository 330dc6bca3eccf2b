"""What was removed: kept for a while so that it can come back, then gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Table, delete, select, update

from pln.model.changes import Noun
from pln.model.feed import Feed
from pln.store.article_removal import Removal
from pln.store.repository import Repository
from pln.store.schema import (
    article,
    feed,
    highlight,
    interaction,
    meetup,
    meetup_person,
    person,
    reading_rule,
    smart_folder,
)

_ORDER = (
    Noun.MEETUP, Noun.ENTRY, Noun.HIGHLIGHT, Noun.ARTICLE, Noun.FEED, Noun.INTERACTION,
    Noun.RULE, Noun.SMART_FOLDER, Noun.PERSON,
)  # fmt: skip


class Trash(Repository):
    def empty(self, before: datetime) -> Mapping[Noun, int]:
        """Delete for good what was removed before an instant, with all that hangs on it; how many of each noun.

        A removed person whom a meetup or a journal entry still names is kept away rather than deleted, because
        those would lose the name. While the journal is locked nobody can say whom it names: all people are kept then.
        A removed feed or article is kept away as long as a passage of it is highlighted, and a feed as long as it has a
        password: whoever deletes it for good forgets that first. The share log is never touched.
        """
        return {noun: self._empty(noun, before) for noun in _ORDER}

    def with_password(self, before: datetime) -> tuple[Feed, ...]:
        """Feeds removed before an instant that still have a password somewhere."""
        query = select(feed.c.id, feed.c.uid, feed.c.url, feed.c.login)
        rows = self.connection.execute(query.where(feed.c.removed_at < before, feed.c.login != ""))
        return tuple(Feed(id=row.id, uid=row.uid, url=row.url, login=row.login) for row in rows)

    def without_password(self, ids: Sequence[int]) -> None:
        """Note that the passwords of these feeds are forgotten."""
        self.connection.execute(update(feed).where(feed.c.id.in_(ids)).values(login=""))

    def _empty(self, noun: Noun, before: datetime) -> int:
        if noun is Noun.PERSON and self.room.journal_locked:
            return 0
        if noun is Noun.ARTICLE:
            return self._bury(before)
        table = self._tables()[noun]
        old = delete(table).where(table.c.removed_at < before)
        if noun is Noun.PERSON:
            for naming in (meetup_person, self.room.journal.entry_mention):
                old = old.where(person.c.id.not_in(select(naming.c.person_id)))
        if noun is Noun.FEED:
            marked = select(article.c.feed_id).join(highlight, highlight.c.article_id == article.c.id)
            old = old.where(feed.c.login == "", feed.c.id.not_in(marked.where(highlight.c.removed_at.is_(None))))
        done = self.connection.execute(old).rowcount
        if done:
            self.room.bulk.add(noun)
        return done

    def _bury(self, before: datetime) -> int:
        marked = select(highlight.c.article_id).where(highlight.c.removed_at.is_(None))
        old = select(article.c.id).where(article.c.removed_at < before, article.c.id.not_in(marked))
        return Removal(self.room).bury(self.connection.execute(old).scalars().all())

    def _tables(self) -> Mapping[Noun, Table]:
        return {
            Noun.MEETUP: meetup, Noun.ENTRY: self.room.journal.entry, Noun.FEED: feed,
            Noun.HIGHLIGHT: highlight, Noun.INTERACTION: interaction, Noun.RULE: reading_rule,
            Noun.SMART_FOLDER: smart_folder, Noun.PERSON: person,
        }  # fmt: skip
