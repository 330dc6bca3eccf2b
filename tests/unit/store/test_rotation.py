"""Which backups may go: laws that hold for any collection, and a year and more of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.store.rotation import Kept, Why, superfluous

TODAY = date(2026, 11, 22)
BEFORE = (Why.BEFORE_IMPORT, Why.BEFORE_MERGE, Why.BEFORE_REMOVAL, Why.BEFORE_UPDATE)


def kept(days_ago: int, why: Why | None = Why.DAILY, hour: int = 9, *, verified: bool = True, name: str = "") -> Kept:
    day = TODAY - timedelta(days=days_ago)
    made = datetime.combine(day, time(hour), UTC)
    return Kept(path=Path(name or f"{day}-{hour}-{why}"), made=made, day=day, why=why, verified=verified)


collections = st.lists(
    st.builds(
        kept, st.integers(-3, 60), st.sampled_from([*Why, None]), st.integers(0, 23), verified=st.booleans(),
        name=st.uuids().map(str),
    ),
    max_size=40,
)  # fmt: skip


def rest(backups: list[Kept]) -> list[Kept]:
    gone = superfluous(backups, TODAY)
    return [each for each in backups if each not in gone]


@given(collections)
def test_the_newest_verified_one_always_stays(backups: list[Kept]) -> None:
    verified = [each for each in backups if each.verified and each.day <= TODAY]
    if verified:
        newest = max(each.made for each in verified)
        assert any(each.made == newest and each.verified for each in rest(backups))


@given(collections)
def test_what_is_unknown_by_hand_or_from_tomorrow_stays(backups: list[Kept]) -> None:
    gone = superfluous(backups, TODAY)
    assert all(each.why not in (None, Why.BY_HAND) and each.day <= TODAY for each in gone)
    assert set(gone) <= set(backups)


@given(collections)
def test_a_second_look_finds_nothing_more(backups: list[Kept]) -> None:
    assert superfluous(rest(backups), TODAY) == ()


@given(collections)
def test_seven_days_four_weeks_and_three_before_something_stay(backups: list[Kept]) -> None:
    stay = rest(backups)
    for group, most in ((lambda each: each.day, 7), (lambda each: each.day.isocalendar()[:2], 5)):
        had = {group(each) for each in backups if each.why is Why.DAILY and each.day <= TODAY}
        has = {group(each) for each in stay if each.why is Why.DAILY and each.day <= TODAY}
        assert sorted(had)[-most:] == sorted(has & set(sorted(had)[-most:]))
    before = sorted((each for each in backups if each.why in BEFORE and each.day <= TODAY), key=lambda each: each.made)
    assert sum(each.why in BEFORE and each.day <= TODAY for each in stay) >= min(3, len(before))
    assert sum(each.why in BEFORE and each.day <= TODAY for each in stay) <= 4  # one may be the newest verified


@given(collections)
def test_of_one_day_a_verified_one_stays_before_one_that_is_not(backups: list[Kept]) -> None:
    for day in sorted({each.day for each in backups if each.why is Why.DAILY and each.day <= TODAY})[-7:]:
        of_day = [each for each in backups if each.why is Why.DAILY and each.day == day]
        left = [each for each in rest(backups) if each in of_day]
        assert any(each.verified for each in left) == any(each.verified for each in of_day)


@given(collections, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_found_does_not_matter(backups: list[Kept], shuffled: object) -> None:
    other = list(backups)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert set(superfluous(other, TODAY)) == set(superfluous(backups, TODAY))


def test_the_newest_verified_one_stays_behind_many_that_are_not() -> None:
    verified = kept(40, Why.BEFORE_IMPORT)
    newer = [kept(days, Why.BEFORE_IMPORT, verified=False) for days in range(5)]
    assert superfluous([*newer, verified], TODAY) == tuple(newer[3:])


def test_a_clock_set_back_costs_nothing() -> None:
    future = [kept(-days) for days in range(1, 30)]
    assert superfluous([*future, kept(0), kept(1)], TODAY) == ()


@pytest.mark.parametrize("every", [1, 2, 5])
def test_over_four_hundred_days_there_is_always_a_way_back(every: int) -> None:
    held: list[Kept] = []
    for number in range(0, 400, every):
        today = TODAY + timedelta(days=number)
        made = datetime.combine(today, time(9), UTC)
        held.append(Kept(path=Path(f"{today}"), made=made, day=today, why=Why.DAILY))
        gone = superfluous(held, today)
        held = [each for each in held if each not in gone]
        days = {each.day for each in held}
        recent = [today - timedelta(days=back) for back in range(0, 7 * every, every) if back <= number]
        assert days >= set(recent)
        if number > 60:
            assert len({each.isocalendar()[:2] for each in days}) >= 5
            assert min(days) <= today - timedelta(days=22)
        assert len(held) <= 11
