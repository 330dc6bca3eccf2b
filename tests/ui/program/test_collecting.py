"""What hangs together in circles is given back, on the window's thread, and never in full while a refresh runs."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.ui.program.collecting import Bite, Collecting, Moment, bite
from ui.program.whole_program import DictSecrets, new_profile, running

FULL = (Bite.GROWN, Bite.ALL)
MANY = st.integers(0, 5_000_000)
MOMENTS = st.builds(
    Moment, young=MANY, middle=MANY, grown=MANY, all=MANY, busy=st.booleans(),
    untouched=st.integers(0, 7200).map(lambda seconds: timedelta(seconds=seconds)), behind=st.integers(0, 500),
)  # fmt: skip
HERE, AWAY = timedelta(0), timedelta(minutes=6)


class Ring:
    """Holds itself: only a collection ends it."""

    def __init__(self) -> None:
        self.me = self


class Scene:
    """A collecting whose owner is there or not, and does something or not."""

    def __init__(self) -> None:
        self.busy, self.untouched = False, HERE
        self._parent = QObject()
        self.collecting = Collecting(lambda: self.busy, lambda: self.untouched, self._parent)


@pytest.fixture
def scene(qapp: QApplication) -> Iterator[Scene]:
    made = Scene()
    made.collecting.begin()
    yield made
    made.collecting.end()


@pytest.fixture
def collections() -> Iterator[list[tuple[int, str]]]:
    """(generation, thread) of every collection."""
    seen: list[tuple[int, str]] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append((info["generation"], threading.current_thread().name))

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def rings(number: int) -> weakref.ref[Ring]:
    """So many rings that nobody holds."""
    for _ in range(number - 1):
        Ring()
    last = Ring()
    return weakref.ref(last)


@given(now=MOMENTS)
def test_nothing_is_looked_through_while_something_runs(now: Moment) -> None:
    taken = bite(replace(now, busy=True))
    assert taken in (Bite.NOTHING, Bite.ASIDE, Bite.ALL)
    assert taken is not Bite.ALL or now.all + now.young >= 1_000_000


@given(now=MOMENTS)
def test_who_is_there_waits_for_small_bites_only(now: Moment) -> None:
    taken = bite(replace(now, untouched=timedelta(seconds=3), behind=0, busy=False))
    if taken in FULL:
        assert taken is Bite.ALL and now.all + now.young >= 1_000_000
    if taken in (Bite.YOUNG, Bite.MIDDLE):
        assert now.young < 20_000


@given(now=MOMENTS)
def test_what_came_is_never_left_lying_without_end(now: Moment) -> None:
    assert bite(now) is not Bite.NOTHING or now.all + now.young < 1_000_000
    if bite(replace(now, busy=False, untouched=AWAY)) in (Bite.NOTHING, Bite.YOUNG, Bite.MIDDLE):
        assert now.all + now.young < 50_000


def test_young_rings_go_while_one_works(scene: Scene) -> None:
    gone = rings(5_000)
    assert gone() is not None
    assert scene.collecting.look() is Bite.YOUNG
    assert gone() is None


def test_a_crowd_is_left_until_there_is_rest(scene: Scene) -> None:
    gone = rings(30_000)
    assert scene.collecting.look() is Bite.NOTHING
    scene.untouched = timedelta(seconds=11)
    assert scene.collecting.look() is Bite.GROWN
    assert gone() is None


def test_what_was_set_aside_goes_when_the_owner_is_away(scene: Scene) -> None:
    scene.busy = True
    gone = rings(160_000)
    assert scene.collecting.look() is Bite.ASIDE
    assert scene.collecting.look() is Bite.NOTHING
    assert gone() is not None
    scene.busy, scene.untouched = False, AWAY
    assert scene.collecting.look() is Bite.ALL
    assert gone() is None


def test_a_long_session_without_any_rest_stays_within_bounds(scene: Scene) -> None:
    scene.busy = True
    living: list[weakref.ref[Ring]] = []
    most = 0
    for _ in range(25):
        living = [each for each in (*living, *(rings(1) for _ in range(50))) if each() is not None]
        rings(100_000)
        scene.collecting.look()
        most = max(most, len(living))
    assert most < 25 * 50, "not all of them lived to the end"


def test_after_it_python_collects_as_it_did_before(qapp: QApplication) -> None:
    assert gc.isenabled()
    scene = Scene()
    scene.collecting.begin()
    assert not gc.isenabled()
    scene.collecting.end()
    assert gc.isenabled()


def test_the_program_collects_on_the_windows_thread_and_nothing_in_full_while_a_job_runs(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, collections: list[tuple[int, str]]
) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "profile", secrets)
    with running(qtbot, qapp, tmp_path / "profile", secrets) as start:
        qtbot.waitUntil(lambda: start.program is not None and start.program.tasks.idle, timeout=20_000)
        program, window = start.program, threading.current_thread().name
        assert program is not None
        go_on = threading.Event()

        def job(_task: Any) -> None:
            rings(30_000)
            go_on.wait(20)

        program.tasks.start("Refreshing feeds", job)
        collections.clear()
        looked = [start.collecting.look() for _ in range(40)]  # long enough for a window that is not in front
        assert set(looked) == {Bite.NOTHING}
        assert collections == []
        go_on.set()
        qtbot.waitUntil(lambda: program.tasks.idle)
        assert start.collecting.look() in FULL or start.collecting._behind == 0
        assert {thread for _, thread in collections} <= {window}


def test_what_is_dropped_by_locking_is_looked_for_at_once(scene: Scene) -> None:
    gone = rings(10)
    scene.collecting.begin()  # frozen
    scene.collecting.everything()
    assert gone() is None
