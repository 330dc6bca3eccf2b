"""Articles sent, thanks, introductions and messages: contact that is not a meetup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, select

from pln.model.changes import Noun, Ref
from pln.model.interaction import Interaction, InteractionKind
from pln.store.repository import Repository
from pln.store.schema import interaction

_PLAIN = ("uid", "person_id", "day", "article_id", "other_id", "note", "created")
_LIVE = interaction.c.removed_at.is_(None)


class Interactions(Repository):
    noun = Noun.INTERACTION

    def add(self, new: Interaction) -> Interaction:
        uid, created = new.uid or self.room.new_uid(), new.created or self.room.now()
        stored = replace(new, id=self.next_id(interaction), uid=uid, created=created)
        values = {name: getattr(stored, name) for name in _PLAIN}
        self.connection.execute(insert(interaction).values(id=stored.id, kind=stored.kind.value, **values))
        self.touched(stored.id)
        self._touch_people(stored.id)
        return stored

    def remove(self, record: int) -> bool:
        self._touch_people(record)
        return self.set_removed(interaction, record, removed=True)

    def restore(self, record: int) -> bool:
        self._touch_people(record)
        return self.set_removed(interaction, record, removed=False)

    def with_person(self, person_id: int) -> tuple[Interaction, ...]:
        """Newest first; introductions appear with both people."""
        who = (interaction.c.person_id == person_id) | (interaction.c.other_id == person_id)
        query = select(interaction).where(_LIVE, who).order_by(interaction.c.day.desc(), interaction.c.id.desc())
        return tuple(_build(row) for row in self.connection.execute(query))

    def everything(self) -> tuple[Interaction, ...]:
        """Oldest first."""
        query = select(interaction).where(_LIVE).order_by(interaction.c.day, interaction.c.id)
        return tuple(_build(row) for row in self.connection.execute(query))

    def sent_articles(self) -> frozenset[tuple[int, int]]:
        """(article id, person id) of every article given to somebody."""
        query = select(interaction.c.article_id, interaction.c.person_id).where(
            _LIVE, interaction.c.article_id.is_not(None)
        )
        return frozenset((row[0], row[1]) for row in self.connection.execute(query))

    def by_uid(self, uid: str) -> Interaction | None:
        row = self.connection.execute(select(interaction).where(interaction.c.uid == uid)).first()
        return None if row is None else _build(row)

    def _touch_people(self, record: int) -> None:
        who = select(interaction.c.person_id, interaction.c.other_id).where(interaction.c.id == record)
        for both in self.connection.execute(who):
            self.room.touched.update(Ref(Noun.PERSON, each) for each in both if each is not None)


def _build(row: Row[Any]) -> Interaction:
    return Interaction(id=row.id, kind=InteractionKind(row.kind), **{name: getattr(row, name) for name in _PLAIN})
