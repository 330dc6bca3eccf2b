"""The time of day, asked for in one place so that every decision can be tried for any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Protocol


class Clock(Protocol):
    """now(): aware, in UTC, cut to milliseconds, as the store keeps it. today(): the day on the owner's calendar."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """This computer's clock and time zone."""

    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC))

    def today(self) -> date:
        return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Stands still at one aware moment. zone: where the owner is, which decides the day."""

    moment: datetime
    zone: tzinfo = UTC

    @classmethod
    def on(cls, day: date, zone: tzinfo = UTC) -> FixedClock:
        """Noon of a day."""
        return cls(datetime.combine(day, time(12), zone), zone)

    def now(self) -> datetime:
        return to_milliseconds(self.moment.astimezone(UTC))

    def today(self) -> date:
        return self.moment.astimezone(self.zone).date()


def to_milliseconds(moment: datetime) -> datetime:
    """Cut off, never rounded up, so that a moment just taken does not lie in the future."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
