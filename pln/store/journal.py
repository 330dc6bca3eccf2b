"""The private journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from pln.model.changes import Noun, Ref
from pln.model.journal import Entry, EntryKind, EntryRow, Mention, kept_mentions
from pln.model.share import ShareState
from pln.store.journal_file import JournalLocked
from pln.store.repository import Repository, Room, columns, in_order, pages
from pln.store.search import Search

_PLAIN = ("uid", "title", "body", "prompt", "created", "changed")


class Journal(Repository):
    """While the journal is locked it seems empty, and whatever would write into it raises JournalLocked."""

    noun = Noun.ENTRY

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._entry, self._mention = room.journal.entry, room.journal.entry_mention
        self._tag, self._log = room.journal.entry_tag, room.journal.share_log
        self._live = self._entry.c.removed_at.is_(None)

    def add(self, new: Entry) -> Entry:
        self._refuse_locked()
        now = self.room.now()
        uid, created = new.uid or self.room.new_uid(), new.created or now
        stored = replace(new, id=self.next_id(self._entry), uid=uid, created=created, changed=new.changed or now)
        self.connection.execute(insert(self._entry).values(id=stored.id, **_row(stored)))
        return self._write(stored)

    def change(self, new: Entry) -> Entry:
        """Write an entry as given (by id); mentions whose words are gone from the body are dropped.

        An empty uid or created stays as it was. Raises UsageError for an unknown id.
        """
        self._refuse_locked()
        old = self.get(new.id)
        stored = replace(new, changed=self.room.now())
        if old is not None:
            stored = replace(stored, uid=new.uid or old.uid, created=new.created or old.created)
            self.room.touched.update(Ref(Noun.PERSON, each.person_id) for each in old.mentions)
        self.written(
            self.connection.execute(update(self._entry).where(self._entry.c.id == new.id).values(**_row(stored)))
        )
        for table in (self._mention, self._tag):
            self.connection.execute(delete(table).where(table.c.entry_id == new.id))
        return self._write(stored)

    def remove(self, record: int) -> bool:
        self._refuse_locked()
        if not self.set_removed(self._entry, record, removed=True):
            return False
        Search(self.room).drop(Ref(Noun.ENTRY, record))
        self._touch_named(record)
        return True

    def restore(self, record: int) -> bool:
        self._refuse_locked()
        if not self.set_removed(self._entry, record, removed=False):
            return False
        self.reindex([record])
        self._touch_named(record)
        return True

    def reindex(self, ids: Iterable[int]) -> None:
        """Index entries anew (none that are removed)."""
        for value in self.get_many(self.live(self._entry, ids)):
            Search(self.room).put(Ref(Noun.ENTRY, value.id), value.title, value.body)

    def get(self, record: int) -> Entry | None:
        """An entry by id, a removed one included."""
        return next(iter(self.get_many([record])), None)

    def get_many(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        found: dict[int, Entry] = {}
        for page in pages(ids):
            rows = self.connection.execute(
                select(*columns(self._entry, "removed_at")).where(self._entry.c.id.in_(page))
            ).all()
            mentions = self._mentions(page)
            found.update({row.id: _build(row, mentions[row.id]) for row in rows})
        return in_order(ids, found)

    def by_uid(self, uid: str) -> Entry | None:
        record = self.connection.execute(select(self._entry.c.id).where(self._entry.c.uid == uid)).scalar()
        return None if record is None else self.get(record)

    def ids(self) -> tuple[int, ...]:
        """All entries, newest first."""
        query = (
            select(self._entry.c.id).where(self._live).order_by(self._entry.c.created.desc(), self._entry.c.id.desc())
        )
        return tuple(self.connection.execute(query).scalars())

    def ids_naming(self, person_id: int) -> tuple[int, ...]:
        """Entries that mention a person, newest first."""
        query = (
            select(self._entry.c.id)
            .join(self._mention)
            .where(self._live, self._mention.c.person_id == person_id)
            .distinct()
        )
        return tuple(
            self.connection.execute(query.order_by(self._entry.c.created.desc(), self._entry.c.id.desc())).scalars()
        )

    def ids_about(self, about: Ref) -> tuple[int, ...]:
        """Entries that came from a meetup or an article."""
        query = select(self._entry.c.id).where(
            self._live, self._entry.c.about_noun == about.noun.value, self._entry.c.about_id == about.id
        )
        return tuple(self.connection.execute(query.order_by(self._entry.c.id)).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[EntryRow, ...]:
        sent = select(self._log.c.entry_id).where(self._log.c.state == ShareState.SENT.value).distinct()
        shared = set(self.connection.execute(sent).scalars())
        found: dict[int, EntryRow] = {}
        for page in pages(ids):
            query = select(
                self._entry.c.id,
                self._entry.c.title,
                self._entry.c.created,
                func.substr(self._entry.c.body, 1, 300).label("body"),
            )
            for row in self.connection.execute(query.where(self._entry.c.id.in_(page))):
                opening = " ".join(row.body.split())[:120]
                found[row.id] = EntryRow(
                    id=row.id, title=row.title, created=row.created, opening=opening, shared=row.id in shared
                )
        return in_order(ids, found)

    def everything(self) -> tuple[Entry, ...]:
        """Oldest first."""
        return tuple(reversed(self.get_many(self.ids())))

    def tags(self) -> tuple[tuple[str, int], ...]:
        """(tag, number of entries), the most used first."""
        query = (
            select(self._tag.c.tag, func.count()).join(self._entry).where(self._live)
            .group_by(self._tag.c.tag).order_by(func.count().desc(), self._tag.c.tag)
        )  # fmt: skip
        return tuple((row[0], row[1]) for row in self.connection.execute(query))

    def ids_tagged(self, tag: str) -> tuple[int, ...]:
        query = select(self._entry.c.id).join(self._tag).where(self._live, self._tag.c.tag == tag.lower())
        return tuple(
            self.connection.execute(query.order_by(self._entry.c.created.desc(), self._entry.c.id.desc())).scalars()
        )

    def total(self) -> int:
        return self.count(self._entry)

    def _refuse_locked(self) -> None:
        if self.room.journal_locked:
            raise JournalLocked

    def _write(self, value: Entry) -> Entry:
        stored = replace(value, mentions=kept_mentions(value.body, value.mentions))
        if stored.mentions:
            rows = [
                {"entry_id": stored.id, "position": at, "person_id": each.person_id, "text": each.text}
                for at, each in enumerate(stored.mentions)
            ]
            self.connection.execute(insert(self._mention), rows)
        if stored.tags:
            self.connection.execute(insert(self._tag), [{"entry_id": stored.id, "tag": tag} for tag in stored.tags])
        if self.is_live(self._entry, stored.id):
            Search(self.room).put(Ref(Noun.ENTRY, stored.id), stored.title, stored.body)
        self.touched(stored.id)
        self.room.touched.update(Ref(Noun.PERSON, each.person_id) for each in stored.mentions)
        return stored

    def _touch_named(self, record: int) -> None:
        who = select(self._mention.c.person_id).where(self._mention.c.entry_id == record)
        self.room.touched.update(Ref(Noun.PERSON, each) for each in self.connection.execute(who).scalars())

    def _mentions(self, ids: Sequence[int]) -> dict[int, tuple[Mention, ...]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        query = select(self._mention).where(self._mention.c.entry_id.in_(ids)).order_by(self._mention.c.position)
        for row in self.connection.execute(query):
            found[row.entry_id].append(Mention(row.person_id, row.text))
        return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})


def _row(value: Entry) -> dict[str, Any]:
    about = (value.about.noun.value, value.about.id) if value.about else (None, None)
    row = {name: getattr(value, name) for name in _PLAIN}
    return {**row, "kind": value.kind.value, "about_noun": about[0], "about_id": about[1]}


def _build(row: Row[Any], mentions: tuple[Mention, ...]) -> Entry:
    about = Ref(Noun(row.about_noun), row.about_id) if row.about_noun else None
    values = {name: getattr(row, name) for name in _PLAIN}
    return Entry(id=row.id, kind=EntryKind(row.kind), mentions=mentions, about=about, **values)
