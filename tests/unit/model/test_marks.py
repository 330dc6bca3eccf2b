"""The four marks: what a line means, and how records follow a note that is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.marks import Mark, MarkKind, MarkPlan, MarkState, read_mark, read_marks, reconcile, tick, whose

DAY, TODAY = date(2026, 11, 12), date(2026, 11, 21)
ANNA, BILAL = (1, "Anna Lindqvist"), (2, "Bilal Osman")


@pytest.mark.parametrize(
    ("line", "kind", "text", "who", "done"),
    [
        ("[ ] me: send the paper", MarkKind.MINE, "send the paper", "", False),
        ("[x] Me: send the paper", MarkKind.MINE, "send the paper", "", True),
        ("  - [ ] me: send the paper ", MarkKind.MINE, "send the paper", "", False),
        ("[] me: send: both", MarkKind.MINE, "send: both", "", False),
        ("[ ] Anna: name of the studio", MarkKind.THEIRS, "name of the studio", "Anna", False),
        ("[ ] 陳美玲：書單", MarkKind.THEIRS, "書單", "陳美玲", False),
        ("! start with the question", MarkKind.LESSON, "start with the question", "", False),
        ("! learned: start small", MarkKind.LESSON, "start small", "", False),
        ("? did the schools join", MarkKind.QUESTION, "did the schools join", "", False),
        ("? ask next time: who began it", MarkKind.QUESTION, "who began it", "", False),
    ],
)
def test_a_line_with_a_mark(line: str, kind: MarkKind, text: str, who: str, done: bool) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert (mark.kind, mark.text, mark.who, mark.done) == (kind, text, who, done)


@pytest.mark.parametrize(
    "line", ["", "We talked.", "[ ] send the paper", "!!", "??", "!= no", "? ", "[ ] me:", "What? Really!"]
)
def test_a_line_without_one(line: str) -> None:
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("who", "people", "meant"),
    [
        ("Anna", [ANNA, BILAL], 1),
        ("bilal osman", [ANNA, BILAL], 2),
        ("Anna", [ANNA, (3, "Anna Berg")], None),
        ("anna berg", [ANNA, (3, "Anna Berg")], 3),
        ("she", [ANNA], 1),
        ("somebody", [ANNA, BILAL], None),
        ("somebody", [], None),
    ],
)
def test_whose_promise_it_is(who: str, people: list[tuple[int, str]], meant: int | None) -> None:
    assert whose(who, people) == meant


def plan(notes: str, stored: tuple[Mark, ...] = ()) -> MarkPlan:
    return reconcile(stored, read_marks(notes), meetup_id=7, day=DAY, people=[ANNA], today=TODAY)


def stored_as(notes: str) -> tuple[Mark, ...]:
    """The records of a note, as a store would have them."""
    return tuple(replace(mark, id=number, uid=f"u{number}") for number, mark in enumerate(plan(notes).add, 1))


def test_records_keep_their_ids_when_lines_move() -> None:
    before = stored_as("[ ] me: send the paper\n! begin small")
    after = plan("We met.\n! begin small\n[ ] me: send the paper", before)
    assert (after.add, after.remove) == ((), ())
    assert {mark.id: (mark.kind, mark.line) for mark in after.change} == {1: (MarkKind.MINE, 2)}


def test_a_reworded_promise_is_the_same_promise() -> None:
    before = stored_as("[ ] me: send the paper")
    after = plan("[ ] me: send the paper on pilots", before)
    assert [(mark.id, mark.text) for mark in after.change] == [(1, "send the paper on pilots")]
    assert (after.add, after.remove) == ((), ())


def test_a_line_taken_out_is_no_promise_any_more() -> None:
    assert plan("", stored_as("[ ] me: send the paper")).remove == (1,)


def test_ticking_closes_and_emptying_opens_again() -> None:
    before = stored_as("[ ] me: send the paper")
    (done,) = plan("[x] me: send the paper", before).change
    assert (done.state, done.closed_on) == (MarkState.DONE, TODAY)
    (again,) = plan("[ ] me: send the paper", (done,)).change
    assert (again.state, again.closed_on) == (MarkState.OPEN, None)


def test_what_was_let_go_stays_so_until_it_is_ticked() -> None:
    gone = replace(stored_as("[ ] me: send the paper")[0], state=MarkState.LET_GO, closed_on=DAY)
    assert plan("[ ] me: send the paper", (gone,)).change == ()
    (done,) = plan("[x] me: send the paper", (gone,)).change
    assert done.state is MarkState.DONE


def test_a_question_asked_stays_asked() -> None:
    asked = replace(stored_as("? who began it")[0], state=MarkState.DONE, closed_on=DAY)
    assert plan("? who began it", (asked,)).change == ()


NOTES = st.lists(
    st.one_of(
        st.sampled_from(["[ ] me: a", "[x] me: a", "[ ] Anna: b", "! c", "? d", "We talked.", "", "[ ] me: e"]),
        st.text(max_size=30),
    ),
    max_size=12,
).map("\n".join)


@given(NOTES)
def test_reconciling_a_note_with_its_own_records_changes_nothing(notes: str) -> None:
    again = plan(notes, stored_as(notes))
    assert (again.add, again.change, again.remove) == ((), (), ())


@given(NOTES, NOTES)
def test_afterwards_the_records_are_those_of_the_note(before: str, after: str) -> None:
    stored = stored_as(before)
    change = plan(after, stored)
    kept = {mark.id: mark for mark in stored if mark.id not in change.remove}
    kept.update({mark.id: mark for mark in change.change})
    left = sorted((mark.kind, mark.text) for mark in (*kept.values(), *change.add))
    assert left == sorted((mark.kind, mark.text) for mark in read_marks(after))


@given(NOTES, st.booleans())
def test_ticking_changes_one_box_and_nothing_else(notes: str, done: bool) -> None:
    for mark in (mark for mark in read_marks(notes) if mark.kind.is_promise):
        ticked = tick(notes, mark.text, done=done, line=mark.line)
        old, new = notes.splitlines(), ticked.splitlines()
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        assert len(changed) <= 1
        assert len(read_marks(ticked)) == len(read_marks(notes))
