"""One feed's refresh over real HTTP: what is asked, what is kept, what is said when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply, Route, redirect, status
from pln.model.errors import Cancelled
from pln.model.feed import Feed, FetchResult, Outcome
from pln.sources.fetch import fetch_feed
from pln.sources.http import Http
from pln.sources.parse import Parser

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BODY = rss(item(1))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/feed": BODY}) as running:
        yield running


@pytest.fixture
def http(server: FeedServer) -> Iterator[Http]:
    with Http(allow=server.allow) as running:
        yield running


def known(server: FeedServer, path: str = "/feed", result: FetchResult | None = None) -> Feed:
    """The feed as it is stored after a result."""
    last = result or FetchResult(feed_id=7, outcome=Outcome.CHANGED)
    return Feed(
        id=7, url=server.url(path), etag=last.etag, last_modified=last.last_modified, body_hash=last.body_hash
    )  # fmt: skip


def test_first_fetch_brings_the_entries_and_validators(server: FeedServer, http: Http, parser: Parser) -> None:
    result = fetch_feed(http, known(server), parser, NOW)
    assert (result.feed_id, result.outcome, result.error, result.moved_to) == (7, Outcome.CHANGED, "", "")
    assert result.parsed is not None
    assert [entry.title for entry in result.parsed.entries] == ["Leaf 1"]
    assert result.etag
    assert result.body_hash


def test_second_fetch_is_304_and_keeps_what_is_known(server: FeedServer, http: Http, parser: Parser) -> None:
    first = fetch_feed(http, known(server), parser, NOW)
    second = fetch_feed(http, known(server, result=first), parser, NOW)
    assert second.outcome is Outcome.UNCHANGED
    assert (second.etag, second.body_hash, second.parsed) == (first.etag, first.body_hash, None)
    assert server.requests[1].headers["if-none-match"] == first.etag


def test_same_body_without_validators_is_unchanged(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/plain"] = lambda request: Reply(body=BODY)
    first = fetch_feed(http, known(server, "/plain"), parser, NOW)
    second = fetch_feed(http, known(server, "/plain", first), parser, NOW)
    assert (first.outcome, second.outcome) == (Outcome.CHANGED, Outcome.UNCHANGED)
    server.routes["/plain"] = lambda request: Reply(body=rss(item(2)))
    assert fetch_feed(http, known(server, "/plain", second), parser, NOW).outcome is Outcome.CHANGED


def test_date_validator_goes_back_as_it_came(server: FeedServer, http: Http, parser: Parser) -> None:
    odd = "Sat,  1 Nov 2026 12:00:00 +0000"
    server.routes["/dated"] = lambda request: (
        Reply(304)
        if request.headers.get("if-modified-since") == odd
        else Reply(headers={"Last-Modified": odd}, body=BODY)
    )
    first = fetch_feed(http, known(server, "/dated"), parser, NOW)
    assert first.last_modified == odd
    second = fetch_feed(http, known(server, "/dated", first), parser, NOW)
    assert (second.outcome, second.last_modified) == (Outcome.UNCHANGED, odd)


def test_body_that_cannot_be_read_is_asked_for_again(server: FeedServer, http: Http, parser: Parser) -> None:
    """Its validators are not kept, or the next answer would be 304 for ever."""
    first = fetch_feed(http, known(server), parser, NOW)
    server.routes["/feed"] = b"<!doctype html><html>Back soon</html>"
    failed = fetch_feed(http, known(server, result=first), parser, NOW)
    assert failed.outcome is Outcome.FAILED
    assert "web page, not a feed" in failed.error
    assert (failed.etag, failed.body_hash) == (first.etag, first.body_hash)


def test_wrong_content_type_is_no_obstacle(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/odd"] = lambda request: Reply(headers={"Content-Type": "text/html; charset=utf-8"}, body=BODY)
    assert fetch_feed(http, known(server, "/odd"), parser, NOW).outcome is Outcome.CHANGED


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("5", timedelta(minutes=1)),
        ("99999999999999999999", timedelta(days=7)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta(hours=2)),
        ("Sun, 22 Nov 2020 11:00:00 GMT", timedelta(minutes=1)),
        ("soon", timedelta(minutes=30)),
        ("", timedelta(minutes=30)),
    ],
)
def test_server_that_asks_for_patience_gets_it(
    server: FeedServer, http: Http, parser: Parser, code: int, said: str, wait: timedelta
) -> None:
    server.routes["/busy"] = status(code, Retry_After=said)
    result = fetch_feed(http, known(server, "/busy"), parser, NOW)
    assert (result.outcome, result.retry_after, result.status) == (Outcome.PATIENCE, NOW + wait, code)
    assert "patience" in result.error


def test_gone_is_told_apart_from_not_found(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/gone"] = status(410)
    gone = fetch_feed(http, known(server, "/gone"), parser, NOW)
    missing = fetch_feed(http, known(server, "/missing"), parser, NOW)
    assert (gone.outcome, missing.outcome) == (Outcome.GONE, Outcome.FAILED)
    assert "ended" in gone.error
    assert "no feed at this address" in missing.error


@pytest.mark.parametrize("code", [401, 403, 418, 500, 502, 300])
def test_other_statuses_fail_with_a_sentence(server: FeedServer, http: Http, parser: Parser, code: int) -> None:
    server.routes["/bad"] = status(code)
    result = fetch_feed(http, known(server, "/bad"), parser, NOW)
    assert result.outcome is Outcome.FAILED
    assert result.error.endswith(".")


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("max-age=600", timedelta(minutes=10)),
        ("public, Max-Age=31536000", timedelta(hours=5)),
        ('max-age="60"', timedelta(minutes=1)),
        ("no-cache", None),
        ("max-age=0", None),
        ("max-age=x", None),
    ],
)
def test_answer_called_fresh_is_not_asked_for_meanwhile(
    server: FeedServer, http: Http, parser: Parser, said: str, until: timedelta | None
) -> None:
    server.routes["/fresh"] = lambda request: Reply(headers={"Cache-Control": said}, body=BODY)
    result = fetch_feed(http, known(server, "/fresh"), parser, NOW)
    assert result.fresh_until == (NOW + until if until else None)
    assert result.retry_after is None


@pytest.mark.parametrize(("code", "moved"), [(301, True), (308, True), (302, False), (307, False)])
def test_permanent_move_is_told(server: FeedServer, http: Http, parser: Parser, code: int, moved: bool) -> None:
    server.routes["/old"] = redirect("/feed", code)
    result = fetch_feed(http, known(server, "/old"), parser, NOW)
    assert result.outcome is Outcome.CHANGED
    assert result.moved_to == (server.url("/feed") if moved else "")


def test_move_to_an_error_is_not_told(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/old"] = redirect("/missing", 301)
    assert fetch_feed(http, known(server, "/old"), parser, NOW).moved_to == ""


def truncated() -> Route:
    return lambda request: Reply(headers={"Content-Length": "99999"}, body=BODY)


def test_faults_of_the_network_are_results(server: FeedServer, http: Http, parser: Parser) -> None:
    server.routes["/cut"] = truncated()
    server.routes["/loop"] = redirect("/loop")
    for path, words in (("/cut", "broke off"), ("/loop", "circles")):
        result = fetch_feed(http, known(server, path), parser, NOW)
        assert result.outcome is Outcome.FAILED
        assert words in result.error
    server.stop()
    assert "does not answer" in fetch_feed(http, known(server), parser, NOW).error


def test_private_address_is_a_result_too(server: FeedServer, parser: Parser) -> None:
    with Http() as http:
        assert "home network" in fetch_feed(http, known(server), parser, NOW).error
    assert server.connections == 0


def test_cancel_is_no_result(server: FeedServer, http: Http, parser: Parser) -> None:
    with pytest.raises(Cancelled):
        fetch_feed(http, known(server), parser, NOW, cancelled=lambda: True)
