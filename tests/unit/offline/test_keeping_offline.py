"""A pass that keeps pages and pictures, against a real server: what is fetched, in which bounds, and what is left."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply, status
from pln.model.errors import Cancelled
from pln.model.feed import Feed, PictureLink
from pln.model.offline import FullState
from pln.services.context import Context
from pln.services.flight import FlightMode, in_flight, set_flight_mode
from pln.services.keeping_offline import OfflineReport, fetch_full, keep_offline
from pln.services.offline import full_text, kept, picture, pictures_there, want_full
from pln.services.preferences import preferences, save_preferences
from pln.services.reading import article_ids, article_page, find_articles, mark_read
from pln.services.refreshing import allow_place, refresh_feeds
from pln.sources.flight import Asked, switch_flight
from pln.store.articles import Shelf
from store_fixtures import NOW, entry_of
from unit.offline.pictures import noise, png, saved

LONG = " ".join(f"The gardener spoke of slow paths and patience in sentence number {n}." for n in range(60))
PAGE = f"<html><head><title>A slow path</title></head><body><nav>Menu</nav><article><h1>A slow path</h1><p>{LONG}</p>"


@pytest.fixture(autouse=True)
def on_the_ground() -> Iterator[None]:
    yield
    for each in Asked:
        switch_flight(False, each)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    html = {"Content-Type": "text/html; charset=utf-8"}
    routes = {
        "/full": lambda request: Reply(200, html, PAGE.encode()),
        "/wall": lambda request: Reply(200, html, b"<html><body><p>We value your privacy. Accept all cookies.</p>"),
        "/one.png": png(50, 40),
        "/two.png": png(60, 20),
        "/not.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "/busy.png": status(503),
    }
    with FeedServer(routes) as running:
        yield running


@pytest.fixture
def ctx(context: Context, server: FeedServer) -> Context:
    for place in server.allow:
        allow_place(context, place)
    return context


def take_in(ctx: Context, server: FeedServer, pictures: tuple[str, ...] = (), *, guid: str = "a", full: bool = False,
            path: str = "/full", age: int = 1, feed: str = "one") -> int:  # fmt: skip
    with ctx.write("") as work:
        kept_feed = work.feeds.add(Feed(url=f"https://{feed}.invalid/feed", title=feed))
        work.feeds.change(replace(kept_feed, full_text=full))
        links = tuple(PictureLink(key=name.strip("/"), url=server.url(name)) for name in pictures)
        html = "".join(f'<img src="pln-img:{link.key}">' for link in links)
        entry = entry_of(
            guid, title=f"A slow path {guid}", url=server.url(f"{path}?{guid}"), text="The gardener spoke.",
            html=html, pictures=links, published=NOW - timedelta(days=age),
        )  # fmt: skip
        work.articles.take_in(kept_feed.id, [entry])
        record = work.articles.by_guid(kept_feed.id, guid)
    assert record is not None
    return record


def keep(ctx: Context, **options: object) -> OfflineReport:
    return keep_offline(ctx, gap=0.0, **options)  # type: ignore[arg-type]


def test_pictures_come_and_are_there_to_be_shown(ctx: Context, server: FeedServer) -> None:
    take_in(ctx, server, ("/one.png", "/two.png"))
    assert pictures_there(ctx, ["one.png", "two.png"]) == {}
    assert keep(ctx).pictures == 2
    assert pictures_there(ctx, ["one.png", "two.png", "x"]) == {"one.png": (50, 40), "two.png": (60, 20)}
    assert (picture(ctx, "one.png") or b"").startswith(b"\x89PNG")
    assert kept(ctx).pictures == 2
    asked = server.counts.total()
    assert keep(ctx) == OfflineReport()
    assert server.counts.total() == asked, "what is there is not asked for again"


def test_a_picture_that_is_none_is_not_asked_for_again_at_once(ctx: Context, server: FeedServer) -> None:
    take_in(ctx, server, ("/not.png", "/gone.png"))
    assert keep(ctx).pictures == 0
    asked = server.counts.total()
    keep(ctx)
    assert server.counts.total() == asked


def test_the_full_text_is_kept_beside_the_feeds_and_found(ctx: Context, server: FeedServer) -> None:
    record = take_in(ctx, server, full=True)
    assert find_articles(ctx, Shelf(), "patience") == ()
    assert keep(ctx).pages == 1
    full = full_text(ctx, record)
    assert full is not None
    assert full.state is FullState.DONE
    assert "sentence number 42" in full.text
    assert "Menu" not in full.html
    assert article_page(ctx, record).article.text == "The gardener spoke."
    assert find_articles(ctx, Shelf(), "patience") == (record,)
    with ctx.write("") as work:
        work.reindex()
    assert find_articles(ctx, Shelf(), "patience") == (record,)
    with ctx.store.read() as work:
        found = work.articles.text_of(record)
        assert found is not None
        assert "patience" in found.text


def test_a_feeds_later_edit_does_not_lose_the_fuller_words(ctx: Context, server: FeedServer) -> None:
    record = take_in(ctx, server, full=True)
    keep(ctx)
    with ctx.write("") as work:
        feed = work.articles.get(record).feed_id  # type: ignore[union-attr]
        edited = entry_of("a", title="A slow path, mended", url=server.url("/full?a"), text="The gardener wrote.")
        assert work.articles.take_in(feed, [edited]) == (0, 1)
    assert find_articles(ctx, Shelf(), "patience mended") == (record,)


@pytest.mark.parametrize("path", ["/wall", "/nowhere", "/one.png"])
def test_a_page_that_is_no_gain_leaves_the_feeds_text(ctx: Context, server: FeedServer, path: str) -> None:
    record = take_in(ctx, server, full=True, path=path)
    assert keep(ctx).refused == 1
    full = full_text(ctx, record)
    assert full is not None
    assert full.state is FullState.FAILED
    assert full.error.endswith("The feed's text is shown.")
    asked = server.counts.total()
    keep(ctx)
    assert server.counts.total() == asked


def test_one_article_on_demand(ctx: Context, server: FeedServer) -> None:
    record = take_in(ctx, server)
    keep(ctx)
    assert full_text(ctx, record) is None
    assert want_full(ctx, [record]) == (record,)
    keep(ctx)
    assert full_text(ctx, record).state is FullState.DONE  # type: ignore[union-attr]
    other = take_in(ctx, server, guid="b")
    assert fetch_full(ctx, other).state is FullState.DONE  # type: ignore[union-attr]


def test_what_was_read_is_not_fetched(ctx: Context, server: FeedServer) -> None:
    mark_read(ctx, [take_in(ctx, server, ("/one.png",), full=True)])
    assert keep(ctx) == OfflineReport()
    assert server.counts.total() == 0


def test_a_feed_without_pictures_gets_none(ctx: Context, server: FeedServer) -> None:
    record = take_in(ctx, server, ("/one.png",))
    keep(ctx)
    with ctx.write("") as work:
        feed = work.feeds.get(work.articles.get(record).feed_id)  # type: ignore[union-attr]
        work.feeds.change(replace(feed, pictures=False))
    assert keep(ctx).let_go == 1
    assert picture(ctx, "one.png") is None


def test_budgets_hold_and_the_oldest_read_ones_give_way(ctx: Context, server: FeedServer) -> None:
    for number in range(8):
        server.routes[f"/{number}.jpg"] = saved(noise(900, 900), "JPEG", quality=90)
        take_in(ctx, server, (f"/{number}.jpg",), guid=str(number), age=10 - number)
    save_preferences(ctx, replace(preferences(ctx), pictures_mb=1, feed_pictures_mb=50))
    keep(ctx)
    first = kept(ctx)
    assert 0 < first.used <= first.room == 1024 * 1024
    assert picture(ctx, "7.jpg") is not None
    assert picture(ctx, "0.jpg") is None, "the oldest has no room"
    with ctx.store.read() as work:
        everything = work.articles.ids(Shelf())
    mark_read(ctx, everything)
    server.routes["/new.jpg"] = saved(noise(900, 900), "JPEG", quality=90)
    take_in(ctx, server, ("/new.jpg",), guid="new", age=0)
    assert keep(ctx).pictures == 1
    assert picture(ctx, "new.jpg") is not None
    assert kept(ctx).used <= kept(ctx).room
    save_preferences(ctx, replace(preferences(ctx), keep_pictures=False))
    keep(ctx)
    assert kept(ctx).pictures == 0


def test_a_server_that_asks_for_patience_is_left_alone(ctx: Context, server: FeedServer) -> None:
    server.routes.update({f"/{number}.png": status(503) for number in range(20)})
    take_in(ctx, server, tuple(f"/{number}.png" for number in range(20)))
    keep(ctx)
    assert server.counts.total() <= 3


def test_it_can_be_stopped_and_what_came_stays(ctx: Context, server: FeedServer) -> None:
    server.routes.update({f"/{number}.png": png(20 + number, 20) for number in range(20)})
    take_in(ctx, server, tuple(f"/{number}.png" for number in range(20)))
    enough = threading.Event()

    def progress(done: int, total: int) -> None:
        if done >= 3:
            enough.set()

    with pytest.raises(Cancelled):
        keep(ctx, on_progress=progress, cancelled=enough.is_set)
    assert 3 <= kept(ctx).pictures < 20


def test_flight_mode_opens_no_socket_and_looks_nothing_up(ctx: Context, server: FeedServer) -> None:
    """The words of the interpreter itself: it tells of every socket, whoever opens it."""
    calls: list[str] = []
    listening = True

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
            calls.append(event)

    sys.addaudithook(hear)
    record = take_in(ctx, server, ("/one.png",), full=True)
    set_flight_mode(ctx, True)
    assert in_flight()
    for go_out in (lambda: keep(ctx), lambda: refresh_feeds(ctx, force=True), lambda: fetch_full(ctx, record)):
        with pytest.raises(FlightMode) as refusal:
            go_out()
        assert refusal.value.sentence.endswith("stays readable.")
    assert calls == []
    set_flight_mode(ctx, False)
    assert keep(ctx).pictures == 1
    assert "socket.connect" in calls, "the test can hear"
    listening = False


def test_switching_it_on_ends_what_is_under_way(ctx: Context, server: FeedServer) -> None:
    started = threading.Event()

    def slowly(request: object) -> Reply:
        started.set()
        request.stopping.wait(20)  # type: ignore[attr-defined]
        return Reply(200, {}, png())

    server.routes["/slow.png"] = slowly
    take_in(ctx, server, ("/slow.png",))
    ended: list[BaseException] = []

    def run() -> None:
        try:
            keep(ctx)
        except FlightMode as refused:
            ended.append(refused)

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(20)
    set_flight_mode(ctx, True)
    thread.join(5)
    assert not thread.is_alive()
    assert len(ended) == 1
    assert preferences(ctx).flight_mode


def test_a_picture_that_only_the_feed_gives_is_kept_and_named_first(ctx: Context, server: FeedServer) -> None:
    media = f'<enclosure url="{server.url("/one.png")}" type="image/png" length="900"/>'
    server.routes["/feed"] = rss(item(1, "<p>Green tea</p>", media))
    with ctx.write("") as work:
        work.feeds.add(Feed(url=server.url("/feed")))
    refresh_feeds(ctx)
    keep(ctx)
    (record,) = article_ids(ctx, Shelf())
    html = article_page(ctx, record).article.html
    (key,) = pictures_there(ctx, [html.partition("pln-img:")[2][:24]])
    assert html == f'<p><img src="pln-img:{key}" alt=""></p><p>Green tea</p>'
    asked = server.counts.total()
    assert picture(ctx, key)
    assert server.counts.total() == asked
