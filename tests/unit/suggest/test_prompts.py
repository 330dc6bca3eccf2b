"""The question of the day."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from pln.model.errors import UnreadableInput
from pln.model.marks import Mark, MarkKind
from pln.model.timeline import Brief
from pln.suggest.brief import three_questions
from pln.suggest.prompts import Prompt, parse_prompts, pick
from pln.system.resources import resource
from unit.suggest.invented import ANNA, TODAY

JOURNAL = parse_prompts(resource("prompts", "journal.toml").read_text("utf-8"))
MEETUPS = parse_prompts(resource("prompts", "meetups.toml").read_text("utf-8"))


def test_the_prompts_that_come_with_pln_are_many_and_each_once():
    assert len(JOURNAL) >= 30 and len(MEETUPS) == 15
    assert len({prompt.text for prompt in JOURNAL + MEETUPS}) == len(JOURNAL + MEETUPS)
    assert {prompt.lens for prompt in JOURNAL} == {"seek", "narrate", "sense", "give", "relate", "step"}
    assert {prompt.lens for prompt in MEETUPS} == {"before", "at the table", "after"}


def test_a_prompt_needs_a_text_and_nothing_else():
    assert parse_prompts('[[prompt]]\ntext = " What  now? "\n') == (Prompt("What now?"),)
    assert parse_prompts("") == ()


@pytest.mark.parametrize(
    "text", ["[[prompt", "[[prompt]]\nlens = 'x'", "prompt = 3", "prompt = [1]", "[[prompt]]\ntext = ' '"]
)
def test_an_unreadable_file_says_what_to_do(text: str):
    with pytest.raises(UnreadableInput, match=r"Nothing was changed.*\[\[prompt\]\]"):
        parse_prompts(text)


def test_each_prompt_comes_once_before_any_comes_again():
    start = TODAY.toordinal() - TODAY.toordinal() % len(JOURNAL)
    days = [TODAY.fromordinal(start + n) for n in range(len(JOURNAL))]
    assert {pick(JOURNAL, (), day) for day in days} == set(JOURNAL)


@pytest.mark.parametrize("size", [2, 3, 4, 7, len(JOURNAL)])
def test_never_twice_in_a_row_and_the_same_all_day(size: int):
    days = [TODAY + timedelta(days=n) for n in range(200)]
    shown = [pick(JOURNAL[:size], (), day) for day in days]
    assert shown == [pick(JOURNAL[:size], (), day) for day in days]
    assert all(one != other for one, other in pairwise(shown))


def test_what_was_answered_stays_away_as_long_as_another_is_left():
    answered = [prompt.text for prompt in JOURNAL[:-1]]
    assert pick(JOURNAL, answered, TODAY) == JOURNAL[-1]
    assert pick(JOURNAL, [*answered, JOURNAL[-1].text], TODAY) == JOURNAL[0]


def test_no_prompts_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no prompts"):
        pick((), (), TODAY)


def brief(*questions: str) -> Brief:
    marks = tuple(
        Mark(kind=MarkKind.QUESTION, text=text, meetup_id=1, made_on=TODAY, person_id=ANNA) for text in questions
    )
    return Brief(
        person_id=ANNA, name="Anna Lindqvist", last=(), times_met=2, mine=(), theirs=(), questions=marks, lessons=(),
        dates=(), common=(), reading=(), reach=(),
    )  # fmt: skip


def test_three_questions_begin_with_those_kept_for_the_person():
    found = three_questions(brief("did the schools join", "how was it?", "and a third"), MEETUPS, TODAY)
    assert found[:2] == ("Did the schools join?", "How was it?")
    assert len(found) == 3
    assert found[2] in {prompt.text for prompt in MEETUPS if prompt.lens == "at the table"}


def test_three_questions_hold_for_the_day_and_change_with_it():
    days = [three_questions(brief(), MEETUPS, TODAY + timedelta(days=n)) for n in range(10)]
    assert days[0] == three_questions(brief(), MEETUPS, TODAY)
    assert len(set(days)) > 3
    assert three_questions(brief(), (), TODAY) == ()
