"""Keeping for offline leaves alone who asked for patience, and looks again at a page whose feed wrote it anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feed_server import FeedServer, Reply, Request, status
from pln.model.errors import NetworkFault
from pln.model.feed import Feed, PictureLink
from pln.model.offline import FullState, FullText
from pln.services.context import Context
from pln.services.keeping_offline import OfflineReport, fetch_full, keep_offline
from pln.services.offline import full_text, pictures_there
from pln.services.reading import get_feed, mark_read
from pln.services.refreshing import allow_place, refresh_feeds
from pln.store.unit_of_work import Store
from pln.system.paths import Profile
from store_fixtures import NOW, TODAY, entry_of, make_store
from unit.offline.pictures import png
from vault_fixtures import keys_of

HTML = {"Content-Type": "text/html; charset=utf-8"}


class Time:
    """A clock that is put on by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def today(self) -> object:
        return TODAY

    def goes_on(self, hours: float) -> None:
        self.moment += timedelta(hours=hours)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def ctx(tmp_path: Path, time: Time, server: FeedServer, other: FeedServer) -> Iterator[Context]:
    store: Store = make_store(tmp_path / "moving.db", now=time.now)
    made = Context(store=store, profile=Profile(tmp_path).create(), clock=time)  # type: ignore[arg-type]
    made.profile.vault.write_bytes(keys_of()[0])
    for place in (*server.allow, *other.allow):
        allow_place(made, place)
    yield made
    assert made.store.check() == ()
    made.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/page": page("first"), "/one.png": png(50, 40)}) as running:
        yield running


@pytest.fixture
def other() -> Iterator[FeedServer]:
    with FeedServer({"/two.png": png(60, 20)}) as running:
        yield running


def page(word: str) -> object:
    text = " ".join(f"The gardener spoke of slow paths, the {word} time in sentence {n}." for n in range(60))
    return lambda request: Reply(200, HTML, f"<article><h1>A slow path</h1><p>{text}</p></article>".encode())


def take_in(ctx: Context, server: FeedServer, text: str = "The gardener spoke.", *, full: bool = True,
            pictures: tuple[str, ...] = ()) -> int:  # fmt: skip
    links = tuple(PictureLink(key=f"{number:024x}", url=url) for number, url in enumerate(pictures))
    entry = entry_of(
        "a", title="A slow path", url=server.url("/page"), text=text, html=f"<p>{text}</p>", pictures=links
    )
    with ctx.write("") as work:
        feed = work.feeds.add(Feed(url="https://one.invalid/feed", title="One", full_text=full))
        work.articles.take_in(feed.id, [entry])
        record = work.articles.by_guid(feed.id, "a")
    assert record is not None
    return record


def keep(ctx: Context) -> OfflineReport:
    return keep_offline(ctx, gap=0.0)


def of(ctx: Context, record: int) -> FullText:
    found = full_text(ctx, record)
    assert found is not None
    return found


# Patience ------------------------------------------------------------------------------------------------------------


def test_a_host_that_asked_a_feed_for_patience_is_not_asked_for_pages_and_pictures(
    ctx: Context, time: Time, server: FeedServer, other: FeedServer
) -> None:
    server.routes["/feed"] = status(429, **{"Retry-After": "7200"})
    with ctx.write("") as work:
        work.feeds.add(Feed(url=server.url("/feed")))
    refresh_feeds(ctx)
    record = take_in(ctx, server, pictures=(server.url("/one.png"), other.url("/two.png")))
    before = server.counts.total()
    assert keep(ctx) == OfflineReport(pictures=1), "the other server is asked all the same"
    assert server.counts.total() == before
    assert full_text(ctx, record) is None, "nothing is held against the page"
    with pytest.raises(NetworkFault) as refusal:
        fetch_full(ctx, record)
    assert "PLN will not ask it before" in refusal.value.sentence
    assert server.counts.total() == before
    time.goes_on(2.1)
    assert keep(ctx) == OfflineReport(pages=1, pictures=1)


