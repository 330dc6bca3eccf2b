from __future__ import annotations

import time
from dataclasses import replace

import pytest

from pln.model.contact import Handle, HandleKind, NamingConsent, Person, RhythmWish
from pln.model.importing import Draft, ReadFile, RowAction, Skipped
from pln.model.matching import match, merged, plan_rows
from pln.sources.people import read_people


def email(value: str, label: str = "") -> Handle:
    return Handle(kind=HandleKind.EMAIL, value=value, label=label)


def phone(value: str) -> Handle:
    return Handle(kind=HandleKind.PHONE, value=value)


def linkedin(value: str) -> Handle:
    return Handle(kind=HandleKind.LINKEDIN, value=value)


def reached(name: str, *handles: Handle) -> Person:
    return Person(name=name, handles=handles)


def read_file(*people: Person, skipped: tuple[Skipped, ...] = ()) -> ReadFile:
    drafts = tuple(Draft(person=person, source_row=row) for row, person in enumerate(people, 2))
    return ReadFile(format="test", drafts=drafts, skipped=skipped)


@pytest.mark.parametrize(
    ("draft", "known", "why"),
    [
        (Person(name="A", uid="u"), Person(name="B", uid="u"), "same record"),
        (Person(name="A", uid="u"), Person(name="B", uid="own", extra=("UID:u",)), "same record"),
        (
            reached("A", linkedin("https://www.linkedin.com/in/Ana/?x=1")),
            reached("B", linkedin("linkedin.com/in/ana")),
            "same profile",
        ),
        (
            reached("Ana Okafor", email("ANA@example.org")),
            reached("Ana Reed", email("ana@example.org")),
            "same e-mail address",
        ),
        (
            Person(name="Ana O.", given="Ana", handles=(phone("+45 (12) 34-56 78 90"),)),
            reached("Ana", phone("0045 12345678 90")),
            "same telephone",
        ),
        (Person(name="Ána Okafor", org="North"), Person(name="ana  okafor", org="NORTH"), "same name and employer"),
        (Person(name="Ana Okafor", role="Lead"), Person(name="Ana Okafor", org="North"), "same name"),
        (
            reached("x@example.org", email("x@example.org")),
            reached("Ana", email("x@example.org")),
            "same e-mail address",
        ),
    ],
)
def test_what_one_is_recognised_by(draft: Person, known: Person, why: str) -> None:
    found = match(draft, [replace(known, id=7)])
    assert found is not None
    assert (found.person_id, found.why) == (7, why)


@pytest.mark.parametrize(
    ("draft", "known"),
    [
        (Person(name="Ana"), Person(name="Bilal")),
        (reached("Ana Smith", email("f@example.org")), reached("Bo Smith", email("f@example.org"))),
        (reached("Ana", phone("555 0000 11")), reached("Bo", phone("555000011"))),
        (reached("Ana", phone("12")), reached("Ana B", phone("12"))),
        (Person(name="Ana Okafor", org="North"), Person(name="Ana Okafor", org="Harbour")),
        (reached("A B", linkedin("linkedin.com/in/a")), reached("A B", linkedin("linkedin.com/in/b"))),
    ],
)
def test_who_is_not_the_same(draft: Person, known: Person) -> None:
    assert match(draft, [replace(known, id=7)]) is None


def test_a_name_that_two_people_bear_decides_nothing() -> None:
    known = [Person(name="Ana Okafor", org="North", id=1), Person(name="Ana Okafor", org="Harbour", id=2)]
    assert match(Person(name="Ana Okafor", role="Guide"), known) is None
    assert match(Person(name="Ana Okafor", org="Harbour", role="Guide"), known).person_id == 2  # type: ignore[union-attr]


