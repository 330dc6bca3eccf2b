"""The pace of a relation, from the log alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pln.model.contact import Person, RhythmWish
from pln.model.suggestion import Pace
from pln.suggest.likelihood import likelihood, warmth
from pln.suggest.rhythm import Prior, bars, beats, owner_prior, pace, paces, rhythm_words
from unit.suggest.invented import ANNA, BILAL, TODAY, days_ago, every, log, network, story

NOBODY_ELSE = Prior()
ANNA_ALONE = Person(id=ANNA, name="Anna Lindqvist")


def test_a_steady_relation_keeps_its_own_pause():
    found = pace(ANNA_ALONE, every(ANNA, 21, 30, days_ago(5)), TODAY, NOBODY_ELSE)
    assert found.n == 30 and found.silence == 5
    assert found.gap == pytest.approx(21, abs=1.5)
    assert found.expected is not None and found.around is not None
    assert found.expected[0] < found.around < found.expected[1]
    assert abs((found.around - days_ago(5)).days - 21) <= 2


def test_with_few_contacts_it_leans_on_the_owners_other_relations():
    often = owner_prior({id_: every(id_, 7, 20, TODAY) for id_ in range(2, 12)})
    seldom = owner_prior({id_: every(id_, 120, 20, TODAY) for id_ in range(2, 12)})
    contacts = every(ANNA, 40, 2, days_ago(5))
    few_often, few_seldom = (pace(ANNA_ALONE, contacts, TODAY, prior).gap for prior in (often, seldom))
    assert few_often is not None and few_seldom is not None
    assert few_often < 40 < few_seldom


def test_a_wish_pulls_softly():
    contacts = every(ANNA, 90, 5, days_ago(5))
    gaps = {
        wish: pace(replace(ANNA_ALONE, rhythm_wish=wish), contacts, TODAY, NOBODY_ELSE).gap or 0
        for wish in (RhythmWish.OFTEN, RhythmWish.SEASONAL, RhythmWish.YEARLY)
    }
    assert 21 < gaps[RhythmWish.OFTEN] < 90 < gaps[RhythmWish.YEARLY] < 365
    assert gaps[RhythmWish.SEASONAL] == pytest.approx(90, abs=2)


@pytest.mark.parametrize("wish", [RhythmWish.NONE, RhythmWish.WHEN_IT_FITS])
def test_where_no_rhythm_is_wanted_there_is_no_date(wish: RhythmWish):
    found = pace(replace(ANNA_ALONE, rhythm_wish=wish), every(ANNA, 30, 5, days_ago(100)), TODAY, NOBODY_ELSE)
    assert found.expected is None and found.around is None
    assert rhythm_words(found, TODAY) == "Whenever it fits."


def test_never_met_is_not_a_rhythm():
    found = pace(replace(ANNA_ALONE, rhythm_wish=RhythmWish.OFTEN), (), TODAY, NOBODY_ELSE)
    assert (found.n, found.silence, found.expected) == (0, None, None)
    assert rhythm_words(found, TODAY) == "Not in touch yet."


def test_several_contacts_on_a_day_are_one():
    twice = (*log(ANNA, [days_ago(5)]), *log(ANNA, [days_ago(5)], "message"))
    assert pace(ANNA_ALONE, twice, TODAY, NOBODY_ELSE).n == 1


def test_a_thank_you_after_a_meetup_is_no_beat_of_its_own():
    contacts = (*log(ANNA, [days_ago(40), days_ago(5)]), *log(ANNA, [days_ago(39)], "thanks"))
    assert beats(contacts) == [days_ago(40), days_ago(5)]
    assert beats(log(ANNA, [days_ago(40), days_ago(39)])) == [days_ago(40), days_ago(39)]


def test_a_planned_later_contact_is_not_known_yet():
    contacts = (*every(ANNA, 30, 4, days_ago(10)), *log(ANNA, [TODAY + timedelta(days=3)]))
    assert pace(ANNA_ALONE, contacts, TODAY, NOBODY_ELSE).silence == 10


def test_a_pause_takes_the_date_away_until_it_ends():
    contacts = every(ANNA, 30, 6, days_ago(200))
    resting = replace(ANNA_ALONE, paused_until=TODAY + timedelta(days=1))
    assert pace(resting, contacts, TODAY, NOBODY_ELSE).expected is None
    back = pace(replace(ANNA_ALONE, paused_until=TODAY), contacts, TODAY, NOBODY_ELSE)
    assert back.expected is not None and back.expected[0] > TODAY


def test_after_a_pause_of_the_app_rhythms_begin_anew():
    contacts = every(ANNA, 30, 6, days_ago(200))
    before = pace(ANNA_ALONE, contacts, TODAY, NOBODY_ELSE)
    after = pace(ANNA_ALONE, contacts, TODAY, NOBODY_ELSE, resumed_on=TODAY)
    assert before.expected is not None and before.expected[1] < TODAY
    assert after.expected is not None and after.expected[0] > TODAY
    assert after.silence == 200
    future = pace(ANNA_ALONE, contacts, TODAY, NOBODY_ELSE, resumed_on=TODAY + timedelta(days=9))
    assert future == before


def test_the_words_give_a_date_to_come_and_never_a_lateness():
    found = pace(ANNA_ALONE, every(ANNA, 35, 20, date(2026, 11, 12)), TODAY, NOBODY_ELSE)
    assert rhythm_words(found, TODAY).startswith("About every 5 weeks. Next: around 1")
    assert rhythm_words(found, found.around or TODAY) == "About every 5 weeks. Next: around now."
    assert rhythm_words(found, TODAY + timedelta(days=400)) == "About every 5 weeks. Next: any day you like."


def test_one_contact_is_not_called_a_habit():
    assert rhythm_words(pace(ANNA_ALONE, log(ANNA, [days_ago(3)]), TODAY, NOBODY_ELSE), TODAY).startswith(
        "In touch once"
    )


def test_bars_count_days_by_calendar_month_with_the_current_one_last():
    contacts = log(ANNA, [date(2026, 11, 2), date(2026, 11, 20), date(2025, 12, 31), date(2025, 11, 30)])
    assert bars(contacts, TODAY) == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    assert bars((), TODAY, months=3) == (0, 0, 0)


def test_paces_are_those_of_everybody():
    found = paces(story())
    assert set(found) == {1, 2, 3, 4}
    assert all(isinstance(one, Pace) and one.person_id == id_ for id_, one in found.items())
    assert paces(network()) == {}


def test_likelihood_rises_with_contact_and_falls_with_silence():
    base = likelihood(n=10, silence=20, gap=20, warm=0.1)
    assert 0 < base < 1
    assert likelihood(n=20, silence=20, gap=20, warm=0.1) > base
    assert likelihood(n=10, silence=80, gap=20, warm=0.1) < base
    assert likelihood(n=10, silence=20, gap=5, warm=0.1) < base
    assert likelihood(n=10, silence=20, gap=20, warm=2.0) > base


def test_warmth_comes_from_fresh_company():
    together = log(ANNA, [days_ago(60)], company=(BILAL,))
    fresh, faded = (warmth(together, {BILAL: days_ago(days)}, TODAY) for days in (0, 14))
    assert fresh == pytest.approx(1.0) and faded == pytest.approx(0.25)
    assert warmth(together, {BILAL: days_ago(90)}, TODAY) == 0.0
    assert warmth(together, {}, TODAY) == 0.0
