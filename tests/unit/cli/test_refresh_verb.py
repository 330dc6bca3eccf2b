"""`pln refresh` keeps for offline what will be read, unless it is told not to or the battery is used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed_documents import item, rss
from feed_server import FeedServer
from pln.sources.flight import Asked, switch_flight
from unit.cli.conftest import Pln
from unit.offline.pictures import png


@pytest.fixture(autouse=True)
def on_the_ground() -> Iterator[None]:
    yield
    for each in Asked:
        switch_flight(False, each)


@pytest.fixture
def server(pln: Pln) -> Iterator[FeedServer]:
    with FeedServer({"/one.png": png(50, 40)}) as running:
        picture = f'<enclosure url="{running.url("/one.png")}" type="image/png"/>'
        running.routes["/feed"] = rss(item(1, "<p>Tea</p>", picture))
        assert pln("feeds", "add", running.url("/feed"), "--allow-local").code == 0
        yield running


def test_what_will_be_read_is_kept_and_told(pln: Pln, server: FeedServer) -> None:
    ran = pln("refresh --force --json")
    assert ran.code == 0
    assert ran.data["kept"] == {"pages": 0, "refused": 0, "pictures": 1, "let_go": 0}
    assert server.counts["/one.png"] == 1
    assert "Kept for offline: 0 full texts and 0 pictures." in pln("refresh --force").out
    assert server.counts["/one.png"] == 1


def test_it_can_be_left(pln: Pln, server: FeedServer) -> None:
    ran = pln("refresh --force --no-offline --json")
    assert (ran.code, ran.data["new"], ran.data["kept"]) == (0, 1, None)
    assert server.counts["/one.png"] == 0
    assert "offline" not in pln("refresh --force --no-offline").out


def test_on_battery_news_come_and_the_rest_waits(pln: Pln, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pln.cli.verbs.refresh.on_battery", lambda: True)
    ran = pln("refresh --force --json")
    assert (ran.data["new"], ran.data["kept"]) == (1, None)
    assert "on its battery" in pln("refresh --force").out
    assert server.counts["/one.png"] == 0


def test_in_flight_mode_nothing_is_kept_either(pln: Pln, server: FeedServer) -> None:
    asked = server.counts.total()
    assert pln("refresh --force --offline").code != 0
    assert server.counts.total() == asked
