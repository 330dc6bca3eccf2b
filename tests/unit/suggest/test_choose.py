"""The few for today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pln.model.contact import Person
from pln.model.suggestion import Candidate, Energy, Response, StepKind, Verdict
from pln.suggest.choose import Choice, choose
from unit.suggest.invented import ANNA, BILAL, MEI, TODAY, TOMAS, days_ago, said, step

PEOPLE = {id_: Person(id=id_, name=f"Person {id_}") for id_ in range(1, 40)}
LONG_AGO = {id_: days_ago(60) for id_ in PEOPLE}
PROMISE = step("promise:1", StepKind.PROMISE, ANNA, value=0.9)
RHYTHM = step("rhythm:2", StepKind.RHYTHM, BILAL)


def chosen(
    *candidates: Candidate, responses: tuple[Response, ...] = (), energy: Energy = Energy.OPEN, **more
) -> Choice:
    settings = {"today": TODAY, "people": PEOPLE, "last_contact": LONG_AGO} | more
    return choose(candidates, responses, energy, **settings)


def keys(choice: Choice) -> list[str]:
    return [one.key for one in choice.shown]


def reason(choice: Choice, key: str) -> str:
    return next(one.reason_out for one in choice.explained if one.candidate.key == key)


def many(count: int, kind: StepKind = StepKind.RHYTHM) -> list[Candidate]:
    return [step(f"{kind}:{n}", kind, n) for n in range(1, count + 1)]


@pytest.mark.parametrize(("energy", "steps"), [(Energy.QUIET, 1), (Energy.STEADY, 3), (Energy.OPEN, 5)])
def test_the_energy_sets_the_number_and_a_handful_can_wait(energy: Energy, steps: int):
    choice = chosen(*many(30), energy=energy)
    assert len(choice.shown) == steps
    assert choice.waiting == len(choice.more) == 6
    assert not set(choice.shown) & set(choice.more)


def test_what_is_done_today_counts_towards_the_day():
    done = said(step("rhythm:20", StepKind.RHYTHM, 20), Verdict.DONE)
    assert len(chosen(*many(10), responses=(done,), energy=Energy.STEADY).shown) == 2
    assert chosen(*many(10), responses=(done,), energy=Energy.QUIET).shown == ()
    yesterday = said(step("rhythm:20", StepKind.RHYTHM, 20), Verdict.DONE, days_ago(1))
    assert len(chosen(*many(10), responses=(yesterday,), energy=Energy.STEADY).shown) == 3


def test_one_step_a_person():
    choice = chosen(
        PROMISE, step("date:1", StepKind.DATE, ANNA), step("introduction:1:2", StepKind.INTRODUCTION, BILAL, ANNA)
    )
    assert keys(choice) == ["promise:1"]
    assert reason(choice, "date:1") == "another step for this person is shown"


def test_later_comes_back_on_its_day():
    later = said(PROMISE, Verdict.LATER, until=TODAY + timedelta(days=3))
    assert keys(chosen(PROMISE, responses=(later,))) == []
    assert reason(chosen(PROMISE, responses=(later,)), "promise:1") == "later, from 24 November on"
    assert keys(chosen(PROMISE, responses=(later,), today=TODAY + timedelta(days=3))) == ["promise:1"]


def test_the_newest_later_counts():
    first = said(PROMISE, Verdict.LATER, days_ago(2), until=TODAY + timedelta(days=9))
    second = said(PROMISE, Verdict.LATER, days_ago(1), until=TODAY)
    assert keys(chosen(PROMISE, responses=(second, first))) == ["promise:1"]


def test_not_this_is_for_good_and_for_this_step_alone():
    no = said(PROMISE, Verdict.NOT_THIS, days_ago(900))
    assert keys(chosen(PROMISE, step("date:1", StepKind.DATE, ANNA), responses=(no,))) == ["date:1"]


def test_never_for_this_reason_leaves_other_reasons():
    never = said(PROMISE, Verdict.NEVER_REASON)
    other = step("promise:2", StepKind.PROMISE, ANNA)
    assert keys(chosen(PROMISE, other, step("date:1", StepKind.DATE, ANNA), responses=(never,))) == ["date:1"]


def test_never_for_this_person_holds_for_introductions_too():
    never = said(PROMISE, Verdict.NEVER_PERSON)
    assert keys(chosen(PROMISE, step("introduction:1:2", StepKind.INTRODUCTION, BILAL, ANNA), responses=(never,))) == []


def test_after_done_a_person_is_left_in_peace_for_a_few_days():
    done = said(PROMISE, Verdict.DONE, days_ago(2))
    other, warm = step("question:5", StepKind.QUESTION, ANNA), step("warm:5", StepKind.WARM, ANNA)
    assert keys(chosen(other, responses=(done,))) == []
    assert keys(chosen(other, warm, responses=(done,))) == ["warm:5"]
    assert keys(chosen(other, responses=(done,), today=TODAY + timedelta(days=2))) == ["question:5"]
    assert keys(chosen(PROMISE, responses=(done,), today=TODAY + timedelta(days=200))) == []


def test_just_met_gets_only_a_thank_you_or_a_promise():
    met = LONG_AGO | {ANNA: days_ago(2)}
    assert keys(chosen(step("date:1", StepKind.DATE, ANNA), last_contact=met)) == []
    assert keys(chosen(step("warm:1", StepKind.WARM, ANNA), last_contact=met)) == ["warm:1"]
    assert keys(chosen(PROMISE, last_contact=met)) == ["promise:1"]
    assert keys(chosen(step("date:1", StepKind.DATE, ANNA), last_contact=LONG_AGO | {ANNA: days_ago(3)})) == ["date:1"]


def test_a_paused_person_gets_nothing():
    paused = PEOPLE | {ANNA: replace(PEOPLE[ANNA], paused_until=TODAY + timedelta(days=1))}
    assert keys(chosen(PROMISE, people=paused)) == []
    assert keys(chosen(PROMISE, people=paused, today=TODAY + timedelta(days=1))) == ["promise:1"]


def test_people_who_are_gone_get_nothing():
    assert keys(chosen(step("x", StepKind.DATE, 99), step("y", StepKind.DATE))) == []


def imported(days: int) -> dict[int, Person]:
    created = datetime.combine(days_ago(days), datetime.min.time(), UTC)
    return {id_: replace(person, source="contacts.vcf", created=created) for id_, person in PEOPLE.items()}


def test_after_an_import_nothing_piles_up():
    fresh = chosen(*many(30), people=imported(1), last_contact={})
    assert (fresh.shown, fresh.waiting) == ((), 0)
    settled = chosen(*many(30), people=imported(5), last_contact={})
    assert len(settled.shown) + settled.waiting == 1
    known = chosen(*many(30), people=imported(1), last_contact=LONG_AGO)
    assert len(known.shown) == 5


def test_one_place_of_three_is_for_a_wider_look():
    dormant = step("dormant:30", StepKind.DORMANT, 30, value=0.3)
    assert "dormant:30" in keys(chosen(*many(20, StepKind.PROMISE), dormant, energy=Energy.STEADY))
    assert "dormant:30" not in keys(chosen(*many(20, StepKind.PROMISE), dormant, energy=Energy.QUIET))


def test_kinds_and_circles_are_mixed():
    gardeners = PEOPLE | {id_: replace(PEOPLE[id_], circles=("Garden",)) for id_ in (ANNA, BILAL)}
    three = [step("a", StepKind.RHYTHM, ANNA, value=0.7), step("b", StepKind.RHYTHM, BILAL, value=0.6),
             step("c", StepKind.QUESTION, MEI, value=0.55), step("d", StepKind.ARTICLE, TOMAS, value=0.55)]  # fmt: skip
    assert set(keys(chosen(*three, people=gardeners, energy=Energy.STEADY))) == {"a", "c", "d"}


def test_everything_is_explained_once():
    choice = chosen(*many(12), PROMISE)
    assert sorted(one.candidate.key for one in choice.explained) == sorted({one.key for one in (*many(12), PROMISE)})
    assert [one.candidate for one in choice.explained if one.shown] == list(choice.shown)


def test_the_turn_of_the_week_brings_others_to_the_front():
    fronts = {keys(chosen(*many(12), energy=Energy.QUIET, today=TODAY + timedelta(weeks=n)))[0] for n in range(20)}
    assert len(fronts) >= 6
