"""kill -9 while PLN writes: every commit that was acknowledged is there, whole, and found by the search."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest

from pln.model.changes import Noun
from pln.store.unit_of_work import Store
from store_fixtures import make_store

TESTS = Path(__file__).parent.parent


def killed_while_writing(root: Path, run: int, seconds: float) -> dict[str, int]:
    """The highest number of each kind of commit that the child acknowledged before it was killed."""
    command = [sys.executable, str(Path(__file__).parent / "writing_child.py"), str(root), str(run)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    rest, complaint = child.communicate()
    assert first, complaint
    acknowledged: dict[str, int] = defaultdict(int)
    for line in (first + rest).splitlines(keepends=True):
        if line.endswith("\n"):
            what, _run, number = line.split()
            acknowledged[what] = int(number)
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


def kill_again_and_again(root: Path, cycles: int) -> int:
    chance, commits = random.Random(7), 0
    for run in range(cycles):
        acknowledged = killed_while_writing(root, run, chance.uniform(0, 0.3))
        store = make_store(root / "store.db", create=False)
        assert store.check() == ()
        assert_nothing_lost(store, run, acknowledged)
        store.close()
        commits += acknowledged["entry"] + acknowledged["meetup"]
    return commits


def test_nothing_acknowledged_is_lost_in_12_kills(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path, 12) > 12


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_acknowledged_is_lost_in_300_kills(tmp_path: Path) -> None:
    commits = sum(kill_again_and_again(_made(tmp_path / str(part)), 20) for part in range(15))
    assert commits > 1000


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_kill_while_the_store_is_made_leaves_nothing_or_all_of_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from store_fixtures import make_store\n"
        "print('go', flush=True); make_store(Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
    for part in range(6):
        path = _made(tmp_path / str(part)) / "store.db"
        child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, env=environment)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(part * 0.004)
        child.kill()
        child.communicate()
        store = make_store(path)
        assert store.check() == ()
        store.close()
