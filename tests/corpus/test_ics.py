"""Every calendar of the corpus is read: each event comes out, or a sentence says why not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pln.sources.ics import read_ics

SHARED = Path(os.environ.get("PLN_SHARED", Path(__file__).parents[3] / "shared"))
FOLDER = SHARED / "corpus" / "ics"
FILES = sorted(FOLDER.glob("*.ics"))

# Their only events have a start that is none; the sentence says so.
KNOWN_BROKEN = {"calendars__broken_dtstart", "calendars__issue_1081_invalid_start_and_end"}

pytestmark = pytest.mark.skipif(not FILES, reason=f"the corpus is not beside the checkout ({FOLDER.name})")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_event_is_read_or_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    found = read_ics(data)
    begun = data.upper().count(b"BEGIN:VEVENT")
    assert len(found.events) + len(found.problems) >= min(begun, 200)


def test_problems_are_told_only_where_there_are_some() -> None:
    """Shows its table with `pytest -rP`."""
    found = {path.stem: read_ics(path.read_bytes()) for path in FILES}
    events = sum(len(file.events) for file in found.values())
    told = [f"{name}: {problem}" for name, file in found.items() for problem in file.problems]
    sys.stdout.write(f"{len(FILES)} files, {events} events, {len(told)} problems\n" + "\n".join(told) + "\n")
    assert events >= 96
    datable = [path for path in FILES if b"DTSTART" in path.read_bytes() and b"BEGIN:VEVENT" in path.read_bytes()]
    unread = {path.stem for path in datable if not found[path.stem].events}
    assert unread == KNOWN_BROKEN


def test_a_calendar_whose_end_is_missing_still_gives_its_events() -> None:
    found = read_ics((FOLDER / "calendars__alarm_thunderbird_future.ics").read_bytes().split(b"END:VEVENT")[0])
    assert len(found.events) == 1
    assert found.events[0].summary
