"""Sync against a real server of the Google Reader API, named by PLN_SYNC_SERVER as "URL LOGIN PASSWORD".

It must be one to play with: it has a feed with at least two articles, whose states are changed and put back.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from drawer import Drawer
from pln.model.errors import NetworkFault
from pln.services.context import Context
from pln.services.refreshing import PrivateAddressRefused, allow_place
from pln.services.sync_account import keep_sync_account
from pln.services.syncing import sync
from pln.sources.google_reader import READ, STARRED, GoogleReader, sign_in
from pln.sources.http import Http
from pln.sources.sanitize import one_line
from store_fixtures import NOW, context, entry_of, store

__all__ = ["context", "store"]

pytestmark = pytest.mark.real
SERVER = os.environ.get("PLN_SYNC_SERVER", "").split()


@pytest.fixture
def place(context: Context) -> str:
    if len(SERVER) != 3:
        pytest.skip("PLN_SYNC_SERVER names no server (URL LOGIN PASSWORD)")
    try:
        keep_sync_account(context, *SERVER, keep_password=False)
    except PrivateAddressRefused as refused:
        return refused.place
    return ""


def test_states_go_both_ways(context: Context, place: str, tmp_path: Path) -> None:
    ctx = replace(context, secrets=Drawer())
    if place:
        allow_place(ctx, place)
    with pytest.raises(NetworkFault, match="did not accept"):
        keep_sync_account(ctx, SERVER[0], SERVER[1], "surely wrong")
    keep_sync_account(ctx, *SERVER)
    assert sync(ctx).feeds_added_here > 0
    with Http(allow=frozenset({place})) as http:
        server = sign_in(http, *SERVER)
        feed, items = _a_feed_with_articles(server)
        with ctx.write("") as work:
            here = next(each for each in work.feeds.everything() if each.url == feed.url)
            entries = [
                entry_of(each.id, url=each.url, title=one_line(each.title, is_html=True), published=each.published)
                for each in items
            ]
            work.articles.take_in(here.id, entries)
            first, second = (work.articles.by_guid(here.id, each.id) for each in items[:2])
            assert first is not None and second is not None
            work.articles.set_starred([first], NOW)
            work.articles.set_read([first], NOW)
        list(server.tag([items[1].id], STARRED, there=True))
        try:
            sync(ctx)
            assert items[0].id in server.ids(STARRED)
            assert items[0].id not in server.ids("user/-/state/com.google/reading-list", without=READ)
            with ctx.store.read() as work:
                article = work.articles.get(second)
            assert article is not None and article.starred_at is not None
            again = sync(ctx)
            assert (again.sent, again.received) == (0, 0)
        finally:
            names = [each.id for each in items[:2]]
            list(server.tag(names, STARRED, there=False))
            list(server.tag(names, READ, there=False))


def _a_feed_with_articles(server: GoogleReader):  # type: ignore[no-untyped-def]
    for feed in server.feeds():
        items = server.items(feed.id, None, 20)
        if len(items) > 1:
            return feed, items
    pytest.skip("the server has no feed with two articles")
