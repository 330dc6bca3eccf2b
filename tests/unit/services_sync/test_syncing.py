"""Feeds, read and starred state are alike here and on the server after a sync, whoever changed what."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from drawer import Drawer
from pln.model.contact import Person
from pln.model.errors import Cancelled, KeyringUnavailable, NetworkFault, UsageError
from pln.model.feed import Feed
from pln.model.sync import SyncAccount
from pln.services.context import Context, take_back
from pln.services.reading import remove_feed, save_feed
from pln.services.refreshing import PrivateAddressRefused, allow_place
from pln.services.sync_account import forget_sync_account, keep_sync_account, sync_account
from pln.services.syncing import sync
from pln.sources.google_reader import READ, STARRED
from pln.sources.parse import Parser
from pln.store.articles import Shelf
from reader_server import LOGIN, PASSWORD, Held, Kept, ReaderServer
from store_fixtures import NOW, entry_of
from unit.services_sync.stubborn_worker import DEADLY, ENDLESS, be_stubborn

URL = "https://example.invalid/feed"
NAMES = ("a", "b", "c", "d")


@pytest.fixture
def server() -> Iterator[ReaderServer]:
    """One feed with four articles."""
    with ReaderServer() as running:
        running.feeds["feed/1"] = Held(URL, "Orchard notes", "Craft")
        for number, name in enumerate(NAMES, 1):
            running.items[str(number)] = Kept("feed/1", f"https://example.invalid/{name}", name.upper())
        yield running


@pytest.fixture
def ctx(context: Context, server: ReaderServer) -> Context:
    """An account on that server; the same feed with the same articles here."""
    ctx = replace(context, secrets=Drawer())
    with ctx.write("") as work:
        feed = work.feeds.add(Feed(url=URL, title="Orchard notes"))
        entries = [entry_of(f"guid-{name}", url=f"https://example.invalid/{name}", title=name) for name in NAMES]
        work.articles.take_in(feed.id, entries)
    allow_place(ctx, server.place)
    keep_sync_account(ctx, server.url, LOGIN, PASSWORD)
    return ctx


def states(ctx: Context) -> dict[str, tuple[bool, bool]]:
    """Last letter of the address -> (read, starred)."""
    with ctx.store.read() as work:
        found = [each for feed in work.feeds.everything() for each in work.sync.items(feed.id)]
    return {each.url[-1]: (each.state.read, each.state.starred) for each in found}


def there(server: ReaderServer) -> dict[str, tuple[bool, bool]]:
    return {each.url[-1]: (READ in each.tags, STARRED in each.tags) for each in server.items.values()}


def mark(ctx: Context, name: str, *, read: bool | None = None, starred: bool | None = None) -> None:
    with ctx.write("") as work:
        items = [each for feed in work.feeds.everything() for each in work.sync.items(feed.id)]
        record = next(each.id for each in items if each.url.endswith(f"/{name}"))
        if read is not None:
            work.articles.set_read([record], NOW if read else None)
        if starred is not None:
            work.articles.set_starred([record], NOW if starred else None)


def test_the_first_sync_loses_nothing_that_was_done_on_either_side(ctx: Context, server: ReaderServer) -> None:
    mark(ctx, "a", read=True)
    mark(ctx, "b", starred=True)
    server.items["3"].tags = {READ, STARRED}
    report = sync(ctx)
    wanted = {"a": (True, False), "b": (False, True), "c": (True, True), "d": (False, False)}
    assert states(ctx) == there(server) == wanted
    assert (report.sent, report.received) == (2, 1)


def test_a_second_sync_has_nothing_to_do(ctx: Context, server: ReaderServer) -> None:
    mark(ctx, "a", read=True)
    sync(ctx)
    server.writes.clear()
    report = sync(ctx)
    assert (report.sent, report.received, server.writes) == (0, 0, [])


def test_whoever_changed_since_is_followed_also_in_taking_back(ctx: Context, server: ReaderServer) -> None:
    mark(ctx, "a", read=True, starred=True)
    server.items["2"].tags = {READ, STARRED}
    sync(ctx)
    mark(ctx, "a", read=False)
    mark(ctx, "c", starred=True)
    server.items["1"].tags.discard(STARRED)
    server.items["2"].tags.discard(READ)
    sync(ctx)
    assert states(ctx) == there(server)
    assert states(ctx) == {"a": (False, False), "b": (False, True), "c": (False, True), "d": (False, False)}


def test_what_could_not_be_sent_is_sent_with_the_next_sync(ctx: Context, server: ReaderServer) -> None:
    sync(ctx)
    mark(ctx, "a", read=True)
    server.fail = {"edit-tag"}
    with pytest.raises(NetworkFault, match="500"):
        sync(ctx)
    account = sync_account(ctx)
    assert account is not None and "500" in account.error and account.synced is not None
    server.fail = set()
    sync(ctx)
    assert there(server)["a"] == (True, False) == states(ctx)["a"]
    account = sync_account(ctx)
    assert account is not None and account.error == ""


def test_feeds_go_both_ways(ctx: Context, server: ReaderServer) -> None:
    server.feeds["feed/2"] = Held("https://example.invalid/kiln", "Kiln notes", "Making")
    save_feed(ctx, Feed(url="https://example.invalid/maps", title="Paper maps", folder="Craft/Maps"))
    report = sync(ctx)
    assert (report.feeds_added_here, report.feeds_added_there) == (1, 1)
    with ctx.store.read() as work:
        here = {(each.url, each.title, each.folder) for each in work.feeds.everything()}
    assert ("https://example.invalid/kiln", "Kiln notes", "Making") in here
    assert Held("https://example.invalid/maps", "Paper maps", "Maps") in server.feeds.values()
    assert sync(ctx).feeds_added_there == 0


def test_a_feed_that_was_removed_here_is_removed_there(ctx: Context, server: ReaderServer) -> None:
    sync(ctx)
    with ctx.store.read() as work:
        feed = work.feeds.everything()[0]
    remove_feed(ctx, feed.id)
    assert sync(ctx).feeds_removed_there == 1
    assert server.feeds == {}


def test_a_feed_that_was_removed_there_is_removed_here_and_can_be_brought_back(
    ctx: Context, server: ReaderServer
) -> None:
    sync(ctx)
    server.feeds.clear()
    assert sync(ctx).feeds_removed_here == 1
    assert states(ctx) == {}
    take_back(ctx)
    assert set(states(ctx)) == set(NAMES)


def test_a_voice_stays_here_though_the_server_forgot_it(ctx: Context, server: ReaderServer) -> None:
    with ctx.write("") as work:
        person = work.people.add(Person(name="Ines Okafor"))
        feed = work.feeds.everything()[0]
        work.feeds.change(replace(feed, person_id=person.id))
    sync(ctx)
    server.feeds.clear()
    for _ in range(2):
        report = sync(ctx)
        assert (report.feeds_removed_here, report.feeds_added_there) == (0, 0)
    assert set(states(ctx)) == set(NAMES)


def test_a_star_on_an_article_that_is_no_longer_here_brings_it(ctx: Context, server: ReaderServer) -> None:
    html = '<p>Old words</p><script>alert("no")</script>'
    server.items["9"] = Kept("feed/1", "https://example.invalid/z", "Zinnias", {STARRED, READ}, html=html)
    assert sync(ctx).taken_in == 1
    assert states(ctx)["z"] == (True, True)
    with ctx.store.read() as work:
        feed = work.feeds.everything()[0]
        record = next(each.id for each in work.sync.items(feed.id) if each.url.endswith("/z"))
        article = work.articles.get(record)
    assert article is not None and "Old words" in article.html and "script" not in article.html
    assert sync(ctx).taken_in == 0


def test_what_comes_from_the_server_is_cleaned_in_the_worker_and_one_bad_article_costs_itself_alone(
    ctx: Context, server: ReaderServer
) -> None:
    texts = {
        "6": "<p>Good words</p>",
        "7": f"<p>{ENDLESS.decode()}</p>",
        "8": f"<p>{DEADLY.decode()}</p>",
        "9": "<p>Last",
    }
    for name, html in texts.items():
        url = f"https://example.invalid/{name}"
        server.items[name] = Kept("feed/1", url, f"<b>Article</b> {name}", {STARRED}, html=html)
    with Parser(deadline_seconds=2, settle=be_stubborn) as parser:
        report = sync(replace(ctx, parser=parser))
        assert (report.taken_in, sorted(report.left_out)) == (2, ["<b>Article</b> 7", "<b>Article</b> 8"])
    assert {"6", "9"} <= set(states(ctx)) and not {"7", "8"} & set(states(ctx))
    with ctx.store.read() as work:
        (found,) = (
            each for each in work.articles.ids(Shelf(starred=True)) if work.articles.get(each).title == "Article 6"
        )
        assert work.articles.get(found).html == "<p>Good words</p>"
    assert sync(ctx).taken_in == 2, "the next sync tries again"


def test_a_sync_can_be_stopped_while_an_article_is_read(ctx: Context, server: ReaderServer) -> None:
    server.items["9"] = Kept("feed/1", "https://example.invalid/z", "Z", {STARRED}, html=f"<p>{ENDLESS.decode()}</p>")
    with Parser(deadline_seconds=60, settle=be_stubborn) as parser:
        ends = time.monotonic() + 5
        with pytest.raises(Cancelled):
            sync(replace(ctx, parser=parser), cancelled=lambda: time.monotonic() > ends)


def test_wrong_words_are_refused_and_nothing_is_kept(ctx: Context, server: ReaderServer) -> None:
    forget_sync_account(ctx)
    with pytest.raises(NetworkFault, match="did not accept"):
        keep_sync_account(ctx, server.url, LOGIN, "wrong")
    with pytest.raises(NetworkFault, match="No sync server there"):
        keep_sync_account(ctx, f"{server.url}/elsewhere", LOGIN, PASSWORD)
    with pytest.raises(UsageError, match="address"):
        keep_sync_account(ctx, server.url, " ", PASSWORD)
    with pytest.raises(PrivateAddressRefused):
        keep_sync_account(ctx, "http://127.0.0.1:1", LOGIN, PASSWORD)
    assert sync_account(ctx) is None and ctx.secrets.kept == {}  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="no sync server"):
        sync(ctx)


def test_without_a_password_store_nothing_is_kept_but_the_password_can_be_given_each_time(
    ctx: Context, server: ReaderServer
) -> None:
    forget_sync_account(ctx)
    assert ctx.secrets.kept == {}  # type: ignore[attr-defined]
    ctx.secrets.shut = True  # type: ignore[attr-defined]
    with pytest.raises(KeyringUnavailable):
        keep_sync_account(ctx, server.url, LOGIN, PASSWORD)
    assert sync_account(ctx) is None
    keep_sync_account(ctx, server.url, LOGIN, PASSWORD, keep_password=False)
    ctx.secrets.shut = False  # type: ignore[attr-defined]
    with pytest.raises(NetworkFault, match="password is not here"):
        sync(ctx)
    assert sync(ctx, password=PASSWORD).refused == ()


def test_the_password_is_nowhere_in_the_store(ctx: Context) -> None:
    with ctx.store.read() as work:
        run = work.people.connection.exec_driver_sql
        rows = run("SELECT * FROM sync_account").all()
    assert rows and PASSWORD not in repr(rows)


def test_forgetting_leaves_both_sides_as_they_are(ctx: Context, server: ReaderServer) -> None:
    sync(ctx)
    forget_sync_account(ctx)
    assert sync_account(ctx) is None
    assert set(states(ctx)) == set(NAMES) and len(server.feeds) == 1
    with ctx.write("") as work:
        assert work.sync.add(SyncAccount(url="https://example.invalid")).id == 2
        assert work.people.connection.exec_driver_sql("SELECT count(*) FROM sync_link").scalar_one() == 0


@pytest.mark.parametrize("call", ["subscription/list", "stream/items/ids", "token"])
def test_a_server_that_fails_is_told_and_nothing_is_changed(ctx: Context, server: ReaderServer, call: str) -> None:
    mark(ctx, "a", read=True)
    server.fail = {call}
    before = states(ctx)
    with pytest.raises(NetworkFault, match="fault"):
        sync(ctx)
    assert states(ctx) == before


@pytest.mark.parametrize("answer", ["no json", "[1, 2]", '{"subscriptions": {"a": 1}}', "[" * 100_000])
def test_a_strange_answer_takes_nothing_away(ctx: Context, server: ReaderServer, answer: str) -> None:
    """An empty list of subscriptions must not come from an answer that was not understood."""
    sync(ctx)
    told = server.answer
    server.answer = lambda call, query: answer if call == "subscription/list" else told(call, query)  # type: ignore[method-assign]
    with pytest.raises(NetworkFault, match="not understood"):
        sync(ctx)
    assert set(states(ctx)) == set(NAMES)


def test_a_server_that_was_set_up_anew_removes_nothing(ctx: Context, server: ReaderServer) -> None:
    for name in ("kiln", "maps", "tides"):
        save_feed(ctx, Feed(url=f"https://example.invalid/{name}", title=name))
    mark(ctx, "a", read=True)
    sync(ctx)
    server.feeds.clear()
    server.items.clear()
    report = sync(ctx)
    assert (report.feeds_removed_here, report.feeds_added_there) == (0, 4)
    assert states(ctx)["a"] == (True, False) and set(states(ctx)) == set(NAMES)


def test_ids_in_their_long_form_are_known_too(ctx: Context, server: ReaderServer) -> None:
    """Not known, they would count as read there, and everything here would be marked read."""
    sync(ctx)
    plain = server.answer

    def long(call: str, query: dict[str, list[str]]) -> Any:
        found = plain(call, query)
        for each in found.get("itemRefs", []) if isinstance(found, dict) else []:
            each["id"] = f"tag:google.com,2005:reader/item/{int(each['id']):016x}"
        return found

    server.answer = long  # type: ignore[method-assign]
    assert sync(ctx).received == 0
    assert not any(read for read, _ in states(ctx).values())


def test_a_server_that_runs_in_circles_marks_nothing(ctx: Context, server: ReaderServer) -> None:
    sync(ctx)
    plain, number = server.answer, iter(range(10_000))

    def round_and_round(call: str, query: dict[str, list[str]]) -> Any:
        if call != "stream/items/ids":
            return plain(call, query)
        return {"itemRefs": [{"id": "1"}], "continuation": "ab"[next(number) % 2]}

    server.answer = round_and_round  # type: ignore[method-assign]
    with pytest.raises(NetworkFault, match="not understood"):
        sync(ctx)
    assert next(number) < 10
    assert not any(read for read, _ in states(ctx).values())


@pytest.mark.parametrize("value", [None, 5, -1, 1.5, True, [], {}, "\ud800", "\0", "x" * 100_000, "../..", 10**30])
@pytest.mark.parametrize("key", ["title", "url", "id", "categories", "published", "canonical", "origin", "summary"])
def test_answers_of_another_form(ctx: Context, server: ReaderServer, key: str, value: object) -> None:
    """Passed over or refused with a sentence; what is here stays."""
    plain = server.answer

    def other(call: str, query: dict[str, list[str]]) -> Any:
        found = plain(call, query)
        for each in (found.get("items") or found.get("subscriptions") or []) if isinstance(found, dict) else []:
            each[key] = value
        return found

    server.answer = other  # type: ignore[method-assign]
    with contextlib.suppress(NetworkFault):
        sync(ctx)
    assert set(states(ctx)) >= set(NAMES)
    assert not any(read for read, _ in states(ctx).values())
