"""Background work: one thread that writes, a few for longer jobs, and results brought home to the caller's thread."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, TypeVar

from pln.model.errors import Cancelled
from pln.services.bus import Post, at_once

Result = TypeVar("Result")
_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Task:
    """A longer job as the status line shows it. done and total count whatever the job counts; total 0: unknown.

    resumable: the next of its kind takes it up where it ended.
    """

    id: int
    title: str
    done: int = 0
    total: int = 0
    text: str = ""
    finished: bool = False
    resumable: bool = False
    _cancelled: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the job to end soon. What it has done stays."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class Tasks:
    """Runs jobs off the calling thread. post: brings a call to the thread where callbacks may run."""

    def __init__(self, post: Post = at_once) -> None:
        self._post = post
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="pln-writer")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="pln-reader")
        self._jobs = ThreadPoolExecutor(3, thread_name_prefix="pln-job")
        self._numbers = itertools.count(1)
        self._running: dict[int, Task] = {}
        self._lock = Lock()
        self._listeners: list[Callable[[Task], None]] = []
        self._unsettled = 0

    def write(
        self, job: Callable[[], Result], done: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Future[Result]:  # fmt: skip
        """Run a short job that writes to the store, in turn with all others."""
        return self._submit(self._writer, job, done, failed)

    def read(
        self, job: Callable[[], Result], done: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Future[Result]:  # fmt: skip
        """Run a job that only reads."""
        return self._submit(self._readers, job, done, failed)

    def start(
        self, title: str, job: Callable[[Task], Result], done: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None, *, resumable: bool = False,
    ) -> Task:  # fmt: skip
        """Run a longer job that shows its progress and can be cancelled (it gets its Task and calls `step`).

        resumable: nothing is lost where it is cancelled unasked.
        """
        task = Task(next(self._numbers), title, resumable=resumable)
        with self._lock:
            self._running[task.id] = task
        self._tell(task)
        future = self._submit(self._jobs, lambda: self._followed(task, job), done, failed)
        future.add_done_callback(lambda ended: self._finish(task) if ended.cancelled() else None)
        return task

    def step(self, task: Task, done: int, total: int, text: str = "") -> None:
        """Say how far a job is. Raises Cancelled where the user asked it to end."""
        task.done, task.total, task.text = done, total, text
        self._tell(task)
        if task.cancelled:
            raise Cancelled

    def listen(self, listener: Callable[[Task], None]) -> None:
        """Hear of every start, step and end (on the home thread)."""
        self._listeners.append(listener)

    @property
    def running(self) -> tuple[Task, ...]:
        with self._lock:
            return tuple(self._running.values())

    def give_way(self) -> None:
        """Cancel the longer jobs that can be taken up again."""
        for task in self.running:
            if task.resumable:
                task.cancel()

    @property
    def idle(self) -> bool:
        """True where nothing is under way; results may still be on their way home."""
        with self._lock:
            return not self._unsettled

    def close(self) -> None:
        """Cancel longer jobs, let writers finish, and wait for all threads."""
        for task in self.running:
            task.cancel()
        self._jobs.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _followed(self, task: Task, job: Callable[[Task], Result]) -> Result:
        try:
            if task.cancelled:
                raise Cancelled
            return job(task)
        finally:
            self._finish(task)

    def _finish(self, task: Task) -> None:
        task.finished = True
        with self._lock:
            self._running.pop(task.id, None)
        self._tell(task)

    def _tell(self, task: Task) -> None:
        if self._listeners:
            self._post(lambda: self._hear(task))

    def _hear(self, task: Task) -> None:
        for listener in self._listeners:
            listener(task)

    def _submit(
        self, pool: ThreadPoolExecutor, job: Callable[[], Result],
        done: Callable[[Result], None] | None, failed: Callable[[BaseException], None] | None,
    ) -> Future[Result]:  # fmt: skip
        with self._lock:
            self._unsettled += 1
        future: Future[Result] = pool.submit(job)
        future.add_done_callback(lambda ended: self._settle(ended, done, failed))
        return future

    def _settle(
        self, ended: Future[Any], done: Callable[[Any], None] | None, failed: Callable[[BaseException], None] | None
    ) -> None:
        try:
            self._home(ended, done, failed)
        finally:
            with self._lock:
                self._unsettled -= 1

    def _home(
        self, ended: Future[Any], done: Callable[[Any], None] | None, failed: Callable[[BaseException], None] | None
    ) -> None:
        if ended.cancelled():
            return
        error = ended.exception()
        if error is None:
            if done is not None:
                result = ended.result()
                self._post(lambda: done(result))
        elif failed is not None:
            self._post(lambda: failed(error))
        elif not isinstance(error, Cancelled):
            _log.error("background work failed", exc_info=error)
