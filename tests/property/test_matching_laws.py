"""Laws of matching, merging and planning an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.importing import Draft, ReadFile, RowAction, RowPlan, Skipped
from pln.model.matching import match, merged, plan_rows

# Few values, so that records collide in every way.
NAMES = st.sampled_from(["Ana Okafor", "ana okafor", "Ána Okafor", "Ana Reed", "Bilal Osman", "Ana", "x@example.org"])
HANDLES = st.sampled_from(
    [
        Handle(kind=HandleKind.EMAIL, value="x@example.org"),
        Handle(kind=HandleKind.EMAIL, value="X@example.org", label="work"),
        Handle(kind=HandleKind.EMAIL, value="y@example.org"),
        Handle(kind=HandleKind.PHONE, value="+45 12 34 56 78 90"),
        Handle(kind=HandleKind.PHONE, value="0012 34567890"),
        Handle(kind=HandleKind.LINKEDIN, value="https://www.linkedin.com/in/ana"),
        Handle(kind=HandleKind.LINKEDIN, value="linkedin.com/in/ana-2/"),
        Handle(kind=HandleKind.MASTODON, value="@ana@example.org"),
        Handle(kind=HandleKind.URL, value="https://example.org"),
    ]
)
PEOPLE = st.builds(
    Person,
    name=NAMES,
    uid=st.sampled_from(["", "", "", "u1", "u2"]),
    given=st.sampled_from(["", "Ana", "Anna"]),
    family=st.sampled_from(["", "Okafor", "Reed"]),
    nickname=st.sampled_from(["", "", "Bil"]),
    org=st.sampled_from(["", "Northlight", "Harbour"]),
    role=st.sampled_from(["", "Lead", "Guide"]),
    birthday=st.sampled_from([None, None, PartialDate(2, 29), PartialDate(2, 29, 1988)]),
    note=st.sampled_from(["", "a", "a\n\nb", "b", "banana"]),
    how_met=st.sampled_from(["", "at LearnFest", "by train; late"]),
    circles=st.lists(st.sampled_from(["Garden", "garden", "Choir"]), unique=True, max_size=2).map(tuple),
    handles=st.lists(HANDLES, unique=True, max_size=3).map(tuple),
    extra=st.lists(st.sampled_from(["X-A:1", "UID:u1", "FN:Ana Reed", "ORG:Harbour"]), unique=True, max_size=2).map(
        tuple
    ),
)
FILES = st.lists(PEOPLE, max_size=7)


def read_file(people: Sequence[Person]) -> ReadFile:
    drafts = tuple(Draft(person=person, source_row=row) for row, person in enumerate(people, 2))
    return ReadFile(format="test", drafts=drafts, skipped=(Skipped(source_row=99, reason="nobody"),))


def stored(people: Sequence[Person]) -> list[Person]:
    return [replace(person, id=number) for number, person in enumerate(people, 1)]


def applied(known: Sequence[Person], rows: Sequence[RowPlan]) -> list[Person]:
    people = {person.id: person for person in known}
    for row in rows:
        if row.action is RowAction.ADD and row.draft:
            new_id = len(people) + 1
            people[new_id] = replace(row.draft.person, id=new_id)
        elif row.action is RowAction.MERGE and row.draft and row.match_id:
            people[row.match_id] = merged(people[row.match_id], row.draft.person)
    return list(people.values())


@settings(deadline=None)
@given(PEOPLE, PEOPLE)
def test_a_match_holds_both_ways(one: Person, other: Person) -> None:
    there = match(one, [replace(other, id=1)])
    back = match(other, [replace(one, id=1)])
    assert (there is None) == (back is None)


@settings(deadline=None)
@given(PEOPLE, PEOPLE)
def test_merging_twice_adds_nothing_and_keeps_what_was_there(old: Person, new: Person) -> None:
    once = merged(old, new)
    assert merged(once, new) == once
    assert merged(old, old) == old
    for field in ("name", "given", "org", "role", "how_met", "birthday", "uid"):
        assert not getattr(old, field) or getattr(once, field) == getattr(old, field)
    assert old.note in once.note and (new.note in once.note)
    assert set(old.handles) <= {*once.handles, *(replace(handle, label="") for handle in once.handles)}


@settings(deadline=None)
@given(PEOPLE, PEOPLE)
def test_every_value_of_both_is_somewhere_in_the_merged_one(old: Person, new: Person) -> None:
    once = repr(merged(old, new)).casefold()
    for person in (old, new):
        for text in (person.name, person.uid, person.given, person.org, person.role, *person.circles, *person.extra):
            assert text.casefold() in once
        assert str(person.birthday or "") in once or repr(person.birthday).casefold() in once


@settings(max_examples=600, deadline=None)
@given(FILES, FILES)
def test_importing_a_file_twice_brings_nothing_the_second_time(before: list[Person], people: list[Person]) -> None:
    known = stored(before)
    read = read_file(people)
    after = applied(known, plan_rows(read, known))
    again = plan_rows(read, after)
    assert {row.action for row in again} <= {RowAction.SAME, RowAction.SKIP}
    assert len(again) == len(people) + 1


@settings(max_examples=300, deadline=None)
@given(FILES, FILES)
def test_at_most_one_row_writes_a_person(before: list[Person], people: list[Person]) -> None:
    rows = plan_rows(read_file(people), stored(before))
    written = [row.match_id for row in rows if row.action is RowAction.MERGE and row.draft]
    assert len(written) == len(set(written))
    assert None not in written


@settings(deadline=None)
@given(FILES.map(lambda people: [replace(person, uid=f"own-{at}", extra=()) for at, person in enumerate(people)]))
def test_records_with_uids_of_their_own_stay_apart(people: list[Person]) -> None:
    assert {row.action for row in plan_rows(read_file(people), [])} <= {RowAction.ADD, RowAction.SKIP}
