"""From what somebody types to the feeds behind it, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, redirect, status
from pln.model.errors import NetworkFault, UnreadableInput
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.discover import FoundFeed, addresses, discover
from pln.sources.http import Http
from pln.sources.parse import Parser

FEED = rss(item(1))
PAGE = b"""<!doctype html><html><head><title>Tea</title>
<link rel="alternate" type="application/rss+xml" title="Posts" href="/posts.xml">
<link rel="alternate" type="application/atom+xml" title="Comments" href="comments.xml"></head></html>"""


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/feed.xml": FEED, "/blog/": PAGE}) as running:
        yield running


@pytest.fixture
def http(server: FeedServer) -> Iterator[Http]:
    with Http(allow=server.allow) as running:
        yield running


def test_feed_is_found_at_its_own_address(server: FeedServer, http: Http, parser: Parser) -> None:
    assert discover(http, server.url("/feed.xml"), parser) == [
        FoundFeed(url=server.url("/feed.xml"), title="Tea Notes")
    ]


def test_feeds_that_a_page_names_are_found_in_its_order(server: FeedServer, http: Http, parser: Parser) -> None:
    assert discover(http, server.url("/blog/"), parser) == [
        FoundFeed(url=server.url("/posts.xml"), title="Posts"),
        FoundFeed(url=server.url("/blog/comments.xml"), title="Comments"),
    ]


@pytest.mark.parametrize("place", ["/feed", "/rss.xml", "/atom.xml", "/index.xml"])
def test_usual_places_are_looked_into(parser: Parser, place: str) -> None:
    routes = {"/": b"<html>Nothing named</html>", "/a/b": b"<html>Nothing named</html>", place: FEED}
    with FeedServer({**routes}) as server, Http(allow=server.allow) as http:
        for path in ("/", "/a/b?c=d"):
            assert [found.url for found in discover(http, server.url(path), parser)] == [server.url(place)]


def test_bare_host_is_asked_with_https_first_then_http(server: FeedServer, http: Http, parser: Parser) -> None:
    typed = server.url("/feed.xml").removeprefix("http://")
    assert [found.url for found in discover(http, typed, parser)] == [server.url("/feed.xml")]
    assert addresses(" tea.example/x ") == ("https://tea.example/x", "http://tea.example/x")


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("feed://tea.example/f", ("https://tea.example/f", "http://tea.example/f")),
        ("feed:https://tea.example/f", ("https://tea.example/f",)),
        ("HTTP://tea.example", ("HTTP://tea.example",)),
        ("  ", ()),
    ],
)
def test_typed_forms(typed: str, tried: tuple[str, ...]) -> None:
    assert addresses(typed) == tried


@pytest.mark.parametrize(("code", "address"), [(301, "/feed.xml"), (302, "/old")])
def test_address_to_keep_follows_permanent_moves_only(
    server: FeedServer, http: Http, parser: Parser, code: int, address: str
) -> None:
    server.routes["/old"] = redirect("/feed.xml", code)
    assert [found.url for found in discover(http, server.url("/old"), parser)] == [server.url(address)]


def test_site_without_a_feed_says_so(http: Http, server: FeedServer, parser: Parser) -> None:
    server.routes = {"/blog/": b"<html>Nothing named</html>"}
    with pytest.raises(UnreadableInput, match="No feed was found"):
        discover(http, server.url("/blog/"), parser)


def test_faults_say_what_happened(http: Http, server: FeedServer, parser: Parser) -> None:
    server.routes["/broken"] = status(500)
    with pytest.raises(NetworkFault, match="500"):
        discover(http, server.url("/broken"), parser)
    with pytest.raises(NetworkFault, match="no web address"):
        discover(http, " ", parser)
    with pytest.raises(NetworkFault, match="not found"):
        discover(http, "nowhere.invalid", parser)


def test_private_address_names_the_place_to_allow(server: FeedServer, parser: Parser) -> None:
    with Http() as http, pytest.raises(PrivateAddressRefused) as caught:
        discover(http, server.url("/feed.xml").removeprefix("http://"), parser)
    assert caught.value.place == f"127.0.0.1:{server.port}"
    assert server.connections == 0
