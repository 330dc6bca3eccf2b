"""A feed's password in a real password store: gnome-keyring, in the throw-away session of scripts/with_keyring.sh."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from feed_documents import item, rss
from feed_server import FeedServer, Reply
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.feed_passwords import forget_feed_password, set_feed_password
from pln.services.reading import get_feed
from pln.services.refreshing import allow_place, refresh_feeds
from pln.system.secrets import KeyringSecrets
from store_fixtures import context, store

__all__ = ["context", "store"]

pytestmark = pytest.mark.skipif(
    "PLN_THROWAWAY_SESSION" not in os.environ, reason="only in the session of scripts/with_keyring.sh"
)


@pytest.mark.real
def test_a_password_is_kept_used_and_forgotten(context: Context) -> None:
    ctx = replace(context, secrets=KeyringSecrets())
    with FeedServer({"/a": lambda request: Reply(401, {}) if "authorization" not in request.headers
                     else Reply(body=rss(item(1)))}) as server:  # fmt: skip
        allow_place(ctx, *server.allow)
        with ctx.write("") as work:
            feed = work.feeds.add(Feed(url=server.url("/a"))).id
        set_feed_password(ctx, feed, "ada", "a kettle")
        assert refresh_feeds(ctx).new == 1
        assert server.requests[-1].headers["authorization"] == "Basic YWRhOmEga2V0dGxl"
        name = f"feed:{get_feed(ctx, feed).uid}@127.0.0.1:{server.port}"
        assert ctx.secrets.get(name) == "a kettle"
        forget_feed_password(ctx, feed)
        assert ctx.secrets.get(name) is None
