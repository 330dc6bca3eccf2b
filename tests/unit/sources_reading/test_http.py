"""The HTTP layer against a real server on this machine: bounds, redirects, validators, faults, cancel."""

from __future__ import annotations

import contextlib
import gzip
import logging
import socket
import threading
import time
import zlib
from collections.abc import Iterator

import pytest

from feed_server import FeedServer, Reply, drip, endless, hang, redirect, status
from pln.model.errors import Cancelled, NetworkFault, PlnError, UnreadableInput
from pln.sources.http import MAX_HOPS, USER_AGENT, Http, shown

BODY = b"<rss>hello</rss>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a.xml": BODY}) as running:
        yield running


@pytest.fixture
def http(server: FeedServer) -> Iterator[Http]:
    with Http(allow=server.allow) as running:
        yield running


def test_body_status_and_lower_case_headers_come_back(server: FeedServer, http: Http) -> None:
    response = http.get(server.url("/a.xml"))
    assert (response.status, response.body, response.url) == (200, BODY, server.url("/a.xml"))
    assert response.headers["content-type"] == "application/xml"
    assert response.permanent_url == ""


def test_request_says_who_asks_and_nothing_about_the_reader(server: FeedServer, http: Http) -> None:
    http.get(server.url("/a.xml"))
    sent = server.requests[0].headers
    assert sent["user-agent"] == USER_AGENT
    assert sent["accept-encoding"] == "gzip"
    assert {"cookie", "referer", "from", "authorization"}.isdisjoint(sent)


def test_validators_go_out_as_they_came_and_304_has_no_body(server: FeedServer, http: Http) -> None:
    first = http.get(server.url("/a.xml"))
    again = http.get(server.url("/a.xml"), etag=first.headers["etag"], last_modified="Not Quite A Date")
    assert (again.status, again.body) == (304, b"")
    assert server.requests[1].headers["if-modified-since"] == "Not Quite A Date"


def test_user_and_password_of_an_address_are_sent_but_not_to_the_next_host(server: FeedServer) -> None:
    with FeedServer({"/a.xml": BODY}) as other:
        server.routes["/in"] = redirect(other.url("/a.xml"))
        with Http(allow=server.allow | other.allow) as http:
            http.get(server.url("/in").replace("http://", "http://ada:p%40ss@"))
        assert server.requests[0].headers["authorization"] == "Basic YWRhOnBAc3M="
        assert "authorization" not in other.requests[0].headers


def test_connection_is_kept_for_the_next_request(server: FeedServer, http: Http) -> None:
    for _ in range(5):
        http.get(server.url("/a.xml"))
    assert server.connections == 1


def test_connection_closed_by_the_server_meanwhile_is_replaced(server: FeedServer, http: Http) -> None:
    http.get(server.url("/a.xml"))
    server.hang_up()
    assert http.get(server.url("/a.xml")).body == BODY


@pytest.mark.parametrize(
    ("chain", "permanent"),
    [((301, 308), "/a.xml"), ((301, 302), "/1"), ((302, 301), ""), ((307,), ""), ((303,), ""), ((308,), "/a.xml")],
)
def test_permanent_address_ends_where_the_permanent_chain_does(
    server: FeedServer, http: Http, chain: tuple[int, ...], permanent: str
) -> None:
    for number, code in enumerate(chain):
        last = number == len(chain) - 1
        server.routes[f"/{number}"] = redirect("/a.xml" if last else f"/{number + 1}", code)
    response = http.get(server.url("/0"))
    assert (response.url, response.body) == (server.url("/a.xml"), BODY)
    assert response.permanent_url == (server.url(permanent) if permanent else "")


def test_five_hops_are_followed_and_the_sixth_is_not(server: FeedServer, http: Http) -> None:
    for number in range(7):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}")
    server.routes["/5"] = BODY
    assert http.get(server.url("/0")).body == BODY
    server.routes["/5"] = redirect("/6")
    server.routes["/6"] = BODY
    with pytest.raises(NetworkFault, match="circles"):
        http.get(server.url("/0"))


