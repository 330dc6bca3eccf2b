"""What profiles, handles and pasted texts mean; and that a profile leads to its feed over real HTTP."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_documents import item, rss
from feed_server import FeedServer
from pln.model.errors import NetworkFault
from pln.sources.discover import discover, read_found
from pln.sources.http import Http
from pln.sources.parse import Parser
from pln.sources.profiles import ServerWanted, profile_of, typed_addresses

YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("@ada@pots.example", "https://pots.example/@ada.rss"),
        ("https://pots.example/@ada", "https://pots.example/@ada.rss"),
        ("https://pots.example/@ada/?x=1", "https://pots.example/@ada.rss"),
        ("https://pots.example/@ada@clay.example", "https://clay.example/@ada.rss"),
        ("https://pots.example/tags/craft", "https://pots.example/tags/craft.rss"),
        ("#craft@pots.example", "https://pots.example/tags/craft.rss"),
        ("!pottery@lemmy.example", "https://lemmy.example/feeds/c/pottery.xml"),
        ("https://bsky.app/profile/ada.example", "https://bsky.app/profile/ada.example/rss"),
        ("@ada.bsky.social", "https://bsky.app/profile/ada.bsky.social/rss"),
        ("https://www.youtube.com/channel/UCx", f"{YOUTUBE}?channel_id=UCx"),
        ("youtube.com/playlist?list=PLx", f"{YOUTUBE}?playlist_id=PLx"),
        ("https://youtube.com/user/ada", f"{YOUTUBE}?user=ada"),
        ("https://github.com/ada", "https://github.com/ada.atom"),
        ("github.com/ada/kiln.git", "https://github.com/ada/kiln/releases.atom"),
        ("https://github.com/ada/kiln/commits/main", "https://github.com/ada/kiln/commits/main.atom"),
        ("codeberg.org/ada/kiln", "https://codeberg.org/ada/kiln/releases.rss"),
        ("r/pottery", "https://www.reddit.com/r/pottery/.rss"),
        ("u/ada_b", "https://www.reddit.com/user/ada_b/.rss"),
        ("https://old.reddit.com/r/pottery/new/", "https://www.reddit.com/r/pottery/new/.rss"),
        ("ada.substack.com", "https://ada.substack.com/feed"),
        ("https://medium.com/@ada", "https://medium.com/feed/@ada"),
        ("https://ada.medium.com/a-story", "https://ada.medium.com/feed"),
        ("https://ada.wordpress.com", "https://ada.wordpress.com/feed/"),
        ("https://www.tumblr.com/ada", "https://ada.tumblr.com/rss"),
        ("ada.blogspot.com/2020/01/x.html", "https://ada.blogspot.com/feeds/posts/default"),
    ],
)
def test_a_profile_names_its_feed(typed: str, first: str) -> None:
    found = profile_of(typed)
    assert found is not None
    assert found.urls[0] == first


@pytest.mark.parametrize(
    "typed",
    ["pots.example", "https://www.youtube.com/@ada", "https://youtu.be/x", "https://ada.wordpress.com/clay/feed/",
     "https://pots.example/@ada.rss", "https://www.reddit.com/r/pottery/.rss", "https://medium.com", "http://[::1", "",
     "https://ada.blogspot.com/feeds/posts/default/-/clay", "https://github.com/ada/kiln/releases.atom"],
)  # fmt: skip
def test_other_addresses_are_left_as_they_are(typed: str) -> None:
    assert profile_of(typed) is None


def test_a_hashtag_alone_asks_for_its_server() -> None:
    with pytest.raises(ServerWanted) as asked:
        profile_of("#craft")
    assert asked.value.tag == "craft"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (" pots.example ", ("pots.example",)),
        ("what is this", ("what is this",)),
        ("See <https://a.example/f>, (https://b.example/x) and @ada@c.example!",
         ("https://a.example/f", "https://b.example/x", "@ada@c.example")),
        ("a.example\nb.example/feed\na.example", ("a.example", "b.example/feed")),
        ("feed:https://a.example/f r/pottery", ("feed:https://a.example/f", "r/pottery")),
    ],
)  # fmt: skip
def test_addresses_are_found_in_what_is_pasted(text: str, found: tuple[str, ...]) -> None:
    assert typed_addresses(text) == found


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for address in typed_addresses(text):
        try:
            found = profile_of(address)
        except ServerWanted:
            continue
        assert found is None or all(url.startswith(("https://", "http://")) for url in found.urls)


def test_a_profile_leads_to_its_feed_and_the_feed_is_read(parser: Parser) -> None:
    with FeedServer({"/@ada.rss": rss(item(1), title="Ada")}) as server, Http(allow=server.allow) as http:
        found = discover(http, server.url("/@ada"), parser)
        assert [feed.url for feed in found] == [server.url("/@ada.rss")]
        assert found[0].parsed is not None
        assert [entry.title for entry in found[0].parsed.entries] == ["Leaf 1"]


def test_where_the_profile_has_no_such_feed_its_page_is_looked_at(parser: Parser) -> None:
    page = b'<html><link rel="alternate" type="application/atom+xml" href="/posts" title="Posts"></html>'
    with FeedServer({"/@ada": page, "/posts": rss(item(1))}) as server, Http(allow=server.allow) as http:
        found = discover(http, server.url("/@ada"), parser)
        assert [(feed.url, feed.parsed) for feed in found] == [(server.url("/posts"), None)]
        assert read_found(http, found[0], parser).title == "Tea Notes"


def test_a_profile_that_is_not_there_is_told(parser: Parser) -> None:
    with FeedServer({}) as server, Http(allow=server.allow) as http, pytest.raises(NetworkFault, match="404"):
        discover(http, server.url("/@nobody"), parser)
