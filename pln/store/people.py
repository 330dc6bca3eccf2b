"""People and circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Row, Select, delete, func, insert, select, update

from pln.model.changes import Noun, Ref
from pln.model.contact import Circle, Handle, HandleKind, NamingConsent, Person, RhythmWish
from pln.store.folding import MOST_WORDS, folded
from pln.store.repository import Repository, columns, in_order, new_key, pages
from pln.store.schema import circle, handle, meetup_person, person, person_circle
from pln.store.search import Search

Query = TypeVar("Query", bound=Select[Any])

_PLAIN = (
    "uid", "name", "given", "family", "nickname", "pronouns", "org", "role", "place", "birthday", "note", "how_met",
    "met_on", "introduced_by", "paused_until", "interests", "asks", "offers", "extra", "source", "created",
)  # fmt: skip


class People(Repository):
    noun = Noun.PERSON

    def add(self, new: Person) -> Person:
        """Store a new person and return it with id, uid and created."""
        return self.add_many([new])[0]

    def add_many(self, new: Iterable[Person]) -> tuple[Person, ...]:
        """Store new people in few statements. A uid that is taken is replaced by a fresh one."""
        first = self.next_id(person)
        wanted = list(new)
        taken = self._taken([value.uid for value in wanted if value.uid])
        stored = []
        for offset, value in enumerate(wanted):
            uid = value.uid if value.uid and value.uid not in taken else self.room.new_uid()
            taken.add(uid)
            stored.append(replace(value, id=first + offset, uid=uid, created=value.created or self.room.now()))
        if stored:
            self.connection.execute(insert(person), [{"id": value.id, **_row(value)} for value in stored])
            self._write_parts(stored)
            Search(self.room).put_new((Ref(Noun.PERSON, value.id), value.name, _searched(value)) for value in stored)
            self.touched(*(value.id for value in stored))
        return tuple(stored)

    def change(self, new: Person) -> Person:
        """Write a person as given (by id), circles and handles included. An empty uid or created stays as it was.

        Raises UsageError for an unknown id.
        """
        old = self.get(new.id)
        if old is not None:
            new = replace(new, uid=new.uid or old.uid, created=new.created or old.created)
        self.written(self.connection.execute(update(person).where(person.c.id == new.id).values(**_row(new))))
        for table in (handle, person_circle):
            self.connection.execute(delete(table).where(table.c.person_id == new.id))
        self._write_parts([new])
        self._drop_empty_circles()
        if self.is_live(person, new.id):
            Search(self.room).put(Ref(Noun.PERSON, new.id), new.name, _searched(new))
        self.touched(new.id)
        if old is not None and old.name != new.name:
            self._reindex_meetups(new.id)
        return new

    def remove(self, record: int) -> bool:
        """Put a person away; meetups and notes stay as they are. False where there is no such person."""
        if not self.set_removed(person, record, removed=True):
            return False
        Search(self.room).drop(Ref(Noun.PERSON, record))
        return True

    def restore(self, record: int) -> bool:
        """Bring a removed person back whole."""
        if not self.set_removed(person, record, removed=False):
            return False
        self.reindex([record])
        return True

    def reindex(self, ids: Iterable[int]) -> None:
        """Index people anew (none that are removed)."""
        for value in self.get_many(self.live(person, ids)):
            Search(self.room).put(Ref(Noun.PERSON, value.id), value.name, _searched(value))

    def get(self, record: int) -> Person | None:
        """A person by id, removed ones included."""
        return next(iter(self.get_many([record])), None)

    def get_many(self, ids: Sequence[int]) -> tuple[Person, ...]:
        """People by id, in that order, removed ones included; unknown ids are passed over."""
        found: dict[int, Person] = {}
        for page in pages(ids):
            rows = self.connection.execute(
                select(*columns(person, "folded", "removed_at")).where(person.c.id.in_(page))
            ).all()
            handles, circles = self._handles(page), self._circle_names(page)
            found.update({row.id: _build(row, handles[row.id], circles[row.id]) for row in rows})
        return in_order(ids, found)

    def by_uid(self, uid: str) -> Person | None:
        record = self.connection.execute(select(person.c.id).where(person.c.uid == uid)).scalar()
        return None if record is None else self.get(record)

    def everyone(self) -> tuple[Person, ...]:
        """All people, by name."""
        return self.get_many(self.ids())

    def ids(self, typed: str = "", in_circle: str = "") -> tuple[int, ...]:
        """Ids by name; `typed` is looked for anywhere in name, nickname, employer, role, place, circles and handles."""
        # `folded` begins with the name, so that "Ágnes" stands beside "Agnes".
        query = select(person.c.id).where(person.c.removed_at.is_(None)).order_by(person.c.folded, person.c.id)
        query = _holding(query, typed)
        if in_circle:
            members = (
                select(person_circle.c.person_id)
                .join(circle, circle.c.id == person_circle.c.circle_id)
                .where(circle.c.name == in_circle)
            )
            query = query.where(person.c.id.in_(members))
        return tuple(self.connection.execute(query).scalars())

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names by id, removed people included."""
        found: dict[int, str] = {}
        for page in pages(ids):
            query = select(person.c.id, person.c.name).where(person.c.id.in_(page))
            found.update({row.id: row.name for row in self.connection.execute(query)})
        return found

    def find(self, typed: str, limit: int = 12) -> tuple[tuple[int, str, str], ...]:
        """People for a picker: (id, name, role and employer). Names that begin with what is typed come first."""
        wanted = folded(typed).strip()
        begins = func.instr(person.c.folded, wanted) == 1
        query = _holding(select(person.c.id).where(person.c.removed_at.is_(None)), wanted)
        query = query.order_by(begins.desc(), person.c.folded, person.c.id).limit(limit)
        found = tuple(self.connection.execute(query).scalars())
        query = select(person.c.id, person.c.name, person.c.role, person.c.org).where(person.c.id.in_(found))
        rows = in_order(found, {row.id: row for row in self.connection.execute(query)})
        return tuple((row.id, row.name, " · ".join(part for part in (row.role, row.org) if part)) for row in rows)

    def total(self) -> int:
        return self.count(person)

    def circles(self) -> tuple[Circle, ...]:
        """Circles with members, the largest first."""
        size = func.count()
        query = (
            select(circle.c.id, circle.c.name, size)
            .join(person_circle, person_circle.c.circle_id == circle.c.id)
            .join(person, person.c.id == person_circle.c.person_id)
            .where(person.c.removed_at.is_(None))
            .group_by(circle.c.id).order_by(size.desc(), circle.c.name)
        )  # fmt: skip
        return tuple(Circle(id=row[0], name=row[1], size=row[2]) for row in self.connection.execute(query))

    def _write_parts(self, people: Sequence[Person]) -> None:
        handles = [
            {
                "person_id": value.id, "position": position,
                "kind": each.kind.value, "value": each.value, "label": each.label,
            }
            for value in people for position, each in enumerate(value.handles)
        ]  # fmt: skip
        if handles:
            self.connection.execute(insert(handle), handles)
        ids = self._circle_ids({name for value in people for name in value.circles})
        members = {
            (value.id, ids[name.casefold()]): position
            for value in people
            for position, name in enumerate(value.circles)
        }
        if members:
            rows = [{"person_id": a, "circle_id": b, "position": position} for (a, b), position in members.items()]
            self.connection.execute(insert(person_circle), rows)
            self.room.bulk.add(Noun.CIRCLE)

    def _circle_ids(self, names: set[str]) -> dict[str, int]:
        known = {row.name.casefold(): row.id for row in self.connection.execute(select(circle.c.id, circle.c.name))}
        for name in sorted(names):
            if name.casefold() not in known:
                new = insert(circle).values(uid=self.room.new_uid(), name=name)
                known[name.casefold()] = new_key(self.connection, new)
        return known

    def _drop_empty_circles(self) -> None:
        self.connection.execute(delete(circle).where(circle.c.id.not_in(select(person_circle.c.circle_id))))

    def _handles(self, ids: Sequence[int]) -> dict[int, tuple[Handle, ...]]:
        found: dict[int, list[Handle]] = defaultdict(list)
        query = select(handle).where(handle.c.person_id.in_(ids)).order_by(handle.c.person_id, handle.c.position)
        for row in self.connection.execute(query):
            found[row.person_id].append(Handle(kind=HandleKind(row.kind), value=row.value, label=row.label))
        return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})

    def _circle_names(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        query = (
            select(person_circle.c.person_id, circle.c.name).join_from(person_circle, circle)
            .where(person_circle.c.person_id.in_(ids)).order_by(person_circle.c.position)
        )  # fmt: skip
        for row in self.connection.execute(query):
            found[row.person_id].append(row.name)
        return defaultdict(tuple, {key: tuple(value) for key, value in found.items()})

    def _taken(self, uids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(uids), 1000):
            page = uids[start : start + 1000]
            found.update(self.connection.execute(select(person.c.uid).where(person.c.uid.in_(page))).scalars())
        return found

    def _reindex_meetups(self, record: int) -> None:
        from pln.store.meetups import Meetups  # meetups need people too

        met = select(meetup_person.c.meetup_id).where(meetup_person.c.person_id == record)
        Meetups(self.room).reindex(tuple(self.connection.execute(met).scalars()))


def _holding(query: Query, typed: str) -> Query:
    """Only people in whose folded words every typed word is found. Not by LIKE, which refuses long patterns."""
    for word in folded(typed).split()[:MOST_WORDS]:
        query = query.where(func.instr(person.c.folded, word) > 0)
    return query


def _row(value: Person) -> dict[str, Any]:
    row = {name: getattr(value, name) for name in _PLAIN}
    parts = (value.name, value.given, value.family, value.nickname, value.org, value.role, value.place, *value.circles)
    words = " ".join((*parts, *(each.value for each in value.handles)))
    return {**row, "naming": value.naming.value, "rhythm_wish": value.rhythm_wish.value, "folded": folded(words)}


def _build(row: Row[Any], handles: tuple[Handle, ...], circles: tuple[str, ...]) -> Person:
    values = {name: getattr(row, name) for name in _PLAIN}
    return Person(
        id=row.id, **values, naming=NamingConsent(row.naming), rhythm_wish=RhythmWish(row.rhythm_wish),
        handles=handles, circles=circles,
    )  # fmt: skip


def _searched(value: Person) -> str:
    words = (
        value.nickname, value.org, value.role, value.place, value.note, value.how_met,
        *value.interests, *value.asks, *value.offers, *value.circles, *(each.value for each in value.handles),
    )  # fmt: skip
    return "\n".join(word for word in words if word)
