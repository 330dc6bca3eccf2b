"""No feed and no redirect can make the program knock at this computer or the home network."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from feed_server import FeedServer, redirect
from pln.model.errors import NetworkFault
from pln.sources import http_connection
from pln.sources.address_guard import PrivateAddressRefused, is_public, place
from pln.sources.http import Http

PRIVATE_FORMS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "0.0.0.0",
]


@pytest.fixture
def victim() -> Iterator[FeedServer]:
    """A service of this computer that nobody may be led to."""
    with FeedServer({"/secret": b"SECRET"}) as running:
        yield running


@pytest.mark.parametrize("host", PRIVATE_FORMS)
def test_private_address_is_refused_in_every_form(victim: FeedServer, host: str) -> None:
    with Http() as http, pytest.raises(NetworkFault, match=r"Nothing was sent|no web address"):
        http.get(f"http://{host}:{victim.port}/secret")
    assert victim.connections == 0


@pytest.mark.parametrize("host", PRIVATE_FORMS[1:])
def test_redirect_from_an_allowed_place_to_a_private_one_is_refused(victim: FeedServer, host: str) -> None:
    with FeedServer({"/in": redirect(f"http://{host}:{victim.port}/secret")}) as entry:
        with Http(allow=entry.allow) as http, pytest.raises(NetworkFault):
            http.get(entry.url("/in"))
        assert entry.counts["/in"] == 1
    assert victim.connections == 0


def test_allowing_one_port_allows_no_other(victim: FeedServer) -> None:
    entry = FeedServer({"/in": redirect(victim.url("/secret"))})
    with entry, Http(allow=entry.allow) as http, pytest.raises(PrivateAddressRefused) as caught:
        http.get(entry.url("/in"))
    assert caught.value.place == f"127.0.0.1:{victim.port}"
    assert victim.connections == 0


def test_refusal_names_the_place_that_can_be_allowed(victim: FeedServer) -> None:
    with Http() as http, pytest.raises(PrivateAddressRefused) as caught:
        http.get(victim.url("/secret"))
    with Http(allow=frozenset({caught.value.place})) as http:
        assert http.get(victim.url("/secret")).body == b"SECRET"


def test_name_is_connected_to_at_the_number_that_was_checked(
    victim: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with a public number first and a private one next gains nothing: it is looked up once."""
    lookups: list[str] = []
    connected: list[object] = []

    def rebinding(host: str, port: int, type: int = 0) -> list[tuple[object, ...]]:  # noqa: A002
        lookups.append(host)
        number = "93.184.216.34" if len(lookups) == 1 else "127.0.0.1"
        return [(socket.AF_INET, type, 6, "", (number, port))]

    def connect(sock: socket.socket, sockaddr: object, budget: object) -> None:
        connected.append(sockaddr)
        raise ConnectionRefusedError

    monkeypatch.setattr(http_connection.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(http_connection, "_connect", connect)
    with Http() as http, pytest.raises(NetworkFault, match="does not answer"):
        http.get(f"http://rebind.example:{victim.port}/secret")
    assert (len(lookups), connected) == (1, [("93.184.216.34", victim.port)])


def test_of_mixed_answers_only_the_public_ones_are_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []

    def mixed(host: str, port: int, type: int = 0) -> list[tuple[object, ...]]:  # noqa: A002
        return [(socket.AF_INET, type, 6, "", (number, port)) for number in ("10.0.0.1", "93.184.216.34")]

    def connect(sock: socket.socket, sockaddr: object, budget: object) -> None:
        connected.append(sockaddr)
        raise ConnectionRefusedError

    monkeypatch.setattr(http_connection.socket, "getaddrinfo", mixed)
    monkeypatch.setattr(http_connection, "_connect", connect)
    with Http() as http, pytest.raises(NetworkFault):
        http.get("http://mixed.example/feed")
    assert connected == [("93.184.216.34", 80)]


NOT_PUBLIC = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
198.18.0.1 192.0.2.1 :: ::1 fe80::1 fe80::1%eth0 fd00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::c0a8:101
2002:7f00:1:: 2001:db8::1 ::7f00:1
"""


@pytest.mark.parametrize("number", NOT_PUBLIC.split())
def test_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::5db8:d822", "::ffff:1.1.1.1"]
)
def test_public(number: str) -> None:
    assert is_public(number)


def test_place_has_one_form() -> None:
    assert place("NAS.Local.", 80) == "nas.local:80"
    assert place("::1", 8080) == place("[::1]", 8080) == "[::1]:8080"
