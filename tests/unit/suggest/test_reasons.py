"""Dates, pauses and reasons in plain words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pln.model.suggestion import Fact
from pln.suggest.reasons import ago, duration, every, long_ago, on_day, sentence, short_day, shortened, spelt
from unit.suggest.invented import TODAY, days_ago


@pytest.mark.parametrize(
    ("days", "short", "long"),
    [
        (0, "today", "today"),
        (1, "1 d", "yesterday"),
        (9, "9 d", "9 days ago"),
        (13, "13 d", "13 days ago"),
        (21, "3 w", "3 weeks ago"),
        (35, "5 w", "5 weeks ago"),
        (63, "2 mo", "2 months ago"),
        (365, "1 y", "1 year ago"),
        (426, "14 mo", "14 months ago"),
        (800, "2 y", "2 years ago"),
    ],
)
def test_how_long_ago(days: int, short: str, long: str):
    assert ago(days_ago(days), TODAY) == short
    assert long_ago(days_ago(days), TODAY) == long


def test_days_to_come_are_weekdays_within_a_week_and_dates_beyond():
    assert ago(date(2026, 11, 24), TODAY) == "Tue"
    assert ago(date(2026, 12, 3), TODAY) == "3 Dec"
    assert ago(date(2027, 1, 2), TODAY) == "2 Jan 2027"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"),
        (days_ago(1), "yesterday"),
        (days_ago(-1), "tomorrow"),
        (days_ago(2), "on Thursday"),
        (date(2026, 11, 12), "on 12 November"),
        (date(2025, 9, 21), "on 21 September 2025"),
        (date(2027, 1, 2), "on 2 January 2027"),
    ],
)
def test_a_day_as_people_say_it(day: date, said: str):
    assert on_day(day, TODAY) == said


def test_the_year_stands_only_where_it_is_another():
    assert short_day(date(2026, 12, 4), TODAY) == "4 Dec"
    assert short_day(date(2025, 12, 4), TODAY) == "4 Dec 2025"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (2.0, "every few days"),
        (7.2, "every week"),
        (35.4, "every 5 weeks"),
        (59.9, "every 9 weeks"),
        (92.0, "every 3 months"),
        (350.0, "once a year"),
        (760.0, "every 2 years"),
    ],
)
def test_how_often(gap: float, said: str):
    assert every(gap) == said


def test_numbers_are_spelt_in_running_text():
    assert spelt("every 6 weeks") == "every six weeks"
    assert spelt("every 14 weeks") == "every 14 weeks"


def test_one_of_a_unit_has_no_plural():
    assert duration(1) == "1 day"
    assert duration(366) == "1 year"


def test_the_sentence_has_the_first_two_facts_with_their_quotes():
    facts = (
        Fact(text="You promised it on 12 November", quote="send the paper."),
        Fact(text="Is it saved?"),
        Fact(text="Never said"),
    )
    assert sentence(facts) == "You promised it on 12 November: “send the paper”. Is it saved?"
    assert sentence(()) == ""


def test_long_quotes_are_cut_between_words_and_stand_on_one_line():
    assert shortened("one two\n three", 40) == "one two three"
    assert shortened("alpha beta gamma delta", 14) == "alpha beta…"
    assert len(shortened("x" * 300, 110)) == 110


def test_every_day_of_a_decade_can_be_said():
    for days in range(3650):
        assert ago(TODAY - timedelta(days=days), TODAY)
