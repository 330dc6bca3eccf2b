"""kill -9 while PLN writes: every commit that was acknowledged is there, whole, and found by the search."""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from forked import Forks
from pln.model.changes import Noun
from pln.store.unit_of_work import Store
from store_fixtures import make_store

WRITING = Path(__file__).parent / "writing_child.py"
MAKING = Path(__file__).parent / "making_child.py"
REOPENED_SECONDS = 0.05
"""From a store that was killed to its first answer: the log beside it is read and folded in meanwhile."""


def killed_while_writing(forks: Forks, root: Path, run: int, seconds: float) -> dict[str, int]:
    """The highest number of each kind of commit that a fork acknowledged before it was killed."""
    forks.start(root, run)
    said = [forks.next()]
    time.sleep(seconds)
    forks.kill()
    acknowledged: dict[str, int] = defaultdict(int)
    acknowledged.update((what, int(number)) for what, number in (*said, *forks.rest()))
    return acknowledged


def assert_nothing_lost(store: Store, run: int, acknowledged: dict[str, int]) -> None:
    with store.read() as work:
        (entry,) = (each for each in work.journal.everything() if each.title == f"run{run}")
        saved = int(entry.body.split()[0].removeprefix("saved"))
        assert acknowledged["entry"] <= saved <= acknowledged["entry"] + 1
        assert work.search.ids(f"saved{saved}", Noun.ENTRY)[0] == entry.id
        for number in range(1, acknowledged["meetup"] + 1):
            (meetup,) = work.meetups.get_many(work.search.ids(f"run{run} note{number} ", Noun.MEETUP))
            assert work.people.names(meetup.people) == {meetup.people[0]: f"run{run} number{number}"}
            assert len(work.meetups.marks_of(meetup.id)) == 2
        mine = [each for each in work.meetups.everything() if each.notes.startswith(f"run{run} ")]
        assert acknowledged["meetup"] <= len(mine) <= acknowledged["meetup"] + 1


@dataclass
class Kills:
    """What came of a row of them. commits: acknowledged in all. reopened: seconds to the first answer after each."""

    commits: int = 0
    reopened: list[float] = field(default_factory=list)

    def again_and_again(self, root: Path, cycles: int) -> Kills:
        chance = random.Random(7)
        with Forks(WRITING) as forks:
            for run in range(cycles):
                self._look(root, run, killed_while_writing(forks, root, run, chance.uniform(0, 0.25)))
        return self

    def _look(self, root: Path, run: int, acknowledged: dict[str, int]) -> None:
        before = time.perf_counter()
        store = make_store(root / "store.db", create=False)
        with store.read() as work:
            assert work.journal.total() == run + 1
        self.reopened.append(time.perf_counter() - before)
        assert store.check() == ()
        assert_nothing_lost(store, run, acknowledged)
        store.close()
        self.commits += acknowledged["entry"] + acknowledged["meetup"]

    def assert_reopened_soon(self) -> None:
        """In the middle: single kills may fall on a moment when this machine does something else."""
        middle = median(self.reopened)
        sys.stdout.write(f"{len(self.reopened)} kills, {self.commits} commits, open again in {middle * 1000:.1f} ms\n")
        assert middle < REOPENED_SECONDS


def test_nothing_acknowledged_is_lost_in_25_kills(tmp_path: Path) -> None:
    kills = Kills().again_and_again(tmp_path, 25)
    assert kills.commits > 25
    kills.assert_reopened_soon()


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_acknowledged_is_lost_in_300_kills(tmp_path: Path) -> None:
    kills = Kills()
    for part in range(15):
        kills.again_and_again(_made(tmp_path / str(part)), 20)
    assert kills.commits > 1000
    kills.assert_reopened_soon()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_kill_while_the_store_is_made_leaves_nothing_or_all_of_it(tmp_path: Path) -> None:
    with Forks(MAKING) as forks:
        for part in range(10):
            path = _made(tmp_path / str(part)) / "store.db"
            forks.start(path)
            forks.next()
            time.sleep(part * 0.004)
            forks.kill()
            list(forks.rest())
            store = make_store(path)
            assert store.check() == ()
            store.close()
