"""Many feeds at once over real HTTP: pace, order, cancel, and that one bad feed spoils nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, hang, redirect, status
from pln.model.errors import Cancelled
from pln.model.feed import Feed, FeedState, FetchResult, Outcome, ParsedFeed
from pln.sources.http import Http
from pln.sources.parse import Parser
from pln.sources.refresh import Pace, refresh

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FAST = Pace(host_gap=0.0, at_one_host=16)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({f"/{number}": rss(item(number), title=f"Feed {number}") for number in range(30)}) as running:
        yield running


@pytest.fixture
def http(server: FeedServer) -> Iterator[Http]:
    with Http(allow=server.allow) as running:
        yield running


def feeds(server: FeedServer, *paths: str) -> list[Feed]:
    return [Feed(id=number, url=server.url(path)) for number, path in enumerate(paths, 1)]


def test_each_feed_gets_its_result_on_the_calling_thread(server: FeedServer, http: Http, parser: Parser) -> None:
    results: list[FetchResult] = []
    threads = set()
    progress: list[tuple[int, int]] = []

    def take(result: FetchResult) -> None:
        results.append(result)
        threads.add(threading.current_thread())

    wanted = feeds(server, *(f"/{number}" for number in range(30)))
    refresh(wanted, http, parser, NOW, on_result=take, on_progress=lambda *at: progress.append(at), pace=FAST)
    assert sorted(result.feed_id for result in results) == list(range(1, 31))
    assert {result.feed_id: result.parsed.title for result in results if result.parsed} == {
        number + 1: f"Feed {number}" for number in range(30)
    }
    assert threads == {threading.current_thread()}
    assert progress == [(done, 30) for done in range(31)]


def test_one_host_is_asked_twice_at_once_at_most_and_with_a_breath_between(parser: Parser) -> None:
    with FeedServer({f"/{n}": rss() for n in range(6)}, delay=0.15) as server, Http(allow=server.allow) as http:
        started = time.monotonic()
        refresh(
            feeds(server, *(f"/{n}" for n in range(6))),
            http,
            parser,
            NOW,
            on_result=lambda result: None,
            pace=Pace(host_gap=0.05),
        )
        assert server.busiest == 2
        assert time.monotonic() - started >= 0.05 * 5


def test_hosts_do_not_wait_for_one_another(parser: Parser) -> None:
    servers = [FeedServer({"/a": rss(), "/b": rss(), "/c": rss()}, delay=0.2) for _ in range(4)]
    for server in servers:
        server.__enter__()
    try:
        wanted = [Feed(id=1, url=server.url(path)) for server in servers for path in ("/a", "/b", "/c")]
        with Http(allow=frozenset().union(*(server.allow for server in servers))) as http:
            started = time.monotonic()
            refresh(wanted, http, parser, NOW, on_result=lambda result: None, pace=Pace(host_gap=0.0))
            assert time.monotonic() - started < 4 * 2 * 0.2
    finally:
        for server in servers:
            server.stop()


def test_only_active_feeds_that_are_due_are_asked(server: FeedServer, http: Http, parser: Parser) -> None:
    later, earlier = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)
    wanted = [
        Feed(id=1, url=server.url("/1"), next_check=later),
        Feed(id=2, url=server.url("/2"), next_check=earlier),
        Feed(id=3, url=server.url("/3"), state=FeedState.PAUSED),
        Feed(id=4, url=server.url("/4"), state=FeedState.GONE),
    ]
    asked: list[int] = []
    refresh(wanted, http, parser, NOW, on_result=lambda result: asked.append(result.feed_id))
    assert asked == [2]
    refresh(wanted, http, parser, NOW, on_result=lambda result: asked.append(result.feed_id), force=True)
    assert sorted(asked) == [1, 2, 2]


def test_bad_feeds_spoil_nothing(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes |= {"/loop": redirect("/loop"), "/page": b"<html></html>", "/gone": status(410)}
    results: dict[int, FetchResult] = {}
    wanted = feeds(server, "/loop", "/1", "/page", "/2", "/gone", "/nowhere", "/3")
    refresh(
        wanted, http, parser, NOW, on_result=lambda result: results.__setitem__(result.feed_id, result), pace=FAST
    )  # fmt: skip
    outcomes = [results[number].outcome.value for number in range(1, 8)]
    assert outcomes == ["failed", "changed", "failed", "changed", "gone", "failed", "changed"]


def test_after_a_plea_for_patience_the_rest_of_that_host_is_left_alone(
    http: Http, server: FeedServer, parser: Parser
) -> None:
    server.routes["/busy"] = status(429, Retry_After="600")
    results: list[FetchResult] = []
    refresh(
        feeds(server, "/busy", *(f"/{n}" for n in range(10))),
        http,
        parser,
        NOW,
        on_result=results.append,
        pace=Pace(at_one_host=1, host_gap=0.0),
    )
    assert server.counts.total() == 1
    assert [result.outcome for result in results] == [Outcome.PATIENCE] * 11
    assert [result.asked for result in results] == [True] + [False] * 10
    assert {result.retry_after for result in results} == {NOW + timedelta(minutes=10)}


def test_cancel_ends_soon_and_keeps_what_was_handed_over(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes |= {f"/hang{number}": hang for number in range(20)}
    results: list[FetchResult] = []
    cancel = threading.Event()

    def take(result: FetchResult) -> None:
        results.append(result)
        cancel.set()

    wanted = feeds(server, "/1", *(f"/hang{number}" for number in range(20)))
    started = time.monotonic()
    with pytest.raises(Cancelled):
        refresh(wanted, http, parser, NOW, on_result=take, cancelled=cancel.is_set, pace=FAST)
    assert time.monotonic() - started < 1.5
    assert [result.feed_id for result in results] == [1]


def test_fault_of_the_receiver_ends_the_run_and_its_threads(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/hang"] = hang

    def full(result: FetchResult) -> None:
        raise OSError("disk full")

    started = time.monotonic()
    with pytest.raises(OSError, match="disk full"):
        refresh(feeds(server, "/1", "/hang"), http, parser, NOW, on_result=full, pace=FAST)
    assert time.monotonic() - started < 1.5


def test_bug_met_with_one_feed_is_raised_after_the_others_are_done(
    server: FeedServer, http: Http, parser: Parser
) -> None:
    class Clumsy:
        def parse(self, body: bytes, *, url: str, content_type: str, cancelled: Callable[[], bool]) -> ParsedFeed:
            if url.endswith("/2"):
                raise ZeroDivisionError
            return parser.parse(body, url=url, content_type=content_type, cancelled=cancelled)

    results: dict[int, Outcome] = {}
    with pytest.raises(ZeroDivisionError):
        refresh(
            feeds(server, "/1", "/2", "/3"),
            http,
            Clumsy(),
            NOW,
            on_result=lambda result: results.__setitem__(result.feed_id, result.outcome),
            pace=FAST,
        )
    assert results == {1: Outcome.CHANGED, 2: Outcome.FAILED, 3: Outcome.CHANGED}


def test_nothing_to_do_is_fine(http: Http, parser: Parser) -> None:
    refresh([], http, parser, NOW, on_result=lambda result: None)
