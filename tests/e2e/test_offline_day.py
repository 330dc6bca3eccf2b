"""A day offline: what was fetched at home is read, with full texts and pictures, while nothing is asked of anybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.test_a_day import start
from feed_documents import item, rss
from feed_server import FeedServer, Reply, Request
from pln.model.offline import FullState
from pln.services.offline import kept
from pln.services.opening import open_profile
from pln.sources.flight import Asked, in_flight, switch_flight
from pln.store.articles import Shelf
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from unit.offline.pictures import png

ARTICLES = 50
HTML = {"Content-Type": "text/html; charset=utf-8"}

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed"),
]


def page(request: Request) -> Reply:
    number = request.path.rpartition("/")[2]
    words = " ".join(f"Line {n} of the walk went on, the long way round." for n in range(60))
    return Reply(200, HTML, f"<article><h1>Walk {number}</h1><p>turn{number} {words}</p></article>".encode())


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        entries = []
        for number in range(ARTICLES):
            running.routes[f"/page/{number}"] = page
            running.routes[f"/{number}.png"] = png(40 + number, 30)
            body = f"<p>A walk.</p><img src='{running.url(f'/{number}.png')}'>"
            link = running.url(f"/page/{number}")
            entries.append(
                item(number, body, title=f"Walk {number}").replace(f"https://tea.example/{number}<", f"{link}<")
            )
        running.routes["/feed.xml"] = rss(*entries, title="Harbour notes")
        yield running


def test_a_day_offline(tmp_path: Path, server: FeedServer) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (tmp_path / "pf").write_text("a calm sentence\n")
    with start("offline_day.py", tmp_path / "p", tmp_path / "pf", server.url("/feed.xml"), pictures) as day:
        assert day.stdout is not None
        said = day.stdout.readline()
        server.stop()
        asked = server.counts.total()
        rest, errors = day.communicate("go on\n" if said == "OFFLINE\n" else "", timeout=250)
    assert day.returncode == 0, f"{said}{rest}{errors}"
    assert server.counts.total() == asked == 1 + 2 * ARTICLES, "each page and each picture was asked for once"
    everything_is_there_after_a_restart(tmp_path / "p")


def everything_is_there_after_a_restart(profile: Path) -> None:
    opened = open_profile(Profile(profile), NoSecrets(), lambda: "a calm sentence", SystemClock())
    try:
        assert in_flight(), "as its owner left it"
        assert kept(opened.context).pictures == ARTICLES
        with opened.context.store.read() as work:
            assert work.articles.starred_total() == 1
            assert work.articles.unread_total() == 0
            ids = work.articles.ids(Shelf())
            states = [work.full_texts.get(record) for record in ids]
        assert [each.state for each in states if each is not None] == [FullState.DONE] * ARTICLES
    finally:
        opened.close()
        for each in Asked:
            switch_flight(False, each)
