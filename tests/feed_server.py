"""A small web server on this computer for tests: serves feeds, redirects, hangs, drips, and counts what it was asked.

    with FeedServer({"/a.xml": b"<rss>...", "/b.xml": redirect("/a.xml")}) as server:
        http = Http(allow=server.allow)
        http.get(server.url("/b.xml"))
        assert server.counts["/a.xml"] == 1

A route is bytes (served with an ETag, and 304 to who has it) or a callable `(Request) -> Reply`.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    """What was asked. stopping is set when the server ends: whoever waits must wait on it."""

    path: str
    headers: Mapping[str, str]
    stopping: threading.Event


@dataclass(frozen=True)
class Reply:
    """What is answered. chunks: sent one by one, the connection is closed after them (no Content-Length)."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    chunks: Iterable[bytes] | None = None


Route = bytes | Callable[[Request], Reply]


def redirect(to: str, status: int = 302) -> Route:
    """A redirect to an address or a path."""
    return lambda request: Reply(status, {"Location": to})


def status(code: int, **headers: str) -> Route:
    """An empty answer with a status; headers with _ for - (Retry_After="120")."""
    return lambda request: Reply(code, {name.replace("_", "-"): value for name, value in headers.items()})


def hang(request: Request) -> Reply:
    """Accept the request and never answer."""
    request.stopping.wait()
    return Reply(500)


def drip(body: bytes, *, every: float, size: int = 1) -> Route:
    """Send a body slowly: size bytes every so many seconds."""

    def chunks(request: Request) -> Iterable[bytes]:
        for start in range(0, len(body), size):
            if request.stopping.wait(every):
                return
            yield body[start : start + size]

    return lambda request: Reply(chunks=chunks(request))


def endless(chunk: bytes = b"x" * 65536, headers: Mapping[str, str] | None = None) -> Route:
    """Send the same bytes until the other side gives up."""

    def chunks(request: Request) -> Iterable[bytes]:
        while not request.stopping.is_set():
            yield chunk

    return lambda request: Reply(headers=headers or {}, chunks=chunks(request))


class FeedServer:
    """Serves `routes` (path -> Route, may be changed at any time) on 127.0.0.1 at a free port while in its `with`.

    counts: requests by path. requests: all of them in order. allow: the place, as Http takes it.
    delay: seconds before each answer.
    """

    def __init__(self, routes: dict[str, Route] | None = None, *, delay: float = 0.0) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.counts: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.delay = delay
        self.busiest = 0  # most requests under way at once
        self._under_way = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler_for(self))
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="feed-server")

    @property
    def allow(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}"})

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> FeedServer:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Go offline: end every connection and every thread. Safe to call twice."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._server.shutdown()
        self.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def connections(self) -> int:
        """How many connections were ever made."""
        return self._server.accepted

    def hang_up(self) -> None:
        """Close all connections; the server goes on."""
        self._server.close_connections()

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        request = Request(path, headers, self._stopping)
        with self._lock:
            self.counts[path] += 1
            self.requests.append(request)
            self._under_way += 1
            self.busiest = max(self.busiest, self._under_way)
        try:
            if self.delay:
                self._stopping.wait(self.delay)
            return self._route(request)
        finally:
            with self._lock:
                self._under_way -= 1

    def _route(self, request: Request) -> Reply:
        route = self.routes.get(request.path, self.routes.get(request.path.partition("?")[0]))
        if route is None:
            return Reply(404)
        return _document(request, route) if isinstance(route, bytes) else route(request)


def _document(request: Request, body: bytes) -> Reply:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == etag:
        return Reply(304, {"ETag": etag})
    return Reply(200, {"ETag": etag, "Content-Type": "application/xml"}, body)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()
        self.accepted = 0

    def process_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.add(request)
        self.accepted += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.discard(request)
        super().shutdown_request(request)  # type: ignore[arg-type]

    def close_connections(self) -> None:
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients of these tests hang up at will."""


def _handler_for(server: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = server.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.chunks is None:
                self._send_body(reply)
            else:
                self._send_chunks(reply.chunks)

        def _send_body(self, reply: Reply) -> None:
            if reply.status != 304 and "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            promised = reply.headers.get("Content-Length")
            if promised is not None and int(promised) != len(reply.body):
                self.close_connection = True

        def _send_chunks(self, chunks: Iterable[bytes]) -> None:
            self.close_connection = True
            self.send_header("Connection", "close")
            self.end_headers()
            for chunk in chunks:
                self.wfile.write(chunk)

        def log_message(self, *args: object) -> None:
            """Nothing on the test's terminal."""

    return Handler
