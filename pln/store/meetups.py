"""Meetups and the marks in their notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, or_, select, update

from pln.model.changes import Noun, Ref
from pln.model.marks import Mark, MarkKind, MarkState, read_marks, reconcile, tick
from pln.model.meetup import Meetup, MeetupKind, MeetupRow, MeetupState
from pln.store.people import People
from pln.store.repository import Repository, Room, columns, in_order, new_key, pages
from pln.store.schema import mark, meetup, meetup_person
from pln.store.search import Search

_PLAIN = ("uid", "day", "at", "minutes", "place", "notes", "created")
_LIVE = meetup.c.removed_at.is_(None)


class Meetups(Repository):
    noun = Noun.MEETUP

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._given_back: set[int] = set()

    def add(self, new: Meetup, today: date) -> Meetup:
        """Store a meetup; the marks in its notes become records."""
        uid, created = new.uid or self.room.new_uid(), new.created or self.room.now()
        stored = replace(new, id=self.next_id(meetup), uid=uid, created=created)
        self.connection.execute(insert(meetup).values(id=stored.id, **_row(stored)))
        self._write(stored, today)
        return stored

    def change(self, new: Meetup, today: date) -> Meetup:
        """Write a meetup as given (by id); its marks keep their ids and states where they still stand in the notes.

        An empty uid or created stays as it was. Raises UsageError for an unknown id.
        """
        old = self.get(new.id)
        if old is not None:
            new = replace(new, uid=new.uid or old.uid, created=new.created or old.created)
        self.written(self.connection.execute(update(meetup).where(meetup.c.id == new.id).values(**_row(new))))
        self._touch_company(new.id)  # those who are not in it any more change too
        self.connection.execute(delete(meetup_person).where(meetup_person.c.meetup_id == new.id))
        self._write(new, today)
        return new

    def remove(self, record: int) -> bool:
        if not self.set_removed(meetup, record, removed=True):
            return False
        Search(self.room).drop(Ref(Noun.MEETUP, record))
        self._touch_company(record)
        self._touch_marks(record)
        return True

    def restore(self, record: int) -> bool:
        if not self.set_removed(meetup, record, removed=False):
            return False
        self.reindex([record])
        self._touch_company(record)
        self._touch_marks(record)
        return True

    def get(self, record: int) -> Meetup | None:
        """A meetup by id, a removed one included."""
        return next(iter(self.get_many([record])), None)

    def get_many(self, ids: Sequence[int]) -> tuple[Meetup, ...]:
        found: dict[int, Meetup] = {}
        for page in pages(ids):
            rows = self.connection.execute(select(*columns(meetup, "removed_at")).where(meetup.c.id.in_(page))).all()
            people = self._people(page)
            found.update({row.id: _build(row, people[row.id]) for row in rows})
        return in_order(ids, found)

    def by_uid(self, uid: str) -> Meetup | None:
        record = self.connection.execute(select(meetup.c.id).where(meetup.c.uid == uid)).scalar()
        return None if record is None else self.get(record)

    def everything(self) -> tuple[Meetup, ...]:
        """All meetups, oldest first."""
        return self.get_many(self._ids(select(meetup.c.id).order_by(meetup.c.day, meetup.c.at, meetup.c.id)))

    def with_person(self, person_id: int) -> tuple[Meetup, ...]:
        """All meetups with a person, newest first."""
        query = select(meetup.c.id).join(meetup_person).where(meetup_person.c.person_id == person_id)
        return self.get_many(self._ids(query.order_by(meetup.c.day.desc(), meetup.c.at.desc(), meetup.c.id.desc())))

    def coming_ids(self) -> tuple[int, ...]:
        """Planned ones, soonest first."""
        query = select(meetup.c.id).where(meetup.c.state == MeetupState.PLANNED.value)
        return self._ids(query.order_by(meetup.c.day, meetup.c.at, meetup.c.id))

    def past_ids(self) -> tuple[int, ...]:
        """Those that happened or fell through, newest first."""
        query = select(meetup.c.id).where(meetup.c.state != MeetupState.PLANNED.value)
        return self._ids(query.order_by(meetup.c.day.desc(), meetup.c.at.desc(), meetup.c.id.desc()))

    def rows(self, ids: Sequence[int]) -> tuple[MeetupRow, ...]:
        """Lines of the list for these ids, in that order."""
        meetups = self.get_many(ids)
        names = People(self.room).names({who for value in meetups for who in value.people})
        promised = self._open_promises(ids)
        return tuple(_line(value, names, promised.get(value.id, 0)) for value in meetups)

    def places(self, limit: int = 200) -> tuple[str, ...]:
        """Where one met before, each place once, the latest first."""
        query = select(meetup.c.place).where(_LIVE, meetup.c.place != "").group_by(meetup.c.place)
        return tuple(self.connection.execute(query.order_by(func.max(meetup.c.day).desc()).limit(limit)).scalars())

    def total(self) -> int:
        return self.count(meetup)

    def total_coming(self) -> int:
        return len(self.coming_ids())

    def marks_of(self, meetup_id: int) -> tuple[Mark, ...]:
        """The marks of one meetup, in the order of the note."""
        return self.marks_of_many([meetup_id])[meetup_id]

    def marks_of_many(self, ids: Sequence[int]) -> dict[int, tuple[Mark, ...]]:
        """The marks of each of these meetups, in the order of its note; empty for one without any."""
        found: dict[int, list[Mark]] = {record: [] for record in ids}
        for page in pages(ids):
            query = select(mark).where(mark.c.meetup_id.in_(page)).order_by(mark.c.line, mark.c.id)
            for row in self.connection.execute(query):
                found[row.meetup_id].append(_mark(row))
        return {record: tuple(marks) for record, marks in found.items()}

    def marks_with(self, person_id: int) -> tuple[Mark, ...]:
        """The marks between the owner and a person, newest first.

        What was noted in company and names nobody of it counts for each of them.
        """
        met = select(meetup_person.c.meetup_id).where(meetup_person.c.person_id == person_id)
        in_company = and_(mark.c.person_id.is_(None), mark.c.meetup_id.in_(met))
        return self._marks(select(mark).where(or_(mark.c.person_id == person_id, in_company)))

    def open_marks(self) -> tuple[Mark, ...]:
        """Promises and questions still open, newest first."""
        kinds = (MarkKind.MINE.value, MarkKind.THEIRS.value, MarkKind.QUESTION.value)
        return self._marks(select(mark).where(mark.c.state == MarkState.OPEN.value, mark.c.kind.in_(kinds)))

    def lessons(self) -> tuple[Mark, ...]:
        """Everything learned, newest first."""
        return self._marks(select(mark).where(mark.c.kind == MarkKind.LESSON.value))

    def mark(self, record: int) -> Mark | None:
        row = self.connection.execute(select(mark).where(mark.c.id == record)).first()
        return None if row is None else _mark(row)

    def close_mark(self, record: int, state: MarkState, today: date) -> Mark | None:
        """Set a mark's state; the box in the note follows, so that note and record agree."""
        old = self.mark(record)
        if old is None:
            return None
        new = replace(old, state=state, closed_on=None if state is MarkState.OPEN else today)
        self.connection.execute(
            update(mark).where(mark.c.id == record).values(state=state.value, closed_on=new.closed_on)
        )
        if old.kind.is_promise:
            self._tick(old, done=state is MarkState.DONE)
            self.reindex([old.meetup_id])
        self.room.touched.update({Ref(Noun.MARK, record), Ref(Noun.MEETUP, old.meetup_id)})
        if old.person_id is not None:
            self.room.touched.add(Ref(Noun.PERSON, old.person_id))
        return new

    def put_mark_state(
        self, uid: str, state: MarkState, closed_on: date | None, *, meetup_id: int, kind: str, text: str
    ) -> bool:
        """Give a mark made from a note its former uid and state back (reading an export). False where none fits.

        Where the same words stand in a note twice, each call in one unit of work takes the next of them.
        """
        fits = and_(mark.c.meetup_id == meetup_id, mark.c.kind == kind, mark.c.text == text)
        query = select(mark.c.id, mark.c.uid).where(fits).order_by(mark.c.line, mark.c.id)
        found = self.connection.execute(query).all()
        same = [row.id for row in found if row.uid == uid]
        free = [row.id for row in found if row.id not in self._given_back]
        if not same and not free:
            return False
        record = (same or free)[0]
        self._given_back.add(record)
        taken = self.connection.execute(select(mark.c.id).where(mark.c.uid == uid, mark.c.id != record)).first()
        values = {} if taken else {"uid": uid}
        self.connection.execute(
            update(mark).where(mark.c.id == record).values(state=state.value, closed_on=closed_on, **values)
        )
        self.room.touched.add(Ref(Noun.MARK, record))
        return True

    def put_mark_person(self, record: int, person_id: int | None) -> None:
        """Say whose mark it is where the note no longer tells, because they were renamed since (reading an export)."""
        self.connection.execute(update(mark).where(mark.c.id == record).values(person_id=person_id))
        self.room.touched.add(Ref(Noun.MARK, record))

    def reindex(self, ids: Iterable[int]) -> None:
        """Index meetups anew (none that are removed), by the present names of their people."""
        for value in self.get_many(self.live(meetup, ids)):
            self._index(value)

    def _write(self, value: Meetup, today: date) -> None:
        if value.people:
            rows = [
                {"meetup_id": value.id, "person_id": who, "position": at}
                for at, who in enumerate(dict.fromkeys(value.people))
            ]
            self.connection.execute(insert(meetup_person), rows)
        self._write_marks(value, today)
        self.reindex([value.id])
        self.touched(value.id)
        self.room.touched.update(Ref(Noun.PERSON, who) for who in value.people)

    def _write_marks(self, value: Meetup, today: date) -> None:
        names = People(self.room).names(value.people)
        plan = reconcile(
            self.marks_of(value.id), read_marks(value.notes), meetup_id=value.id, day=value.day,
            people=[(who, names[who]) for who in value.people if who in names], today=today,
        )  # fmt: skip
        for new in plan.add:
            record = new_key(self.connection, insert(mark).values(uid=self.room.new_uid(), **_mark_row(new)))
            self.room.touched.add(Ref(Noun.MARK, record))
        for new in plan.change:
            self.connection.execute(update(mark).where(mark.c.id == new.id).values(**_mark_row(new)))
        if plan.remove:
            self.connection.execute(delete(mark).where(mark.c.id.in_(plan.remove)))
        self.room.touched.update(Ref(Noun.MARK, record) for record in (*(new.id for new in plan.change), *plan.remove))

    def _index(self, value: Meetup) -> None:
        names = People(self.room).names(value.people)
        title = value.title(tuple(names[who] for who in value.people if who in names))
        Search(self.room).put(Ref(Noun.MEETUP, value.id), title, f"{value.place}\n{value.notes}")

    def _tick(self, old: Mark, *, done: bool) -> None:
        notes = self.connection.execute(select(meetup.c.notes).where(meetup.c.id == old.meetup_id)).scalar_one()
        ticked = tick(notes, old.text, done=done, line=old.line)
        self.connection.execute(update(meetup).where(meetup.c.id == old.meetup_id).values(notes=ticked))

    def _touch_marks(self, record: int) -> None:
        marks = select(mark.c.id).where(mark.c.meetup_id == record)
        self.room.touched.update(Ref(Noun.MARK, each) for each in self.connection.execute(marks).scalars())

    def _touch_company(self, record: int) -> None:
        who = select(meetup_person.c.person_id).where(meetup_person.c.meetup_id == record)
        self.room.touched.update(Ref(Noun.PERSON, each) for each in self.connection.execute(who).scalars())

    def _ids(self, query: Select[Any]) -> tuple[int, ...]:
        return tuple(row[0] for row in self.connection.execute(query.where(_LIVE)))

    def _marks(self, query: Select[Any]) -> tuple[Mark, ...]:
        query = query.join(meetup, meetup.c.id == mark.c.meetup_id).where(_LIVE)
        return tuple(_mark(row) for row in self.connection.execute(query.order_by(mark.c.made_on.desc(), mark.c.line)))

    def _people(self, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = defaultdict(list)
        query = select(meetup_person).where(meetup_person.c.meetup_id.in_(ids)).order_by(meetup_person.c.position)
        for row in self.connection.execute(query):
            found[row.meetup_id].append(row.person_id)
        return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})

    def _open_promises(self, ids: Sequence[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for page in pages(ids):
            query = (
                select(mark.c.meetup_id, func.count())
                .where(mark.c.meetup_id.in_(page), mark.c.state == MarkState.OPEN.value)
                .where(mark.c.kind.in_((MarkKind.MINE.value, MarkKind.THEIRS.value))).group_by(mark.c.meetup_id)
            )  # fmt: skip
            found.update({row[0]: row[1] for row in self.connection.execute(query)})
        return found


def _row(value: Meetup) -> dict[str, Any]:
    return {**{name: getattr(value, name) for name in _PLAIN}, "kind": value.kind.value, "state": value.state.value}


def _build(row: Row[Any], people: tuple[int, ...]) -> Meetup:
    values = {name: getattr(row, name) for name in _PLAIN}
    return Meetup(id=row.id, kind=MeetupKind(row.kind), state=MeetupState(row.state), people=people, **values)


def _line(value: Meetup, names: dict[int, str], promises: int) -> MeetupRow:
    return MeetupRow(
        id=value.id, kind=value.kind, state=value.state, day=value.day, at=value.at, place=value.place,
        names=tuple(names[who] for who in value.people if who in names), people=value.people, open_promises=promises,
        note_lines=sum(1 for line in value.notes.splitlines() if line.strip()),
    )  # fmt: skip


_MARK_PLAIN = ("text", "meetup_id", "made_on", "person_id", "who", "closed_on", "line")


def _mark_row(value: Mark) -> dict[str, Any]:
    return {
        **{name: getattr(value, name) for name in _MARK_PLAIN},
        "kind": value.kind.value,
        "state": value.state.value,
    }


def _mark(row: Row[Any]) -> Mark:
    values = {name: getattr(row, name) for name in _MARK_PLAIN}
    return Mark(id=row.id, uid=row.uid, kind=MarkKind(row.kind), state=MarkState(row.state), **values)
