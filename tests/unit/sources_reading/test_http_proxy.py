"""Requests through a proxy, over real sockets: what it is told, what stays at home, and how its faults are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed_server import FeedServer
from pln.model.errors import NetworkFault, UsageError
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.http import Http
from pln.sources.http_proxy import Proxy, chosen, parsed
from proxy_server import ProxyServer

BODY = b"<rss/>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a.xml": BODY}) as running:
        yield running


def test_http_goes_through_with_its_whole_address_and_the_connection_is_kept(server: FeedServer) -> None:
    with ProxyServer(server.port) as proxy, Http(proxies=chosen(proxy.http)) as http:
        assert http.get("http://tea.example/a.xml?q=1").body == BODY
        server.routes["http://tea.example/a.xml"] = BODY  # this proxy reads only the first address of a connection
        assert http.get("http://tea.example/a.xml").body == BODY
        assert proxy.asked == ["GET http://tea.example/a.xml?q=1"], "the second went over the same connection"
    assert [request.headers["host"] for request in server.requests] == ["tea.example"] * 2
    assert server.connections == 1


def test_https_goes_through_a_tunnel(server: FeedServer) -> None:
    with ProxyServer(server.port) as proxy, Http(proxies=chosen(proxy.http)) as http:
        with pytest.raises(NetworkFault):  # the server behind speaks no TLS
            http.get("https://tea.example/a.xml")
        assert proxy.asked == ["CONNECT tea.example:443"]
    assert server.requests == []


def test_socks_is_given_the_name_not_a_number(server: FeedServer) -> None:
    with ProxyServer(server.port) as proxy, Http(proxies=chosen(proxy.socks)) as http:
        assert http.get("http://tea.example:8000/a.xml").body == BODY
        assert http.get("http://8.8.8.8/a.xml").body == BODY
        assert proxy.asked == ["SOCKS tea.example:8000", "SOCKS 8.8.8.8:80"]


def test_password_of_a_proxy_is_told_to_the_proxy_alone(server: FeedServer) -> None:
    with ProxyServer(server.port) as proxy:
        with Http(proxies=chosen(proxy.http.replace("//", "//ada:lace@"))) as http:
            http.get("http://tea.example/a.xml")
        with Http(proxies=chosen(proxy.socks.replace("//", "//ada:lace@"))) as http:
            http.get("http://tea.example/a.xml")
        assert "Proxy-Authorization: Basic YWRhOmxhY2U=" in proxy.heads[0]
        assert proxy.heads[1] == "\x03ada\x04lace"


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.1", "10.1", "[::1]", "localhost", "router.local"])
def test_no_proxy_is_asked_for_what_is_private(server: FeedServer, host: str) -> None:
    with ProxyServer(server.port) as proxy, Http(proxies=chosen(proxy.http)) as http:
        for scheme in ("http", "https"):
            with pytest.raises(PrivateAddressRefused):
                http.get(f"{scheme}://{host}/a.xml")
        assert proxy.asked == []


def test_what_is_allowed_at_home_is_reached_directly(server: FeedServer) -> None:
    with ProxyServer(server.port) as proxy, Http(allow=server.allow, proxies=chosen(proxy.http)) as http:
        assert http.get(server.url("/a.xml")).body == BODY
        assert proxy.asked == []


@pytest.mark.parametrize(
    ("kind", "scheme", "answer", "words"),
    [
        ("http", "https", b"HTTP/1.1 407 No\r\n\r\n", "wants a user"),
        ("http", "https", b"HTTP/1.1 502 Bad\r\n\r\n", "did not connect"),
        ("http", "https", b"x" * 20_000, "as a proxy does"),
        ("socks5", "http", b"\x05\xff", "wants a user"),
        ("socks5", "http", b"SSH-2.0", "SOCKS 5"),
        ("socks5", "http", b"\x05\x00\x05\x05\x00\x01", "did not connect"),
    ],
)
def test_faults_of_the_proxy_are_told(server: FeedServer, kind: str, scheme: str, answer: bytes, words: str) -> None:
    with ProxyServer(server.port, answer=answer) as proxy:
        http = Http(proxies=chosen(f"{kind}://127.0.0.1:{proxy.port}"))
        with http, pytest.raises(NetworkFault, match=words):
            http.get(f"{scheme}://tea.example/a.xml")
    assert server.requests == []


def test_the_system_says_which_proxy_and_for_whom_none(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert chosen("system")("http", "tea.example", 80) is None
    monkeypatch.setenv("http_proxy", "proxy.example:3128")
    monkeypatch.setenv("no_proxy", "near.example")
    ways = chosen("system")
    assert ways("http", "tea.example", 80) == Proxy(kind="http", host="proxy.example", port=3128)
    assert ways("https", "tea.example", 443) is None
    assert ways("http", "near.example", 80) is None
    assert chosen("none")("http", "tea.example", 80) is None


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("http://proxy.example:3128", Proxy(kind="http", host="proxy.example", port=3128)),
        ("proxy.example", Proxy(kind="http", host="proxy.example", port=8080)),
        (" socks5h://[::1]:9050/ ", Proxy(kind="socks5", host="::1", port=9050)),
    ],
)
def test_addresses_of_proxies(address: str, proxy: Proxy) -> None:
    assert parsed(address) == proxy


@pytest.mark.parametrize(
    "address", ["", "ftp://proxy.example", "http://", "http://a:b", "http://a/path", "http://a:99999"]
)
def test_what_is_no_address_of_a_proxy(address: str) -> None:
    with pytest.raises(UsageError):
        parsed(address)
