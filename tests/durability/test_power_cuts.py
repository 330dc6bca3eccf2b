"""The power fails at any moment: the store opens as some commit left it, and none that was acknowledged is lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from durability.recorded_sqlite import Acknowledged, Cut, Event, Recorder, Unit, cuts, fingerprint, recorded_units
from pln.model.contact import Person
from pln.model.journal import Entry
from pln.model.meetup import Meetup, MeetupKind
from pln.services.contacts import save_person
from pln.services.context import Context
from pln.services.journal import save_entry
from pln.services.meetup_log import log_meetup
from pln.store import connection
from store_fixtures import TODAY

OFTEN = "wal_autocheckpoint=100"
"""Fold the log into the file every 100 pages instead of 1000, so that many cuts fall into it."""


def a_busy_hour(ctx: Context, rounds: int) -> list[Unit]:
    """The transactions of somebody who writes, adds people and notes meetups."""
    chance = random.Random(1)
    with recorded_units() as units:
        entry = save_entry(ctx, Entry(title="a day", body=""))
        for number in range(rounds):
            filling = f"word{number} " * chance.choice((2, 60, 600, 6000))
            entry = save_entry(ctx, replace(entry, body=f"saved{number} #tag{number % 7} {filling}"))
            person = save_person(ctx, Person(name=f"Somebody {number}", circles=(f"circle {number % 5}",)))
            notes = f"note{number}\n[ ] me: promise {number}\n! lesson {number}\n{filling[:4000]}"
            log_meetup(ctx, Meetup(kind=MeetupKind.TEA, day=TODAY, notes=notes), [(person.id, "")])
    return units


def outcomes(events: Sequence[Event], number: int, folder: Path) -> Counter[str]:
    """How the store was found after so many cuts: "whole", "lost" (of what was acknowledged), "damaged"."""
    states = [each.state for each in events if isinstance(each, Acknowledged)]
    begun = next(place for place, each in enumerate(events) if isinstance(each, Acknowledged))
    chance = random.Random(5)
    places = chance.sample(range(begun + 1, len(events)), number)
    return Counter(_found(each, states, _emptied(folder)) for each in cuts(events, places, chance))


def _found(cut: Cut, states: Sequence[str], folder: Path) -> str:
    for name, data in cut.files.items():
        (folder / name).write_bytes(data)
    try:
        opened = apsw.Connection(str(folder / "store.db"))
        try:
            sound = [row for (row,) in opened.execute("PRAGMA integrity_check")] == ["ok"]
            opened.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)")
            state = fingerprint(opened)
        finally:
            opened.close()
    except apsw.Error:
        return "damaged"
    if not sound or state not in states:
        return "damaged"
    # Some units change nothing, so one state can stand for several commits: the last of them counts.
    latest = len(states) - 1 - states[::-1].index(state)
    return "lost" if latest + 1 < cut.acknowledged else "whole"


def _emptied(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for each in folder.iterdir():
        each.unlink()
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "live"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("more", [(), (OFTEN,)], ids=["as it is", "folded in often"])
def test_nothing_acknowledged_is_lost_in_60_power_cuts(
    context: Context, made: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    events = Recorder(made, (*connection._PRAGMAS, *more)).run(a_busy_hour(context, 40))
    assert outcomes(events, 60, tmp_path / "cut") == {"whole": 60}


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("more", [(), (OFTEN,)], ids=["as it is", "folded in often"])
def test_nothing_acknowledged_is_lost_in_300_power_cuts(
    context: Context, made: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    events = Recorder(made, (*connection._PRAGMAS, *more)).run(a_busy_hour(context, 120))
    assert outcomes(events, 300, tmp_path / "cut") == {"whole": 300}


@pytest.mark.parametrize(("instead", "outcome"), [("NORMAL", "lost"), ("OFF", "damaged")])
def test_the_cuts_can_do_harm(context: Context, made: Path, tmp_path: Path, instead: str, outcome: str) -> None:
    """The same with the pragma taken back that flushes every commit: so the tests above mean something."""
    lax = tuple(f"synchronous={instead}" if each == "synchronous=FULL" else each for each in connection._PRAGMAS)
    assert lax != connection._PRAGMAS
    found = outcomes(Recorder(made, (*lax, OFTEN)).run(a_busy_hour(context, 40)), 60, tmp_path / "cut")
    assert found[outcome] >= 20, found


def test_every_commit_of_the_store_is_replayed(context: Context, made: Path) -> None:
    """What is cut is what PLN writes: replayed in plain SQLite, the same rows stand in the same tables."""
    units = a_busy_hour(context, 3)
    events = Recorder(made).run(units)
    assert len(units) == 1 + 3 * 3
    assert sum(isinstance(each, Acknowledged) for each in events) == len(units) + 1
    plain = apsw.Connection(str(made / "store.db"))
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
    with context.store.read() as work:
        ask = work.people.connection.exec_driver_sql
        for (table,) in plain.execute(tables):
            rows = plain.execute(f'SELECT * FROM "{table}"').fetchall()
            assert rows == [tuple(row) for row in ask(f'SELECT * FROM "{table}"')], table
    plain.close()