def test_circle_of_redirects_ends(server: FeedServer, http: Http) -> None:
    server.routes["/loop"] = redirect("/loop", 301)
    with pytest.raises(NetworkFault, match="circles"):
        http.get(server.url("/loop"))
    assert server.counts["/loop"] == MAX_HOPS + 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://", "http://["]
)
def test_redirect_to_what_is_no_web_address_is_refused(server: FeedServer, http: Http, target: str) -> None:
    server.routes["/out"] = redirect(target)
    with pytest.raises(NetworkFault):
        http.get(server.url("/out"))


def test_gzip_is_unpacked(server: FeedServer, http: Http) -> None:
    server.routes["/z"] = lambda request: Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(BODY * 100))
    assert http.get(server.url("/z")).body == BODY * 100


def test_gzip_bomb_is_cut_within_little_memory_and_time(server: FeedServer, http: Http) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1024 * 1024) for _ in range(300)) + packer.flush()
    server.routes["/bomb"] = lambda request: Reply(headers={"Content-Encoding": "gzip"}, body=bomb)
    started = time.monotonic()
    with pytest.raises(UnreadableInput, match="20 MB"):
        http.get(server.url("/bomb"))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br"])
def test_other_packing_than_gzip_is_refused(server: FeedServer, http: Http, encoding: str) -> None:
    server.routes["/z"] = lambda request: Reply(headers={"Content-Encoding": encoding}, body=b"x")
    with pytest.raises(UnreadableInput, match="unknown way"):
        http.get(server.url("/z"))


def test_damaged_and_cut_gzip_have_their_sentences(server: FeedServer, http: Http) -> None:
    packed = gzip.compress(b"".join(b"%d" % number for number in range(5000)))
    server.routes["/cut"] = lambda request: Reply(headers={"Content-Encoding": "gzip"}, body=packed[:500])
    server.routes["/bad"] = lambda request: Reply(headers={"Content-Encoding": "gzip"}, body=b"not gzip at all")
    with pytest.raises(NetworkFault, match="broke off"):
        http.get(server.url("/cut"))
    with pytest.raises(UnreadableInput, match="damaged"):
        http.get(server.url("/bad"))


def test_endless_body_is_cut(server: FeedServer, http: Http) -> None:
    server.routes["/endless"] = endless()
    with pytest.raises(UnreadableInput, match="never ends or is larger than 10 MB"):
        http.get(server.url("/endless"))


def test_announced_size_beyond_the_bound_is_not_even_read(server: FeedServer, http: Http) -> None:
    server.routes["/huge"] = lambda request: Reply(headers={"Content-Length": str(10**12)}, body=b"x")
    with pytest.raises(UnreadableInput, match="too large"):
        http.get(server.url("/huge"))


def test_callers_own_bound_holds(server: FeedServer, http: Http) -> None:
    with pytest.raises(UnreadableInput, match="too large"):
        http.get(server.url("/a.xml"), max_bytes=len(BODY) - 1)
    assert http.get(server.url("/a.xml"), max_bytes=len(BODY)).body == BODY


@pytest.mark.parametrize("slow", [hang, drip(b"x" * 1000, every=0.5)], ids=["hangs", "two bytes a second"])
def test_deadline_ends_a_slow_answer(server: FeedServer, http: Http, slow: object) -> None:
    server.routes["/slow"] = slow  # type: ignore[assignment]
    started = time.monotonic()
    with pytest.raises(NetworkFault, match="took too long"):
        http.get(server.url("/slow"), deadline_seconds=0.8)
    assert 0.7 < time.monotonic() - started < 1.5


