"""Which of the people already known a record from a file belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from pln.model.contact import Person
from pln.model.identity import Keys, keys_of
from pln.model.importing import Draft, ReadFile, RowAction, RowPlan
from pln.model.merging import gains, merged

__all__ = ["Match", "PeopleIndex", "match", "merged", "plan_rows"]


@dataclass(frozen=True, slots=True)
class Match:
    """person_id: who it is. why: by what, in words ("same e-mail address")."""

    person_id: int
    why: str


@dataclass(frozen=True, slots=True)
class _Known:
    person: Person
    keys: Keys


_Rule = tuple[str, Callable[[Keys], frozenset[str]], Callable[[Keys, Keys], bool]]
# From the surest to the least sure: the words, what must be shared, and what must not speak against it.
_RULES: tuple[_Rule, ...] = (
    ("same record", lambda keys: keys.uids, lambda a, b: True),
    ("same profile", lambda keys: keys.profiles, lambda a, b: True),
    ("same e-mail address", lambda keys: keys.emails, Keys.may_be_called_like),
    ("same telephone", lambda keys: keys.phones, Keys.may_be_called_like),
    ("same name and employer", lambda keys: keys.employed, lambda a, b: not a.contradicts(b)),
    ("same name", lambda keys: keys.names, lambda a, b: not a.contradicts(b)),
)


class PeopleIndex:
    """Known people by what they can be recognised by. Ids are unique; negative for people who are not stored yet."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._known: dict[int, _Known] = {}
        self._by: list[defaultdict[str, dict[int, None]]] = [defaultdict(dict) for _ in _RULES]
        for person in people:
            self.put(person)

    def __getitem__(self, person_id: int) -> Person:
        return self._known[person_id].person

    def put(self, person: Person) -> None:
        """Add a person, or replace the one of the same id by a record that holds at least as much."""
        keys = keys_of(person)
        self._known[person.id] = _Known(person, keys)
        for (_, shared, _), ids in zip(_RULES, self._by, strict=True):
            for key in shared(keys):
                ids[key][person.id] = None

    def match(self, draft: Person, taken: Collection[int] = ()) -> Match | None:
        """Who it is, or None where nobody fits, or several do and nothing tells which.

        Somebody to whom the draft adds nothing comes first: so a file read twice finds everyone it brought.
        taken: ids that stand for other records; only an equal uid leads to them.
        """
        keys = keys_of(draft)
        found = [(why, self._candidates(keys, at, taken)) for at, (why, _, _) in enumerate(_RULES)]
        for why, people in found:
            for known in people:
                if merged(known.person, draft) == known.person:
                    return Match(known.person.id, why)
        for why, people in found:
            if one := _the_one(people, keys):
                return Match(one.person.id, why)
        return None

    def _candidates(self, keys: Keys, rule: int, taken: Collection[int]) -> list[_Known]:
        _, shared, fits = _RULES[rule]
        ids = dict.fromkeys(person_id for key in sorted(shared(keys)) for person_id in self._by[rule].get(key, ()))
        people = [self._known[person_id] for person_id in ids]
        free = (known for known in people if known.person.id not in taken or keys.uids & known.keys.uids)
        return [known for known in free if fits(keys, known.keys)]


def _the_one(people: Sequence[_Known], keys: Keys) -> _Known | None:
    """The only one, or the only one of the same name."""
    namesakes = [known for known in people if known.keys.names & keys.names]
    for narrowed in (people, namesakes):
        if len(narrowed) == 1:
            return narrowed[0]
    return None


def match(draft: Person, known: Sequence[Person]) -> Match | None:
    """As PeopleIndex.match, for a single look-up."""
    return PeopleIndex(known).match(draft)


def plan_rows(read: ReadFile, known: Sequence[Person]) -> tuple[RowPlan, ...]:
    """What an import will do, row by row in the order of the file. Several rows of one person become one record.

    Each person gets at most one row that writes (see RowPlan). Planning again after it was done gives no ADD or MERGE.
    Two records with different uids in one file are two people, however alike: so an export is read back whole.
    """
    planner = _Planner(known)
    for draft in sorted(read.drafts, key=lambda draft: draft.source_row):
        planner.add(draft)
    skipped = [
        RowPlan(source_row=row.source_row, action=RowAction.SKIP, name="", detail=row.reason) for row in read.skipped
    ]
    return tuple(sorted([*planner.rows, *skipped], key=lambda row: row.source_row))


class _Planner:
    def __init__(self, known: Sequence[Person]) -> None:
        self.rows: list[RowPlan] = []
        self._index = PeopleIndex(known)
        self._writers: dict[int, int] = {}  # person id -> place in `rows` of the row that writes them
        self._known_again: Person | None = None  # whom the last row told once more, with nothing new
        self._taken: set[int] = set()  # people who stand for a record of this file that has a uid

    def add(self, draft: Draft) -> None:
        if draft.person == self._known_again:  # a damaged file may repeat one row a hundred thousand times
            self.rows.append(replace(self.rows[-1], source_row=draft.source_row))
            return
        found = self._index.match(draft.person, self._taken if draft.person.uid else ())
        if found is None:
            self._known_again = None
            self._add_new(draft)
            return
        self._claim(found.person_id, draft)
        old = self._index[found.person_id]
        new = merged(old, draft.person)
        row = RowPlan(
            source_row=draft.source_row,
            action=RowAction.SAME if new == old else RowAction.MERGE,
            name=draft.person.name,
            detail=gains(old, new) or "nothing new",
            match_id=found.person_id if found.person_id > 0 else None,
            match_why=found.why,
        )
        self._index.put(new)
        self._known_again = draft.person if new == old and not draft.person.uid else None
        self.rows.append(self._joined(row, draft, old) if new != old else row)

    def _claim(self, person_id: int, draft: Draft) -> None:
        if draft.person.uid:
            self._taken.add(person_id)

    def _add_new(self, draft: Draft) -> None:
        person_id = -len(self.rows) - 1
        self._claim(person_id, draft)
        self._index.put(replace(draft.person, id=person_id))
        self._writers[person_id] = len(self.rows)
        self.rows.append(
            RowPlan(
                source_row=draft.source_row,
                action=RowAction.ADD,
                name=draft.person.name,
                detail=draft.person.subtitle,
                draft=draft,
            )
        )

    def _joined(self, row: RowPlan, draft: Draft, old: Person) -> RowPlan:
        """A row that merges: it writes itself, or its news goes into the earlier row that writes the same person."""
        writer = self._writers.get(old.id)
        if writer is None:
            self._writers[old.id] = len(self.rows)
            return replace(row, draft=draft)
        first = self.rows[writer]
        assert first.draft is not None
        self.rows[writer] = replace(first, draft=_both(first.draft, draft, old))
        return replace(row, detail=f"{row.detail}; goes with row {first.source_row}")


def _both(first: Draft, second: Draft, so_far: Person) -> Draft:
    """Two drafts of one person as one. so_far: what that person has already, notes of the store included."""
    news = second.person
    if merged(so_far, news).note == so_far.note:
        news = replace(news, note="")
    return replace(
        first,
        person=merged(first.person, news),
        unread=first.unread + second.unread,
        introducer_uid=first.introducer_uid or second.introducer_uid,
    )