def test_merging_fills_and_unites_and_overwrites_nothing() -> None:
    old = Person(
        name="Ana Okafor",
        id=3,
        org="North",
        note="first",
        handles=(email("a@example.org"),),
        circles=("Garden",),
        naming=NamingConsent.NO,
    )
    new = Person(
        name="Ana Okafor, PhD",
        org="Harbour",
        role="Lead",
        note="second",
        handles=(email("A@example.org", "work"), email("b@example.org")),
        circles=("garden", "Choir"),
        naming=NamingConsent.YES,
        rhythm_wish=RhythmWish.OFTEN,
    )
    person = merged(old, new)
    assert (person.id, person.name, person.org, person.role) == (3, "Ana Okafor", "North", "Lead")
    assert person.note == "first\n\nsecond"
    assert person.handles == (email("a@example.org", "work"), email("b@example.org"))
    assert person.circles == ("Garden", "Choir")
    assert (person.naming, person.rhythm_wish) == (NamingConsent.NO, RhythmWish.OFTEN)
    assert person.extra == ("FN:Ana Okafor\\, PhD", "ORG:Harbour")


def test_a_short_note_is_not_taken_for_a_part_of_a_word() -> None:
    assert merged(Person(name="A", note="banana"), Person(name="A", note="ana")).note == "banana\n\nana"
    assert merged(Person(name="A", note="one\ntwo"), Person(name="A", note="two")).note == "one\ntwo"


def test_each_row_says_what_it_will_do() -> None:
    known = [Person(name="Ana Okafor", id=4), Person(name="Bilal Osman", id=5)]
    read = read_file(
        reached("Ana Okafor", email("a@example.org")),
        Person(name="Bilal Osman"),
        Person(name="Grace Wanjiru", role="Engineer", org="Kivu"),
        skipped=(Skipped(source_row=3, reason="The row is empty."),),
    )
    rows = plan_rows(read, known)
    assert [(row.action, row.match_id, row.detail) for row in rows] == [
        (RowAction.MERGE, 4, "e-mail"),
        (RowAction.SAME, 5, "nothing new"),
        (RowAction.SKIP, None, "The row is empty."),
        (RowAction.ADD, None, "Engineer · Kivu"),
    ]
    assert [row.draft is not None for row in rows] == [True, False, False, True]


def test_two_rows_of_one_new_person_become_one_person() -> None:
    rows = plan_rows(
        read_file(reached("Ana", email("a@example.org")), reached("Ana", phone("12345678"))),
        [],
    )
    assert [row.action for row in rows] == [RowAction.ADD, RowAction.MERGE]
    assert rows[1].draft is None
    assert "goes with row 2" in rows[1].detail
    assert rows[0].draft is not None
    assert rows[0].draft.person.handles == (email("a@example.org"), phone("12345678"))


def test_two_rows_of_one_known_person_are_written_once() -> None:
    known = [Person(name="Ana", id=1, note="kept")]
    rows = plan_rows(read_file(Person(name="Ana", note="one"), Person(name="Ana", note="two")), known)
    (writer,) = (row for row in rows if row.draft)
    assert writer.draft is not None
    assert merged(known[0], writer.draft.person).note == "kept\n\none\n\ntwo"


def test_namesakes_of_an_export_stay_two_people() -> None:
    export = read_file(Person(name="Ana", uid="a"), Person(name="Ana", uid="b"))
    assert [row.action for row in plan_rows(export, [])] == [RowAction.ADD, RowAction.ADD]


def test_ten_thousand_people_are_planned_in_seconds() -> None:
    people = [
        Person(name=f"Ana {n}", org=f"Org {n % 99}", handles=(email(f"a{n}@example.org"),)) for n in range(10_000)
    ]
    known = [replace(person, id=number) for number, person in enumerate(people, 1)]
    began = time.monotonic()
    rows = plan_rows(read_file(*people), known)
    assert time.monotonic() - began < 15
    assert {row.action for row in rows} == {RowAction.SAME}


def test_one_row_repeated_a_hundred_thousand_times_is_known_each_time() -> None:
    rows = 'First Name,Last Name,Company\n"abc,def\n' + "a,b,c\n" * 100_000
    began = time.monotonic()
    plan = plan_rows(read_people(rows.encode()), ())
    assert time.monotonic() - began < 15
    assert [row.action for row in plan[:3]] == [RowAction.ADD, RowAction.ADD, RowAction.SAME]
    assert {row.action for row in plan[2:]} == {RowAction.SAME}
    assert [row.source_row for row in plan] == list(range(2, 100_003))
