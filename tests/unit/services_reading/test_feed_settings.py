"""A feed's settings: saved at once, taken back at once, without undoing what a refresh noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pln.model.errors import UnreadableInput, UsageError
from pln.model.feed import Feed, FeedState
from pln.services.context import Context, take_back
from pln.services.dropped import holds_addresses, link_of
from pln.services.feed_health import broken_feeds, feed_health, take_address
from pln.services.feed_settings import FeedSettings, save_settings, settings_of
from pln.services.reading import get_feed
from store_fixtures import NOW

KILN = Feed(
    url="https://kiln.example/feed", title="Kiln", folder="Craft", etag='"1"', body_hash="abc",
    next_check=NOW + timedelta(hours=3), error="It is down.", error_count=2, checked=NOW,
)  # fmt: skip


@pytest.fixture
def feed(context: Context) -> Feed:
    with context.store.write("") as work:
        return work.feeds.add(KILN)


def test_all_settings_are_saved_and_taken_back(context: Context, feed: Feed) -> None:
    wanted = FeedSettings(
        title=" My  kiln ", url=feed.url, folder=" Clay / Fire ", tags=("pots",), interval_minutes=60, full_text=True,
        pictures=False, notify=True, keep_days=90, keep_count=100, paused=True,
    )  # fmt: skip
    step = save_settings(context, feed.id, wanted)
    assert step is not None
    now = get_feed(context, feed.id)
    assert settings_of(now) == replace(wanted, title="My kiln", folder="Clay/Fire")
    assert (now.state, now.etag, now.next_check) == (FeedState.PAUSED, '"1"', None)
    with context.store.write("") as work:
        work.feeds.change(replace(now, body_hash="new"))
        step.back(work)
    now = get_feed(context, feed.id)
    assert settings_of(now) == settings_of(feed)
    assert now.body_hash == "new"
    assert save_settings(context, feed.id, settings_of(feed)) is None


def test_at_another_address_the_old_servers_words_do_not_count(context: Context, feed: Feed) -> None:
    step = take_address(context, feed.id, " https://kiln.example/new ")
    assert step is not None
    now = get_feed(context, feed.id)
    assert (now.url, now.etag, now.body_hash, now.error, now.error_count) == ("https://kiln.example/new", "", "", "", 0)
    assert now.next_check is None


def test_a_password_does_not_go_along_to_another_host(context: Context, feed: Feed) -> None:
    with context.store.write("") as work:
        work.feeds.change(replace(feed, login="ada"))
    take_address(context, feed.id, "https://kiln.example/new")
    assert get_feed(context, feed.id).login == "ada"
    step = take_address(context, feed.id, "https://elsewhere.example/new")
    assert get_feed(context, feed.id).login == ""
    assert step is not None
    take_back(context, step)
    assert (get_feed(context, feed.id).url, get_feed(context, feed.id).login) == ("https://kiln.example/new", "ada")


def test_a_feed_that_ended_is_taken_up_at_its_new_address(context: Context, feed: Feed) -> None:
    with context.store.write("") as work:
        work.feeds.change(replace(feed, state=FeedState.GONE))
    take_address(context, feed.id, "https://kiln.example/new")
    assert get_feed(context, feed.id).state is FeedState.ACTIVE


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("url", "file:///etc/passwd"), ("url", "https://b.example/")]
)
def test_what_cannot_be_is_told_and_nothing_is_saved(context: Context, feed: Feed, field: str, value: str) -> None:
    with context.store.write("") as work:
        work.feeds.add(Feed(url="https://b.example/", title="B"))
    with pytest.raises(UsageError):
        save_settings(context, feed.id, replace(settings_of(feed), **{field: value}))
    assert get_feed(context, feed.id) == feed
    with pytest.raises(UsageError):
        save_settings(context, 99, settings_of(feed))


def test_a_feed_that_fails_is_gathered_with_its_reason(context: Context, feed: Feed) -> None:
    with context.store.write("") as work:
        work.feeds.add(Feed(url="https://well.example/", title="Well", checked=NOW))
    assert [getattr(each, "feed", each).id for each in broken_feeds(context)] == [feed.id]
    health = feed_health(context, feed.id)
    assert (health.broken, health.next_check) == (True, KILN.next_check)
    assert health.why.startswith("It is down.")
    assert health.next_why


def test_dropped_links_are_read(tmp_path: Path) -> None:
    files = {
        "a.url": b"[InternetShortcut]\r\nURL=https://kiln.example/\r\n",
        "a.desktop": b"[Desktop Entry]\nType=Link\nURL=https://kiln.example/\n",
        "a.webloc": b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key>'
        b"<string>https://kiln.example/</string></dict></plist>",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        assert link_of(tmp_path / name) == "https://kiln.example/"
    for bad in (b"", b"URL=file:///etc/passwd", b"<plist", b"bplist00" + b"\xff" * 40, b"x" * 100_000,
                b'<plist version="1.0"><array/></plist>'):  # fmt: skip
        (tmp_path / "bad.url").write_bytes(bad)
        with pytest.raises(UnreadableInput):
            link_of(tmp_path / "bad.url")


@pytest.mark.parametrize(
    ("text", "found"),
    [("kiln.example", True), ("@ada@pots.example", True), ("see https://a.example/ and https://b.example/", True),
     ("r/pottery", True), ("#craft", True), ("hello", False), ("", False), ("just some words.", False)],
)  # fmt: skip
def test_a_text_with_addresses_is_told_from_others(text: str, found: bool) -> None:
    assert holds_addresses(text) is found
