"""Read feeds in a process of their own, so that no feed can freeze, fill or crash the program."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, cast

from pln.model.errors import Cancelled, UnreadableInput
from pln.model.feed import ParsedEntry, ParsedFeed
from pln.model.offline import Picture
from pln.sources import parse_worker
from pln.sources.page_bounds import PageText

DEADLINE_SECONDS = 8.0
_START_SECONDS = 60.0  # for a process to start on a busy machine
_GLANCE_SECONDS = 0.2


class WorkerError(RuntimeError):
    """The worker did not start, or met an error that is not the feed's fault. The message holds the traceback."""


class _WorkerDied(Exception):  # caught in this module
    """The process ended in the middle: out of memory, or it had gone to rest."""


class Parser:
    """Reads one feed at a time in a worker process, started at the first feed. Safe to use from several threads.

    deadline_seconds: after so long with one feed the worker is killed and the feed refused; the next feed is fine.
    idle_seconds: without work for so long, the worker ends by itself, to be started again when needed.
    settle: called in the worker before anything else; a function of a module, so that a new process finds it.
    """

    def __init__(
        self,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        idle_seconds: float = parse_worker.IDLE_SECONDS,
        memory_bytes: int = parse_worker.MEMORY_BYTES,
        settle: Callable[[], object] = parse_worker.nothing_more,
    ) -> None:
        self._deadline = deadline_seconds
        self._settings = (idle_seconds, memory_bytes, settle)
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def worker_id(self) -> int | None:
        """The worker's process id while one runs."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def parse(
        self, body: bytes, *, url: str, content_type: str = "", cancelled: Callable[[], bool] = lambda: False
    ) -> ParsedFeed:
        """The feed in a response's body, sanitised. url: its address, for relative links.

        Raises UnreadableInput where the body is no feed, or one that takes too much time or memory; Cancelled.
        """
        return cast(ParsedFeed, self._ask((parse_worker.FEED, body, url, content_type), cancelled))

    def feed_links(
        self, body: bytes, *, url: str, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[tuple[str, str], ...]:
        """(address, title) of each feed that a web page names."""
        return cast(tuple[tuple[str, str], ...], self._ask((parse_worker.PAGE, body, url, ""), cancelled))

    def page_text(
        self, body: bytes, *, url: str, content_type: str = "", cancelled: Callable[[], bool] = lambda: False
    ) -> PageText:
        """The article in its own page, sanitised. Raises as `parse` does."""
        return cast(PageText, self._ask((parse_worker.ARTICLE, body, url, content_type), cancelled))

    def picture(self, body: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> Picture:
        """A picture made anew from one of the web. Raises as `parse` does."""
        return cast(Picture, self._ask((parse_worker.PICTURE, body, "", ""), cancelled))

    def item(self, body: bytes, *, url: str, cancelled: Callable[[], bool] = lambda: False) -> ParsedEntry:
        """One article of another reader, sanitised. body: as `single_entry` packs it. Raises as `parse` does."""
        return cast(ParsedEntry, self._ask((parse_worker.ITEM, body, url, ""), cancelled))

    def close(self) -> None:
        """End the worker. The parser can be used again: it starts another."""
        with self._lock:
            self._stop(gently=True)

    def _ask(self, task: tuple[str, bytes, str, str], cancelled: Callable[[], bool]) -> Any:
        with self._turn(cancelled):
            try:
                answer = self._ask_once(task, cancelled)
            except _WorkerDied:  # it may just have gone to rest: one more try tells
                answer = self._ask_again(task, cancelled)
        return _value(answer)

    @contextlib.contextmanager
    def _turn(self, cancelled: Callable[[], bool]) -> Any:
        while not self._lock.acquire(timeout=_GLANCE_SECONDS):
            if cancelled():
                raise Cancelled
        try:
            yield
        finally:
            self._lock.release()

    def _ask_again(self, task: tuple[str, bytes, str, str], cancelled: Callable[[], bool]) -> tuple[Any, ...]:
        try:
            return self._ask_once(task, cancelled)
        except _WorkerDied as fault:
            raise UnreadableInput(
                "The feed could not be read", "Reading it took more memory than a feed may take, so PLN left it alone."
            ) from fault

    def _ask_once(self, task: tuple[str, bytes, str, str], cancelled: Callable[[], bool]) -> tuple[Any, ...]:
        try:
            connection = self._started(cancelled)
            kind, body, url, content_type = task
            connection.send((kind, url, content_type))
            connection.send_bytes(body)  # as it is: packing 20 MB would keep every other thread waiting
            return self._received(connection, cancelled)
        except (EOFError, OSError) as fault:
            self._stop()
            raise _WorkerDied from fault
        except BaseException:
            self._stop()  # its answer would come to the next question
            raise

    def _received(self, connection: Connection, cancelled: Callable[[], bool]) -> tuple[Any, ...]:
        answer = cast(tuple[Any, ...], self._wait(connection, self._deadline, cancelled))
        if answer[0] != parse_worker.IN_PARTS:
            return answer
        _, feed, number = answer
        parts = [self._wait(connection, self._deadline, cancelled) for _ in range(number)]
        return parse_worker.OK, replace(feed, entries=tuple(chain.from_iterable(parts)))

    def _started(self, cancelled: Callable[[], bool]) -> Connection:
        if self._connection is not None:
            return self._connection
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        process = context.Process(
            target=parse_worker.serve, args=(theirs, *self._settings), daemon=True, name="pln-parser"
        )
        process.start()
        self._process = process
        theirs.close()
        try:
            self._wait(self._connection, _START_SECONDS, cancelled)
        except (EOFError, OSError, UnreadableInput) as fault:
            raise WorkerError("the process that reads feeds did not start") from fault
        return self._connection

    def _wait(self, connection: Connection, seconds: float, cancelled: Callable[[], bool]) -> Any:
        ends = time.monotonic() + seconds
        while not connection.poll(_GLANCE_SECONDS):
            if cancelled():
                raise Cancelled
            if time.monotonic() >= ends:
                raise UnreadableInput(
                    "The feed could not be read",
                    f"Reading it took more than {seconds:g} seconds, so PLN stopped. What is stored is untouched.",
                )
        return connection.recv()

    def _stop(self, *, gently: bool = False) -> None:
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if connection is not None:
            connection.close()
        if process is None:
            return
        if gently:
            process.join(1.0)
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


def _value(answer: tuple[Any, ...]) -> Any:
    kind, *rest = answer
    if kind == parse_worker.REFUSED:
        raise UnreadableInput(*rest)
    if kind == parse_worker.BUG:
        raise WorkerError(rest[0])
    return rest[0]
