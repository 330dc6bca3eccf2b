"""Clocks tell aware milliseconds and the owner's day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.system.clock import Clock, FixedClock, SystemClock, to_milliseconds


def test_system_clock_runs_in_utc_milliseconds() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    after = datetime.now(UTC)
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert before - timedelta(milliseconds=1) < now <= after


def test_system_day_is_the_local_one() -> None:
    before = datetime.now(UTC).astimezone().date()
    today = SystemClock().today()
    assert before <= today <= datetime.now(UTC).astimezone().date()


def test_fixed_clock_stands_still() -> None:
    clock: Clock = FixedClock(datetime(2026, 3, 1, 8, 30, 0, 123_999, tzinfo=UTC))
    assert clock.now() == clock.now() == datetime(2026, 3, 1, 8, 30, 0, 123_000, tzinfo=UTC)
    assert clock.today() == date(2026, 3, 1)


def test_the_day_is_that_of_the_owners_zone() -> None:
    auckland = timezone(timedelta(hours=13))
    clock = FixedClock(datetime(2026, 3, 1, 23, 0, tzinfo=UTC), auckland)
    assert clock.today() == date(2026, 3, 2)
    assert clock.now() == datetime(2026, 3, 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_a_day_can_be_asked_for(hours: int) -> None:
    clock = FixedClock.on(date(2026, 2, 28), timezone(timedelta(hours=hours)))
    assert clock.today() == date(2026, 2, 28)
    assert clock.now().tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_cutting_never_goes_forward(moment: datetime) -> None:
    cut = to_milliseconds(moment)
    assert timedelta(0) <= moment - cut < timedelta(milliseconds=1)
    assert to_milliseconds(cut) == cut
