"""The invented feeds are files that are really fetched, parsed and refreshed on this computer."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest

from pln.services.demo import FEED_FOLDER, FeedServer, fill, move_feeds
from pln.services.reading import Shelf, article_ids
from pln.services.refreshing import refresh_feeds
from pln.sources.feed_document import read_feed
from unit.services_demo.demo_store import DAY


@pytest.fixture
def served(empty):
    with FeedServer(empty.profile.root / FEED_FOLDER) as server:
        fill(empty, DAY, feeds_at=server.at)
        yield empty, server


def test_a_refresh_brings_what_was_held_back(served):
    ctx, _ = served
    before = article_ids(ctx, Shelf(unread=True))
    report = refresh_feeds(ctx)
    assert (report.asked, report.failed, report.offline) == (12, (), False)
    assert report.new >= 4
    assert report.changed == 0, "what was taken in at filling is what the files hold"
    assert len(article_ids(ctx, Shelf(unread=True))) == len(before) + report.new


def test_feeds_follow_the_server_to_another_port(served):
    ctx, first = served
    with FeedServer(ctx.profile.root / FEED_FOLDER) as second:
        assert second.at != first.at
        move_feeds(ctx, second.at)
        with ctx.store.read() as work:
            places = {urlsplit(feed.url).netloc for feed in work.feeds.everything()}
        assert places == {urlsplit(second.at).netloc}
        assert refresh_feeds(ctx).failed == ()


def test_the_server_shows_its_files_and_nothing_else(served):
    ctx, server = served
    (ctx.profile.root / "beside.txt").write_text("private")
    assert urlsplit(server.at).hostname == "127.0.0.1"
    assert httpx.get(f"{server.at}/edges.xml").status_code == 200
    assert httpx.get(f"{server.at}/").status_code == 404
    assert httpx.get(f"{server.at}/%2e%2e/beside.txt").status_code == 404
    assert (
        httpx.get(f"{server.at}/edges.xml", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}).status_code
        == 304
    )


def test_files_are_of_three_formats_and_well_formed(filled):
    files = sorted((filled.profile.root / FEED_FOLDER).iterdir())
    parsed = {path.name: read_feed(path.read_bytes(), "https://a.example/", "") for path in files}
    assert len(parsed) == 12
    assert all(feed.problem == "" and feed.title for feed in parsed.values())
    assert all(5 <= len(feed.entries) <= 8 for feed in parsed.values())
    assert all(entry.published and entry.author and entry.html for feed in parsed.values() for entry in feed.entries)
    openings = {path.read_bytes().lstrip(b"<?xml version='1.0' encoding='utf-8'?>\n")[:4] for path in files}
    assert len(openings) == 3
