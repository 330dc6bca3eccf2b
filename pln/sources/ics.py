"""Calendars: meetups written as iCalendar, and the events of any calendar read."""

from __future__ import annotations

from pln.sources.ics_read import CalendarEvent, IcsFile, meetup_of, read_ics
from pln.sources.ics_write import write_ics

__all__ = ["CalendarEvent", "IcsFile", "meetup_of", "read_ics", "write_ics"]