@pytest.mark.parametrize("path", ["/page", "/one.png"])
@pytest.mark.parametrize("code", [429, 503])
def test_the_wish_of_a_page_or_a_picture_holds_for_feeds_too(
    ctx: Context, time: Time, server: FeedServer, path: str, code: int
) -> None:
    server.routes["/feed"] = b"<rss version='2.0'><channel><title>T</title></channel></rss>"
    with ctx.write("") as work:
        feed = work.feeds.add(Feed(url=server.url("/feed"))).id
    good = server.routes[path]
    server.routes[path] = status(code, **{"Retry-After": "3600"})
    record = take_in(ctx, server, full=path == "/page", pictures=(server.url("/one.png"),))
    keep(ctx)
    with ctx.store.read() as work:
        (wait,) = work.fetched.host_waits(time.now())
    assert (wait.host, wait.until) == (server.url("").partition("//")[2], time.now() + timedelta(hours=1))
    before = server.counts.total()
    refresh_feeds(ctx, force=True)
    keep(ctx)
    assert server.counts.total() == before
    assert "asks for patience" in get_feed(ctx, feed).error
    time.goes_on(1.1)
    server.routes[path] = good
    keep(ctx)
    assert pictures_there(ctx, [f"{0:024x}"])
    assert path != "/page" or of(ctx, record).state is FullState.DONE


def test_by_hand_a_servers_wish_is_noted_and_told(ctx: Context, time: Time, server: FeedServer) -> None:
    server.routes["/page"] = status(503, **{"Retry-After": "600"})
    record = take_in(ctx, server, full=False)
    with pytest.raises(NetworkFault) as refusal:
        fetch_full(ctx, record)
    assert refusal.value.title == "The server asks for patience"
    with ctx.store.read() as work:
        assert len(work.fetched.host_waits(time.now())) == 1


def test_a_server_behind_a_hop_is_left_alone_and_the_first_one_is_not(
    ctx: Context, server: FeedServer, other: FeedServer
) -> None:
    def hop(request: Request) -> Reply:
        return Reply(302, {"Location": other.url("/busy.png")}, b"")

    other.routes["/busy.png"] = status(503)
    server.routes["/hop.png"] = hop
    paths = ("/hop.png", "/one.png", "/hop.png?2", "/hop.png?3", "/hop.png?4")
    take_in(ctx, server, full=False, pictures=tuple(map(server.url, paths)))
    assert keep(ctx).pictures == 1, "its own picture came"
    assert other.counts.total() <= 2, "two were under way at once"


# Edits ---------------------------------------------------------------------------------------------------------------


def test_a_page_is_fetched_again_after_its_feed_wrote_it_anew(ctx: Context, time: Time, server: FeedServer) -> None:
    record = take_in(ctx, server)
    assert keep(ctx).pages == 1
    server.routes["/page"] = page("second")  # type: ignore[assignment]
    time.goes_on(7)
    assert keep(ctx).pages == 0, "nothing was edited"
    take_in(ctx, server, "The gardener wrote.")
    assert keep(ctx).pages == 1
    assert "the second time" in of(ctx, record).text
    assert keep(ctx).pages == 0, "once for each edit"


def test_a_page_asked_for_by_hand_is_fetched_again_too(ctx: Context, time: Time, server: FeedServer) -> None:
    record = take_in(ctx, server, full=False)
    fetch_full(ctx, record)
    server.routes["/page"] = page("second")  # type: ignore[assignment]
    time.goes_on(7)
    take_in(ctx, server, "The gardener wrote.", full=False)
    assert keep(ctx).pages == 1
    assert "the second time" in of(ctx, record).text


def test_a_feed_that_writes_anew_at_every_look_does_not_have_its_page_fetched_each_time(
    ctx: Context, time: Time, server: FeedServer
) -> None:
    take_in(ctx, server)
    assert keep(ctx).pages == 1
    kept = 0
    for hour in range(12):
        time.goes_on(1)
        take_in(ctx, server, f"The gardener spoke {hour} times.")
        kept += keep(ctx).pages
    assert kept == 1


def test_what_was_read_is_not_fetched_again(ctx: Context, time: Time, server: FeedServer) -> None:
    record = take_in(ctx, server)
    keep(ctx)
    mark_read(ctx, [record])
    time.goes_on(7)
    take_in(ctx, server, "The gardener wrote.")
    assert keep(ctx) == OfflineReport()


def test_a_later_look_that_brings_nothing_loses_nothing(ctx: Context, time: Time, server: FeedServer) -> None:
    record = take_in(ctx, server)
    keep(ctx)
    server.routes["/page"] = status(404)
    time.goes_on(7)
    take_in(ctx, server, "The gardener wrote.")
    assert keep(ctx).refused == 1
    assert of(ctx, record).state is FullState.DONE
    assert "the first time" in of(ctx, record).text
    asked = server.counts.total()
    time.goes_on(7)
    keep(ctx)
    assert server.counts.total() == asked
