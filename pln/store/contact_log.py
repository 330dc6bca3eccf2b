"""The log of real contact, from which rhythm and "last seen" are derived each time they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from pln.model.contact import PersonRow
from pln.model.interaction import Contact
from pln.model.meetup import MeetupKind, MeetupState
from pln.store.people import People
from pln.store.repository import Repository, pages
from pln.store.schema import interaction, meetup, meetup_person

_COUNTS = tuple(kind.value for kind in MeetupKind if kind.counts_as_contact)
_MET = (meetup.c.removed_at.is_(None), meetup.c.state == MeetupState.HAPPENED.value, meetup.c.kind.in_(_COUNTS))

_GIVEN = interaction.c.removed_at.is_(None)
_WITH = (
    select(meetup.c.id, meetup.c.day, meetup.c.kind, meetup_person.c.person_id)
    .join(meetup_person).where(*_MET).order_by(meetup.c.id, meetup_person.c.position)
)  # fmt: skip
_GAVE = (
    select(interaction.c.person_id, interaction.c.other_id, interaction.c.day, interaction.c.kind)
    .where(_GIVEN).order_by(interaction.c.id)
)  # fmt: skip


class ContactLog(Repository):
    def contacts(self) -> dict[int, tuple[Contact, ...]]:
        """Every contact by person, oldest first."""
        return self._log(_WITH, _GAVE)

    def contacts_of(self, person_id: int) -> tuple[Contact, ...]:
        """The contacts with one person, oldest first: what `contacts` has for them, and no other rows are read."""
        theirs = select(meetup_person.c.meetup_id).where(meetup_person.c.person_id == person_id)
        gave = or_(interaction.c.person_id == person_id, interaction.c.other_id == person_id)
        return self._log(_WITH.where(meetup.c.id.in_(theirs)), _GAVE.where(gave)).get(person_id, ())

    def _log(self, met: Select[Any], given: Select[Any]) -> dict[int, tuple[Contact, ...]]:
        company: dict[int, list[int]] = defaultdict(list)
        rows = self.connection.execute(met).all()
        for row in rows:
            company[row.id].append(row.person_id)
        found: dict[int, list[Contact]] = defaultdict(list)
        for row in rows:
            others = tuple(who for who in company[row.id] if who != row.person_id)
            found[row.person_id].append(Contact(row.person_id, row.day, row.kind, others))
        for row in self.connection.execute(given):
            for who in (row.person_id, row.other_id):  # an introduction reaches both
                if who is not None:
                    found[who].append(Contact(who, row.day, row.kind))
        return {who: tuple(sorted(log, key=lambda each: each.day)) for who, log in found.items()}

    def rows(self, ids: Sequence[int]) -> tuple[PersonRow, ...]:
        """Lines of the people list for these ids, in that order."""
        last, coming = self._last(ids), self._coming(ids)
        return tuple(
            PersonRow(
                id=each.id, name=each.name, subtitle=each.subtitle,
                last_contact=last.get(each.id), next_meetup=coming.get(each.id),
            )
            for each in People(self.room).get_many(ids)
        )  # fmt: skip

    def _last(self, ids: Sequence[int]) -> dict[int, date]:
        found: dict[int, date] = {}
        for page in pages(ids):
            met = (
                select(meetup_person.c.person_id, func.max(meetup.c.day, type_=meetup.c.day.type))
                .join(meetup, meetup.c.id == meetup_person.c.meetup_id)
                .where(*_MET, meetup_person.c.person_id.in_(page)).group_by(meetup_person.c.person_id)
            )  # fmt: skip
            given = [
                select(who, func.max(interaction.c.day, type_=interaction.c.day.type))
                .where(_GIVEN, who.in_(page)).group_by(who)
                for who in (interaction.c.person_id, interaction.c.other_id)
            ]  # fmt: skip
            for query in (met, *given):
                for row in self.connection.execute(query):
                    found[row[0]] = max(row[1], found.get(row[0], row[1]))
        return found

    def _coming(self, ids: Sequence[int]) -> dict[int, date]:
        found: dict[int, date] = {}
        for page in pages(ids):
            query = (
                select(meetup_person.c.person_id, func.min(meetup.c.day, type_=meetup.c.day.type))
                .join(meetup, meetup.c.id == meetup_person.c.meetup_id)
                .where(meetup.c.removed_at.is_(None), meetup.c.state == MeetupState.PLANNED.value)
                .where(meetup_person.c.person_id.in_(page)).group_by(meetup_person.c.person_id)
            )  # fmt: skip
            found.update({row[0]: row[1] for row in self.connection.execute(query)})
        return found
