"""Connections kept open between requests: given to one request at a time, and closed when they were idle for long.

httpcore's own pool looks at every connection, by system calls, for every request: with twenty threads on thirty
connections that costs more than the requests.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore

Opener = Callable[[httpcore.Origin], httpcore.NetworkStream]
"""Connects to an origin, TLS included."""

_MOST_IDLE = 32
_IDLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Idle:
    connection: httpcore.HTTP11Connection
    since: float


class Pool:
    """Used from several threads. How many requests run at once is for its users to say."""

    def __init__(self, opener: Opener) -> None:
        self._open = opener
        self._lock = threading.Lock()
        self._idle: deque[_Idle] = deque()  # oldest first
        self._closed = False

    @contextmanager
    def answer(self, request: httpcore.Request) -> Iterator[httpcore.Response]:
        """Send a request; its answer can be read within the block. A body read to its end keeps the connection open."""
        connection, answer = self._send(request)
        try:
            yield answer
        finally:
            answer.close()
            self._give_back(connection)

    def close(self) -> None:
        with self._lock:
            self._closed, idle = True, list(self._idle)
            self._idle.clear()
        for each in idle:
            each.connection.close()

    def _send(self, request: httpcore.Request) -> tuple[httpcore.HTTP11Connection, httpcore.Response]:
        origin = request.url.origin
        # What is no GET is sent once, on a connection that nobody closes meanwhile: what came of it is not known.
        kept = self._take(origin) if request.method == b"GET" else None
        if kept is not None:
            try:
                return kept, kept.handle_request(request)
            except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
                pass  # closed by the server in the moment of its reuse: once more, on a new one
        connection = httpcore.HTTP11Connection(origin, self._open(origin), keepalive_expiry=_IDLE_SECONDS)
        return connection, connection.handle_request(request)

    def _take(self, origin: httpcore.Origin) -> httpcore.HTTP11Connection | None:
        """The connection to this origin that was used last, if the server has not closed it meanwhile."""
        while True:
            with self._lock:
                found = next(
                    (each for each in reversed(self._idle) if each.connection.can_handle_request(origin)), None
                )
                if found is None:
                    return None
                self._idle.remove(found)
            if not found.connection.has_expired():
                return found.connection
            found.connection.close()

    def _give_back(self, connection: httpcore.HTTP11Connection) -> None:
        now = time.monotonic()
        with self._lock:
            if connection.is_idle() and not self._closed:
                self._idle.append(_Idle(connection, now))
                leaving = list(self._leaving(now))
            else:
                leaving = [connection]
        for each in leaving:
            each.close()

    def _leaving(self, now: float) -> Iterator[httpcore.HTTP11Connection]:
        while self._idle and (len(self._idle) > _MOST_IDLE or now - self._idle[0].since > _IDLE_SECONDS):
            yield self._idle.popleft().connection
