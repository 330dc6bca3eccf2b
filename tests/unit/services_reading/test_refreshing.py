from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply, hang, status
from pln.model.errors import Cancelled, StoreFault, UnreadableInput, UsageError
from pln.model.feed import Feed, FeedState
from pln.services.context import Context
from pln.services.feed_lists import export_opml_file, import_opml, import_opml_file
from pln.services.reading import Shelf, article_ids, feed_rows, get_feed, pause_feed
from pln.services.refreshing import (
    PrivateAddressRefused,
    allow_place,
    find_feeds,
    refresh_feeds,
    subscribe,
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/a": rss(item(1), item(2)), "/b": rss(item(3), title="Stones")}) as made:
        yield made


def subscribed(context: Context, *urls: str) -> list[int]:
    with context.write("") as work:
        return [work.feeds.add(Feed(url=url)).id for url in urls]


@pytest.fixture
def feeds(context: Context, server: FeedServer) -> list[int]:
    allow_place(context, *server.allow)
    return subscribed(context, server.url("/a"), server.url("/b"))


def errors(context: Context) -> list[str]:
    return [row.error for row in feed_rows(context)]


def test_a_refresh_fills_feeds_and_names_them(context: Context, server: FeedServer, feeds: list[int]):
    told: list[tuple[int, int]] = []
    report = refresh_feeds(context, on_progress=lambda done, total: told.append((done, total)))
    assert (report.asked, report.new, report.changed, report.failed, report.offline) == (2, 3, 0, (), False)
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert {row.title for row in feed_rows(context)} == {"Tea Notes", "Stones"}
    again = refresh_feeds(context, force=True)
    assert (again.new, again.changed) == (0, 0)
    assert server.requests[-1].headers.get("if-none-match")


def test_a_failing_feed_keeps_its_articles_and_its_sentence(context: Context, server: FeedServer, feeds: list[int]):
    refresh_feeds(context)
    server.routes["/a"] = status(500)
    report = refresh_feeds(context, force=True)
    assert [name for name, _ in report.failed] == ["Tea Notes"] and "500" in report.failed[0][1]
    assert len(article_ids(context, Shelf(feed_id=feeds[0]))) == 2
    assert get_feed(context, feeds[0]).error_count == 1
    server.routes["/a"] = rss(item(1), item(2))
    refresh_feeds(context, only=[feeds[0]])
    assert get_feed(context, feeds[0]).error == ""


def closed_ports(count: int) -> list[int]:
    """Ports at which nobody listens."""
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(count):
            made = stack.enter_context(socket.socket())
            made.bind(("127.0.0.1", 0))
            found.append(made.getsockname()[1])
        return found


def test_without_a_connection_nothing_is_noted_against_a_feed(context: Context):
    ports = closed_ports(2)
    for port in ports:
        allow_place(context, f"127.0.0.1:{port}")
    subscribed(context, *(f"http://127.0.0.1:{port}/f" for port in ports))
    report = refresh_feeds(context)
    assert report.offline and len(report.failed) == 2
    assert errors(context) == ["", ""]
    assert all(get_feed(context, row.id).checked is None for row in feed_rows(context))


def test_one_server_that_is_down_is_its_own_fault(context: Context, server: FeedServer, feeds: list[int]):
    (port,) = closed_ports(1)
    allow_place(context, f"127.0.0.1:{port}")
    (down,) = subscribed(context, f"http://127.0.0.1:{port}/f")
    report = refresh_feeds(context)
    assert not report.offline and report.new == 3
    assert "offline" in get_feed(context, down).error
    alone = refresh_feeds(context, only=[down])
    assert not alone.offline and get_feed(context, down).error_count == 2


def test_a_cancelled_refresh_keeps_what_came(context: Context, server: FeedServer, feeds: list[int]):
    server.routes["/b"] = hang
    with pytest.raises(Cancelled):
        refresh_feeds(context, cancelled=lambda: len(article_ids(context, Shelf())) == 2)
    assert len(article_ids(context, Shelf())) == 2


def test_a_server_that_wants_patience_gets_it(context: Context, server: FeedServer, feeds: list[int]):
    server.routes["/a"] = status(429, Retry_After="3600")
    refresh_feeds(context)
    asked = server.counts["/a"]
    assert asked == 1 and "patience" in get_feed(context, feeds[0]).error
    refresh_feeds(context, force=True)
    assert server.counts["/a"] == asked
    refresh_feeds(context, only=[feeds[0]])
    assert server.counts["/a"] == asked, "nor where the owner insists on one feed"


def test_a_feed_that_is_fresh_is_asked_by_hand_only(context: Context, server: FeedServer, feeds: list[int]):
    body = rss(item(1))
    server.routes["/a"] = lambda request: Reply(200, {"Cache-Control": "max-age=7200"}, body)
    with context.write("") as work:
        work.feeds.change(replace(get_feed(context, feeds[0]), interval_minutes=15))
    refresh_feeds(context)
    refresh_feeds(context)
    assert server.counts["/a"] == 1
    wait = get_feed(context, feeds[0]).next_check - context.clock.now()
    assert timedelta(hours=2) <= wait <= timedelta(hours=2.2)
    refresh_feeds(context, force=True)
    assert server.counts["/a"] == 2


def test_resting_and_ended_feeds_are_not_asked(context: Context, server: FeedServer, feeds: list[int]):
    pause_feed(context, feeds[0], paused=True)
    server.routes["/b"] = status(410)
    refresh_feeds(context)
    assert server.counts["/a"] == 0 and get_feed(context, feeds[1]).state is FeedState.GONE
    refresh_feeds(context, force=True)
    assert server.counts["/b"] == 1
    pause_feed(context, feeds[1], paused=False)
    refresh_feeds(context)
    assert server.counts["/b"] == 2


def test_a_private_address_needs_the_owners_word(context: Context, server: FeedServer):
    with pytest.raises(PrivateAddressRefused):
        find_feeds(context, server.url("/a"))
    assert server.requests == []
    (found,) = find_feeds(context, server.url("/a"), allow_local=True)
    assert found.title == "Tea Notes"
    feed = subscribe(context, found, folder=" Tea / Leaves ")
    assert feed.folder == "Tea/Leaves" and subscribe(context, found).id == feed.id
    assert find_feeds(context, server.url("/b"))[0].title == "Stones"
    with pytest.raises(UsageError):
        find_feeds(context, "  ")


LIST = b"""<opml version="2.0"><body><outline text="Craft"><outline text="One" xmlUrl="https://one.example/f"/>
<outline text="Two" xmlUrl="https://two.example/f"/><outline text="Bad" xmlUrl="ftp://bad.example/"/></outline>
</body></opml>"""


def test_a_list_comes_in_once_and_goes_out_again(context: Context, tmp_path: Path):
    subscribed(context, "https://two.example/f")
    report = import_opml(context, LIST)
    assert [feed.folder for feed in report.added] == ["Craft"] and report.known == 1
    assert len(report.skipped) == 1 and report.skipped[0].startswith("Bad: ")
    assert import_opml(context, LIST).added == ()
    target = tmp_path / "mine.opml"
    export_opml_file(context, target)
    for row in feed_rows(context):
        with context.write("") as work:
            work.feeds.remove(row.id)
    back = import_opml_file(context, target)
    assert {feed.url for feed in back.added} == {"https://one.example/f", "https://two.example/f"}


def test_files_that_cannot_be_read_or_written(context: Context, tmp_path: Path):
    with pytest.raises(UnreadableInput):
        import_opml_file(context, tmp_path / "missing.opml")
    with pytest.raises(UnreadableInput):
        import_opml_file(context, tmp_path)
    with pytest.raises(StoreFault):
        export_opml_file(context, tmp_path / "missing" / "mine.opml")
