"""Meetups and their marks, against a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.marks import MarkKind, MarkState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.store.unit_of_work import Store
from store_fixtures import NOW, TODAY, assert_index_in_step

NOTES = """We talked about ovens.
[ ] me: send the recipe
[ ] Ines: name of the mill
! rye needs time
? did the starter live"""


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    with store.write("") as work:
        return work.people.add(Person(name="Ines Okafor")).id, work.people.add(Person(name="Jon Ek")).id


def tea(*people: int, **values: object) -> Meetup:
    return Meetup(**{"kind": MeetupKind.TEA, "day": TODAY, "people": people, **values})  # type: ignore[arg-type]


def test_a_meetup_reads_back_as_written(store: Store, two: tuple[int, int]) -> None:
    new = tea(
        two[1], two[0], state=MeetupState.PLANNED, at=time(9, 30), minutes=45, place="Café Örn", notes=NOTES, uid="u"
    )  # fmt: skip
    with store.write("") as work:
        stored = work.meetups.add(new, TODAY)
    assert stored == replace(new, id=stored.id, created=NOW)
    with store.read() as work:
        assert work.meetups.get(stored.id) == stored == work.meetups.by_uid("u")
        assert work.meetups.everything() == (stored,)
        assert (work.meetups.total(), work.meetups.total_coming()) == (1, 1)


def test_marks_become_records(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(*two, notes=NOTES), TODAY)
        marks = work.meetups.marks_of(stored.id)
        other = work.people.add(Person(name="Bo Ek"))
    assert [(mark.kind, mark.text, mark.person_id) for mark in marks] == [
        (MarkKind.MINE, "send the recipe", None), (MarkKind.THEIRS, "name of the mill", two[0]),
        (MarkKind.LESSON, "rye needs time", None), (MarkKind.QUESTION, "did the starter live", None),
    ]  # fmt: skip
    assert {(mark.made_on, mark.state) for mark in marks} == {(TODAY, MarkState.OPEN)}
    with store.read() as work:
        assert work.meetups.rows([stored.id])[0].open_promises == 2
        assert [mark.text for mark in work.meetups.lessons()] == ["rye needs time"]
        assert len(work.meetups.open_marks()) == 3
        assert work.meetups.marks_with(two[0]) == marks
        assert work.meetups.marks_with(two[1]) == (marks[0], *marks[2:])  # Ines promised hers alone
        assert work.meetups.marks_with(other.id) == ()


def test_ids_and_states_of_marks_outlive_edits_of_the_note(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(two[0], notes=NOTES), TODAY)
        mine, theirs, lesson, question = work.meetups.marks_of(stored.id)
        work.meetups.close_mark(mine.id, MarkState.LET_GO, TODAY)
    edited = "A new first line.\n\n! rye needs time\n[ ] me: send the recipe\n[ ] Ines: name of the mill"
    with store.write("") as work:
        work.meetups.change(replace(stored, notes=edited), TODAY)
        after = {mark.text: mark for mark in work.meetups.marks_of(stored.id)}
    assert {text: mark.id for text, mark in after.items()} == {
        "send the recipe": mine.id, "name of the mill": theirs.id, "rye needs time": lesson.id,
    }  # fmt: skip
    assert after["send the recipe"].state is MarkState.LET_GO
    assert after["send the recipe"].uid == mine.uid
    assert Ref(Noun.MARK, question.id) in work.changes.refs
    with store.read() as work:
        assert work.meetups.mark(question.id) is None


def test_a_reworded_mark_keeps_its_id_and_a_new_one_never_gets_an_old_id(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(two[0], notes="[ ] me: send the recipe"), TODAY)
        (first,) = work.meetups.marks_of(stored.id)
        work.meetups.change(replace(stored, notes="[ ] me: send the rye recipe"), TODAY)
        assert work.meetups.marks_of(stored.id)[0].id == first.id
        work.meetups.change(replace(stored, notes=""), TODAY)
        work.meetups.change(replace(stored, notes="[ ] me: something else"), TODAY)
        assert work.meetups.marks_of(stored.id)[0].id > first.id


def test_closing_a_promise_ticks_its_box_and_opening_it_empties_it(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(*two, notes=NOTES), TODAY)
        mine = work.meetups.marks_of(stored.id)[0]
        work.meetups.close_mark(mine.id, MarkState.DONE, TODAY)
        closed = work.meetups.get(stored.id)
        assert closed is not None
        assert closed.notes == NOTES.replace("[ ] me", "[x] me")
        assert work.meetups.mark(mine.id) == replace(mine, state=MarkState.DONE, closed_on=TODAY)
    assert {Ref(Noun.MARK, mine.id), Ref(Noun.MEETUP, stored.id)} <= work.changes.refs
    assert_index_in_step(store)
    with store.write("") as work:
        work.meetups.close_mark(mine.id, MarkState.OPEN, TODAY)
        opened = work.meetups.get(stored.id)
        assert opened is not None
        assert opened.notes == NOTES
        assert work.meetups.mark(mine.id) == mine
    assert_index_in_step(store)


def test_the_right_box_is_ticked_where_the_same_words_stand_twice(store: Store, two: tuple[int, int]) -> None:
    notes = "[ ] me: send a card\n[ ] Ines: send a card"
    with store.write("") as work:
        stored = work.meetups.add(tea(*two, notes=notes), TODAY)
        theirs = work.meetups.marks_of(stored.id)[1]
        work.meetups.close_mark(theirs.id, MarkState.DONE, TODAY)
        found = work.meetups.get(stored.id)
        assert found is not None
        assert found.notes == "[ ] me: send a card\n[x] Ines: send a card"


def test_ticking_in_the_note_closes_the_record(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(two[0], notes="[ ] me: send the recipe"), TODAY)
        work.meetups.change(replace(stored, notes="[x] me: send the recipe"), TODAY + timedelta(days=3))
        (mark,) = work.meetups.marks_of(stored.id)
    assert (mark.state, mark.closed_on) == (MarkState.DONE, TODAY + timedelta(days=3))


def test_a_mark_that_is_gone_closes_nothing(store: Store) -> None:
    with store.write("") as work:
        assert work.meetups.close_mark(99, MarkState.DONE, TODAY) is None
    assert work.changes.empty


def test_states_from_an_export_fall_on_each_of_two_equal_marks(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(two[0], notes="! rye needs time\n! rye needs time"), TODAY)
        for uid in ("one", "two"):
            assert work.meetups.put_mark_state(
                uid, MarkState.OPEN, None, meetup_id=stored.id, kind="lesson", text="rye needs time"
            )
        assert [mark.uid for mark in work.meetups.marks_of(stored.id)] == ["one", "two"]
        assert not work.meetups.put_mark_state(
            "three", MarkState.OPEN, None, meetup_id=stored.id, kind="lesson", text="never said"
        )


def test_reading_an_export_again_changes_nothing(store: Store, two: tuple[int, int]) -> None:
    for _ in range(2):
        with store.write("") as work:
            stored = work.meetups.by_uid("m") or work.meetups.add(tea(two[0], uid="m", notes="[ ] me: ask"), TODAY)
            work.meetups.put_mark_state("one", MarkState.DONE, TODAY, meetup_id=stored.id, kind="mine", text="ask")
            (mark,) = work.meetups.marks_of(stored.id)
            assert (mark.uid, mark.state) == ("one", MarkState.DONE)


def test_removal_takes_marks_and_company_out_and_brings_them_back(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(*two, notes=NOTES), TODAY)
        marks = work.meetups.marks_of(stored.id)
    touched = {Ref(Noun.MEETUP, stored.id), *(Ref(Noun.PERSON, each) for each in two)}
    touched |= {Ref(Noun.MARK, mark.id) for mark in marks}
    with store.write("") as work:
        assert work.meetups.remove(stored.id)
        assert not work.meetups.remove(stored.id)
    assert work.changes.refs == touched
    with store.read() as work:
        assert (work.meetups.open_marks(), work.meetups.lessons(), work.meetups.with_person(two[0])) == ((), (), ())
        assert (work.meetups.everything(), work.meetups.past_ids(), work.contacts.contacts()) == ((), (), {})
        assert work.search.ids("ovens", Noun.MEETUP) == ()
    assert_index_in_step(store)
    with store.write("") as work:
        assert work.meetups.restore(stored.id)
    assert work.changes.refs == touched
    with store.read() as work:
        assert work.meetups.get(stored.id) == stored
        assert work.meetups.marks_of(stored.id) == marks
        assert work.search.ids("ovens", Noun.MEETUP) == (stored.id,)
    assert_index_in_step(store)


def test_closing_a_mark_of_a_removed_meetup_keeps_it_out_of_the_search(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(*two, notes=NOTES), TODAY)
        mark = work.meetups.marks_of(stored.id)[0]
        work.meetups.remove(stored.id)
        work.meetups.close_mark(mark.id, MarkState.DONE, TODAY)
        work.meetups.change(replace(stored, notes="late words"), TODAY)
    assert_index_in_step(store)


def test_whoever_is_taken_out_of_a_meetup_hears_of_it(store: Store, two: tuple[int, int]) -> None:
    with store.write("") as work:
        stored = work.meetups.add(tea(*two), TODAY)
    with store.write("") as work:
        work.meetups.change(replace(stored, people=(two[0],)), TODAY)
    assert Ref(Noun.PERSON, two[1]) in work.changes.refs


def test_changing_a_meetup_that_is_not_there_is_told(store: Store, two: tuple[int, int]) -> None:
    with pytest.raises(UsageError), store.write("") as work:
        work.meetups.change(replace(tea(two[0]), id=9), TODAY)


def test_lists_are_in_order(store: Store, two: tuple[int, int]) -> None:
    day = timedelta(days=1)
    with store.write("") as work:
        add = lambda **values: work.meetups.add(tea(two[0], **values), TODAY).id  # noqa: E731
        old = add(day=TODAY - 9 * day)
        untimed = add(day=TODAY - day)
        evening = add(day=TODAY - day, at=time(19))
        off = add(day=TODAY - 2 * day, state=MeetupState.FELL_THROUGH)
        later = add(day=TODAY + 5 * day, state=MeetupState.PLANNED)
        soon = add(day=date(2026, 11, 22), state=MeetupState.PLANNED)
        assert work.meetups.past_ids() == (evening, untimed, off, old)
        assert work.meetups.coming_ids() == (soon, later)
        assert [each.id for each in work.meetups.everything()] == [old, off, untimed, evening, soon, later]
        assert next(each.id for each in work.meetups.with_person(two[0])) == later
        assert [row.id for row in work.meetups.rows([soon, 999, old])] == [soon, old]