def test_deadline_ends_slow_headers() -> None:
    with RawServer(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000, every=0.1) as port, Http(allow=_allow(port)) as http:
        started = time.monotonic()
        with pytest.raises(NetworkFault, match="took too long"):
            http.get(f"http://127.0.0.1:{port}/", deadline_seconds=0.8)
        assert time.monotonic() - started < 1.5


def test_cancel_ends_a_hanging_request_soon(server: FeedServer, http: Http) -> None:
    server.routes["/hang"] = hang
    cancel = threading.Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        http.get(server.url("/hang"), cancelled=cancel.is_set)
    assert time.monotonic() - started < 1.0
    timer.join()


def test_body_that_ends_before_its_promised_length_is_a_fault(server: FeedServer, http: Http) -> None:
    server.routes["/cut"] = lambda request: Reply(headers={"Content-Length": "100"}, body=b"half")
    with pytest.raises(NetworkFault, match="broke off"):
        http.get(server.url("/cut"))


def test_answer_that_is_not_http_is_a_fault() -> None:
    server = RawServer(b"SSH-2.0-OpenSSH_9.2\r\n")
    with server as port, Http(allow=_allow(port)) as http, pytest.raises(NetworkFault, match="broke off"):
        http.get(f"http://127.0.0.1:{port}/")


def test_nobody_listening_unknown_name_and_tls_without_tls_have_their_sentences(server: FeedServer) -> None:
    server.stop()
    with Http(allow=server.allow | {"nowhere.invalid:80"}) as http:
        with pytest.raises(NetworkFault, match="does not answer"):
            http.get(server.url("/a.xml"))
        with pytest.raises(NetworkFault, match="not found"):
            http.get("http://nowhere.invalid/feed")
    with FeedServer() as plain, Http(allow=plain.allow) as http, pytest.raises(NetworkFault, match="does not answer"):
        http.get(plain.url("/").replace("http:", "https:"))


@pytest.mark.parametrize(
    "address", ["", "feed", "mailto:a@b.example", "http:///x", "http://[::1", "https://" + "a" * 300]
)
def test_what_is_no_address_is_refused_with_a_sentence(address: str) -> None:
    with Http() as http, pytest.raises(PlnError):
        http.get(address)


def test_error_statuses_come_back_without_body(server: FeedServer, http: Http) -> None:
    server.routes["/gone"] = status(410)
    response = http.get(server.url("/gone"))
    assert (response.status, response.body) == (410, b"")


def test_many_threads_share_one_http(server: FeedServer, http: Http) -> None:
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(http.get(server.url("/a.xml")).body)) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [BODY] * 24


def test_secrets_of_addresses_reach_neither_messages_nor_log(
    server: FeedServer, http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.routes["/loop"] = redirect("/loop?token=CANARY")
    address = server.url("/loop?token=CANARY").replace("http://", "http://ada:CANARY@")
    with pytest.raises(NetworkFault) as caught:
        http.get(address)
    assert "CANARY" not in f"{caught.value} {caplog.text} {shown(address)}"
    assert shown(address) == server.url("/loop")


def _allow(port: int) -> frozenset[str]:
    return frozenset({f"127.0.0.1:{port}"})


class RawServer:
    """Sends given bytes to one caller, whatever it says."""

    def __init__(self, answer: bytes, *, every: float = 0.0) -> None:
        self._answer, self._every = answer, every
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> int:
        self._thread.start()
        port: int = self._socket.getsockname()[1]
        return port

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        self._socket.settimeout(0.1)
        while not self._stop.is_set():
            try:
                caller, _ = self._socket.accept()
            except TimeoutError:
                continue
            with caller:
                self._send(caller)

    def _send(self, caller: socket.socket) -> None:
        caller.settimeout(1)
        with contextlib.suppress(OSError):
            caller.recv(4096)
            for start in range(0, len(self._answer), 2 if self._every else 4096):
                if self._stop.wait(self._every):
                    return
                caller.sendall(self._answer[start : start + (2 if self._every else 4096)])
