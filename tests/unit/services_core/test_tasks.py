"""Background work: writers in turn, cancelling, results brought home, and no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pln.model.errors import Cancelled
from pln.services.tasks import Task, Tasks


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_writers_run_in_the_order_they_were_given_on_one_thread(tasks: Tasks) -> None:
    ran: list[tuple[int, int]] = []
    futures = [
        tasks.write(lambda number=number: ran.append((number, threading.get_ident()))) for number in range(50)  # type: ignore[misc]
    ]  # fmt: skip
    for future in futures:
        future.result(timeout=5)
    assert [number for number, _thread in ran] == list(range(50))
    assert len({thread for _number, thread in ran}) == 1
    assert threading.get_ident() not in {thread for _number, thread in ran}


def test_results_and_faults_come_home(tasks: Tasks) -> None:
    results: list[object] = []
    tasks.read(lambda: 5, results.append).result(timeout=5)
    fault = tasks.read(lambda: 1 / 0, results.append, results.append)
    with pytest.raises(ZeroDivisionError):
        fault.result(timeout=5)
    tasks.close()
    assert results[0] == 5
    assert isinstance(results[1], ZeroDivisionError)


@pytest.mark.allow_logs
def test_a_fault_that_nobody_waits_for_is_logged(tasks: Tasks, caplog: pytest.LogCaptureFixture) -> None:
    tasks.write(lambda: 1 / 0)
    tasks.close()
    assert "background work failed" in caplog.text


def test_a_job_tells_its_progress_and_its_end(tasks: Tasks) -> None:
    heard: list[tuple[int, int, bool]] = []
    ended = threading.Event()
    tasks.listen(lambda task: heard.append((task.done, task.total, task.finished)))

    def job(task: Task) -> str:
        tasks.step(task, 1, 2, "one")
        tasks.step(task, 2, 2, "two")
        return "done"

    results: list[str] = []
    task = tasks.start("Importing", job, lambda result: (results.append(result), ended.set())[1])  # type: ignore[func-returns-value]
    assert ended.wait(5)
    assert (heard, results) == ([(0, 0, False), (1, 2, False), (2, 2, False), (2, 2, True)], ["done"])
    assert (task.finished, tasks.running) == (True, ())


def test_a_job_that_is_cancelled_ends_at_its_next_step_without_a_complaint(tasks: Tasks) -> None:
    going, ended, steps = threading.Event(), threading.Event(), []

    def job(task: Task) -> None:
        for number in range(1_000_000):
            tasks.step(task, number, 0)
            steps.append(number)
            going.set()

    task = tasks.start("Long", job, failed=lambda fault: ended.set() if isinstance(fault, Cancelled) else None)
    assert going.wait(5)
    assert tasks.running == (task,)
    task.cancel()
    assert ended.wait(5)
    assert (task.cancelled, tasks.running, len(steps) < 1_000_000) == (True, (), True)


def test_closing_ends_jobs_lets_writers_finish_and_forgets_what_never_began() -> None:
    tasks, going, written = Tasks(), threading.Event(), []
    before = set(threading.enumerate())

    def job(task: Task) -> None:
        while True:
            going.set()
            tasks.step(task, 0, 0)

    started = [tasks.start(str(number), job) for number in range(9)]
    assert going.wait(5)
    for number in range(5):
        tasks.write(lambda number=number: written.append(number))  # type: ignore[misc]
    tasks.close()
    assert written == [0, 1, 2, 3, 4]
    assert all(task.finished for task in started)
    assert tasks.running == ()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("pln-")]
